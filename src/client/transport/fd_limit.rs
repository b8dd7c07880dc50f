//! How many files a process may have open: each connection is one.

use std::io;

/// Calls of a client take at most this part of them. As many again are a sandbox's in the same process, which holds the other
/// end of each connection; some more are connections that a call began and did not wait for, because another became free
/// (measured: half as many). The rest is the program's own: one that cannot open a file breaks in strange places.
const PART: usize = 4;

/// How many connections a client may have open of those that it was asked to.
pub fn connections(asked: usize) -> usize {
    asked.min((limit() / PART).max(1))
}

/// The files that this process may have open at once.
#[cfg(unix)]
pub fn limit() -> usize {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: writes two numbers into a value of ours.
    let failed = unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0;
    if failed { usize::MAX } else { usize::try_from(limit.rlim_cur).unwrap_or(usize::MAX) }
}

/// Sockets have no limit of their own elsewhere.
#[cfg(not(unix))]
pub fn limit() -> usize {
    usize::MAX
}

/// Whether that was what the system had no more of, for this process or for all.
pub fn is_out_of_them(error: &io::Error) -> bool {
    #[cfg(unix)]
    let codes = [libc::EMFILE, libc::ENFILE];
    #[cfg(not(unix))]
    let codes = [10_024]; // WSAEMFILE
    error.raw_os_error().is_some_and(|code| codes.contains(&code))
}
