//! Decides whether a request that must never be sent twice may use a connection that has served another one.
//! `docs/decisions/0015-sends-on-open-connections.md` has the reasons and figures.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderMap;

/// How long a connection may be idle before such a request. Servers that keep connections keep them for a second or more, and
/// the request needs time to arrive.
pub const RECENT_IDLE_TIMEOUT: Duration = Duration::from_millis(750);
/// The shortest idle timeout of a service whose connections are reused.
const MIN_KEEP_ALIVE_SECONDS: u64 = 2;
/// How long requests use new connections after the service closed one without notice. Each further close doubles it.
const SUSPENSION: Duration = Duration::from_secs(60);
const MAX_SUSPENSION: Duration = Duration::from_secs(3600);
/// Each request that succeeds on a reused connection allows this many more at the same time; reads and updates count too, because
/// they are repeated if they fail. A service that closes its connections is found out by one request, not by a burst of them.
const GROWTH: u32 = 3;

/// What is known about the connections of a service.
#[derive(Debug)]
pub struct ConnectionReuse(Mutex<State>);

#[derive(Debug)]
struct State {
    suspended_until: Option<Instant>,
    /// Length of the next suspension.
    suspension: Duration,
    /// Maximum number of reused connections in use.
    limit: u32,
    in_use: u32,
}

/// Allows one request to use a recent connection.
#[derive(Debug)]
pub struct ReusePermit<'a>(&'a ConnectionReuse);

impl ConnectionReuse {
    /// Trusts one connection, until it has served a request.
    pub fn new() -> Self {
        Self(Mutex::new(State { suspended_until: None, suspension: SUSPENSION, limit: 1, in_use: 0 }))
    }

    /// A permit, unless reuse is suspended or as many requests as allowed use recent connections.
    pub fn try_acquire(&self) -> Option<ReusePermit<'_>> {
        let mut state = self.lock();
        if state.is_suspended() || state.in_use >= state.limit {
            return None;
        }
        state.in_use += 1;
        Some(ReusePermit(self))
    }

    /// Whether requests use new connections for a while.
    pub fn is_suspended(&self) -> bool {
        self.lock().is_suspended()
    }

    /// The service closed a connection that a request was about to use or using. Requests use new connections for a while.
    pub fn record_close(&self) {
        let mut state = self.lock();
        let now = Instant::now();
        match state.suspended_until {
            // Requests that were in flight at the first close.
            Some(until) if now < until => return,
            Some(until) if now < until + MAX_SUSPENSION => state.suspension = (state.suspension * 2).min(MAX_SUSPENSION),
            _ => state.suspension = SUSPENSION,
        }
        state.suspended_until = Some(now + state.suspension);
        state.limit = 1;
    }

    /// A request succeeded on a reused connection, also one that may be sent twice.
    pub fn record_success(&self) {
        let mut state = self.lock();
        // While reuse is suspended, successes are luck: the service closes connections a moment later.
        if !state.is_suspended() {
            state.limit = state.limit.saturating_add(GROWTH);
        }
    }

    /// Suspends reuse if the service declares that it closes idle connections sooner than a request may arrive.
    pub fn record_headers(&self, headers: &HeaderMap) {
        if keep_alive_seconds(headers).is_some_and(|seconds| seconds < MIN_KEEP_ALIVE_SECONDS) {
            let mut state = self.lock();
            state.suspended_until = state.suspended_until.max(Some(Instant::now() + SUSPENSION));
        }
    }

    /// The state is consistent after each step, so a panic elsewhere is no reason to fail.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_suspended(&self) -> bool {
        self.suspended_until.is_some_and(|until| Instant::now() < until)
    }
}

impl Drop for ReusePermit<'_> {
    fn drop(&mut self) {
        self.0.lock().in_use -= 1;
    }
}

/// The `timeout` of a `Keep-Alive` header, such as `timeout=5, max=100`.
fn keep_alive_seconds(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get("keep-alive")?.to_str().ok()?;
    value.split(',').find_map(|part| part.trim().strip_prefix("timeout=")?.parse().ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]

    use super::*;

    #[test]
    fn each_success_allows_more_connections() {
        let reuse = ConnectionReuse::new();
        let first = reuse.try_acquire().expect("one connection is trusted");
        assert!(reuse.try_acquire().is_none());
        reuse.record_success();
        let more: Vec<_> = std::iter::from_fn(|| reuse.try_acquire()).collect();
        assert_eq!(more.len(), 3);
        drop((first, more));
        assert_eq!(std::iter::from_fn(|| reuse.try_acquire()).take(10).collect::<Vec<_>>().len(), 4);
    }

    #[test]
    fn close_suspends_reuse_and_the_next_one_longer() {
        let reuse = ConnectionReuse::new();
        for expected in [SUSPENSION, SUSPENSION * 2, SUSPENSION * 4] {
            reuse.record_close();
            // Closes of other requests in flight do not count.
            reuse.record_close();
            assert!(reuse.try_acquire().is_none());
            let mut state = reuse.lock();
            assert_eq!(state.suspension, expected);
            state.suspended_until = Some(Instant::now());
        }
        assert!(reuse.try_acquire().is_some());
    }

    #[test]
    fn short_keep_alive_suspends_reuse() {
        for (value, is_allowed) in
            [("timeout=1", false), ("max=100, timeout=1", false), ("timeout=5, max=9", true), ("max=5", true)]
        {
            let reuse = ConnectionReuse::new();
            reuse.record_headers(&HeaderMap::from_iter([(
                http::header::HeaderName::from_static("keep-alive"),
                value.parse().expect(value),
            )]));
            assert_eq!(reuse.try_acquire().is_some(), is_allowed, "{value}");
        }
    }
}
