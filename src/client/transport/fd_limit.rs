//! The limit of open files of the process. Each connection uses one.

use std::io;

/// A client uses at most 1/4 of the limit. A sandbox in the same process uses as many again for the other ends of the
/// connections, and connections that a call started but did not need use more (measured: half as many). The rest is for the
/// program itself, which fails in unexpected places if it cannot open a file.
const FD_SHARE: usize = 4;

/// The number of connections that a client may open, at most `max_in_flight`.
pub fn max_connections(max_in_flight: usize) -> usize {
    max_in_flight.min((open_file_limit() / FD_SHARE).max(1))
}

/// The number of files that this process may have open.
#[cfg(unix)]
pub fn open_file_limit() -> usize {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: writes to `limit`, which outlives the call.
    let failed = unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0;
    if failed { usize::MAX } else { usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX) }
}

/// Other systems have no limit for sockets.
#[cfg(not(unix))]
pub fn open_file_limit() -> usize {
    usize::MAX
}

/// Whether the process or the system has reached its limit of open files.
pub fn is_fd_exhausted(error: &io::Error) -> bool {
    #[cfg(unix)]
    let codes = [libc::EMFILE, libc::ENFILE];
    #[cfg(not(unix))]
    let codes = [10_024]; // WSAEMFILE
    error.raw_os_error().is_some_and(|code| codes.contains(&code))
}
