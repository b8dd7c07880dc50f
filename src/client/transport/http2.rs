//! The HTTP/2 connections of a runtime, and which of them a request may use.
//! `docs/decisions/0016-http2.md` has the reasons and figures.
//!
//! The HTTP library keeps one HTTP/2 connection for each of its clients and uses it until it is closed. If it stalls, every call
//! stalls. So each connection has a client of its own, and a request takes the first connection that has answered recently.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;

use crate::client::transport::connection_reuse::RECENT_IDLE_TIMEOUT;
use crate::client::transport::http_client::{HttpClientFactory, POOL_IDLE_TIMEOUT};
use crate::client::transport::negotiation::{Negotiation, Protocol};

/// Maximum number of requests in flight on a connection: so many wait for one lost packet.
const MAX_STREAMS: usize = 32;
/// Maximum number on the only connection, until it answers: sharing it is faster than opening another one. Servers are advised
/// to allow so many (RFC 9113, section 6.5.2).
const MAX_FIRST_STREAMS: usize = 100;
/// A connection with requests in flight that has not answered for so long gets no further ones until it answers.
const STALL_TIMEOUT: Duration = Duration::from_secs(1);

/// Which connections a request may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Also one that may have been closed by now: the request can be repeated.
    Idle,
    /// One that has answered within `RECENT_IDLE_TIMEOUT`.
    Recent,
    /// A new one, for this request alone.
    New,
}

/// The connections of a runtime.
#[derive(Debug)]
pub struct Http2Connections {
    factory: HttpClientFactory,
    negotiation: Arc<Negotiation>,
    connections: Mutex<Vec<Arc<Http2Connection>>>,
}

/// One connection. Its client opens it for the first request, and again after it was closed.
#[derive(Debug)]
struct Http2Connection {
    client: reqwest::Client,
    usage: Mutex<Usage>,
}

#[derive(Debug)]
struct Usage {
    /// Requests in flight.
    streams: usize,
    max_streams: usize,
    last_response: Instant,
    /// Start of the oldest time since which requests were in flight without a pause.
    busy_since: Instant,
    is_retired: bool,
}

/// The use of a connection by one request.
#[derive(Debug)]
pub struct Http2Stream {
    connection: Arc<Http2Connection>,
    opened_at: Instant,
    /// Held by the request that opens the first connection of all.
    _first: Option<OwnedSemaphorePermit>,
}

impl Http2Connections {
    pub fn new(factory: HttpClientFactory, negotiation: Arc<Negotiation>) -> Self {
        Self { factory, negotiation, connections: Mutex::default() }
    }

    /// A connection for a request; `None` if the service does not speak HTTP/2. `first` is a client without connections, which
    /// opens the first one.
    pub async fn acquire(&self, trust: Trust, first: &reqwest::Client) -> Option<Http2Stream> {
        let permit = self.negotiation.wait().await;
        match self.negotiation.protocol() {
            Protocol::Http1 => {
                lock(&self.connections).clear();
                None
            }
            Protocol::Http2 => self.open_stream(trust),
            Protocol::Unknown if permit.is_some() => Some(add(&mut lock(&self.connections), first.clone()).stream(permit)),
            // The first connection takes long.
            Protocol::Unknown => self.open_stream(Trust::New),
        }
    }

    /// `None` if no client can be built.
    fn open_stream(&self, trust: Trust) -> Option<Http2Stream> {
        if trust == Trust::New {
            return Some(Http2Connection::new(self.factory.shared(&self.negotiation).ok()?, 1).stream(None));
        }
        let now = Instant::now();
        let mut connections = lock(&self.connections);
        if let Some(connection) = connections.iter().find(|connection| connection.is_usable(trust, now)) {
            return Some(connection.stream(None));
        }
        Some(add(&mut connections, self.factory.shared(&self.negotiation).ok()?).stream(None))
    }
}

/// Adds a connection in the place of those that it makes superfluous.
fn add(connections: &mut Vec<Arc<Http2Connection>>, client: reqwest::Client) -> Arc<Http2Connection> {
    let now = Instant::now();
    connections.retain(|connection| connection.is_worth_keeping(now));
    let max_streams = if connections.is_empty() { MAX_FIRST_STREAMS } else { MAX_STREAMS };
    let connection = Http2Connection::new(client, max_streams);
    connections.push(Arc::clone(&connection));
    connection
}

impl Http2Connection {
    fn new(client: reqwest::Client, max_streams: usize) -> Arc<Self> {
        let now = Instant::now();
        let usage = Usage { streams: 0, max_streams, last_response: now, busy_since: now, is_retired: false };
        Arc::new(Self { client, usage: Mutex::new(usage) })
    }

    fn stream(self: &Arc<Self>, first: Option<OwnedSemaphorePermit>) -> Http2Stream {
        let now = Instant::now();
        let mut usage = lock(&self.usage);
        if usage.streams == 0 {
            usage.busy_since = now;
        }
        usage.streams += 1;
        drop(usage);
        Http2Stream { connection: Arc::clone(self), opened_at: now, _first: first }
    }

    fn is_usable(&self, trust: Trust, now: Instant) -> bool {
        let usage = lock(&self.usage);
        !usage.is_retired && usage.streams < usage.max_streams && usage.is_trusted(trust, now)
    }

    fn is_worth_keeping(&self, now: Instant) -> bool {
        let usage = lock(&self.usage);
        !usage.is_retired && (usage.streams > 0 || usage.is_trusted(Trust::Recent, now))
    }
}

impl Usage {
    fn is_trusted(&self, trust: Trust, now: Instant) -> bool {
        let silence = |since: Instant| now.saturating_duration_since(since);
        match trust {
            Trust::Idle if self.streams == 0 => silence(self.last_response) <= POOL_IDLE_TIMEOUT,
            Trust::Idle => silence(self.last_response.max(self.busy_since)) <= STALL_TIMEOUT,
            Trust::Recent => silence(self.last_response) <= RECENT_IDLE_TIMEOUT,
            Trust::New => false,
        }
    }
}

impl Http2Stream {
    pub fn client(&self) -> &reqwest::Client {
        &self.connection.client
    }

    pub fn record_response(&self) {
        let mut usage = lock(&self.connection.usage);
        usage.max_streams = MAX_STREAMS;
        usage.last_response = Instant::now();
    }

    /// The request failed. Without any response since it was sent, further requests use another connection.
    pub fn record_failure(&self) {
        let mut usage = lock(&self.connection.usage);
        usage.is_retired |= usage.last_response <= self.opened_at;
    }
}

impl Drop for Http2Stream {
    fn drop(&mut self) {
        lock(&self.connection.usage).streams -= 1;
    }
}

/// Each value is consistent after each step, so a panic elsewhere is no reason to fail.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn usage(streams: usize, silence: Duration, busy: Duration, now: Instant) -> Usage {
        let before = |time| now.checked_sub(time).unwrap_or(now);
        Usage { streams, max_streams: MAX_STREAMS, last_response: before(silence), busy_since: before(busy), is_retired: false }
    }

    #[test]
    fn trusts_connections_that_answered_recently() {
        let now = Instant::now() + Duration::from_secs(60);
        for (streams, silence, busy, is_trusted_idle, is_trusted_recent) in [
            (0, ms(700), ms(5000), true, true),
            (0, ms(800), ms(5000), true, false),
            (0, ms(19_900), ms(25_000), true, false),
            (0, ms(20_100), ms(25_000), false, false),
            (1, ms(15_000), ms(100), true, false),
            (1, ms(1100), ms(1100), false, false),
            (1, ms(100), ms(9000), true, true),
        ] {
            let usage = usage(streams, silence, busy, now);
            assert_eq!(usage.is_trusted(Trust::Idle, now), is_trusted_idle, "{usage:?}");
            assert_eq!(usage.is_trusted(Trust::Recent, now), is_trusted_recent, "{usage:?}");
            assert!(!usage.is_trusted(Trust::New, now));
        }
    }
}
