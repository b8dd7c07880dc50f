//! The HTTP/2 connections of a runtime, and which of them a request may use.
//! `docs/decisions/0016-http2.md` has the reasons and figures.
//!
//! The HTTP library keeps one HTTP/2 connection for each of its clients and uses it until it is closed. If it stalls, every call
//! stalls. So each connection has a client of its own, and a request takes the first connection that has answered recently.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;

use crate::client::transport::connection_reuse::RECENT_IDLE_TIMEOUT;
use crate::client::transport::http_client::{HttpClientFactory, POOL_IDLE_TIMEOUT};
use crate::client::transport::negotiation::{Negotiation, Protocol};

/// Number of requests in flight on a connection at which another one is opened: so many wait for one lost packet.
const MAX_STREAMS: usize = 32;
/// Maximum number while a connection is being opened: sharing is faster than opening another one. Servers are advised to allow so
/// many (RFC 9113, section 6.5.2).
const MAX_SHARED_STREAMS: usize = 100;
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
    /// Maximum number of requests until the first answer, when the connection is open.
    max_opening_streams: usize,
    has_answered: bool,
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
        let usages = connections.iter().map(|connection| lock(&connection.usage));
        if let Some(connection) = choose(usages, trust, now).and_then(|index| connections.get(index)) {
            return Some(connection.stream(None));
        }
        Some(add(&mut connections, self.factory.shared(&self.negotiation).ok()?).stream(None))
    }
}

/// The index of a connection with less than `MAX_STREAMS`. While another one is being opened, also of one with less than
/// `MAX_SHARED_STREAMS`, so that only the request that opens the new one waits for it.
fn choose<'a>(usages: impl Iterator<Item = impl Deref<Target = Usage> + 'a>, trust: Trust, now: Instant) -> Option<usize> {
    let (mut shared, mut opening, mut unused, mut is_one_opening) = (None, None, None, false);
    for (index, usage) in usages.enumerate().filter(|(_, usage)| !usage.is_retired && usage.is_trusted(trust, now)) {
        match (usage.has_answered, usage.streams) {
            (true, ..MAX_STREAMS) => return Some(index),
            (true, ..MAX_SHARED_STREAMS) => shared = Some(index),
            // The request that opened it was cancelled.
            (false, 0) => unused = Some(index),
            (false, _) => {
                is_one_opening = true;
                opening = opening.or((usage.streams < usage.max_opening_streams).then_some(index));
            }
            _ => {}
        }
    }
    shared.filter(|_| is_one_opening).or(opening).or(unused)
}

/// Adds a connection in the place of those that it makes superfluous.
fn add(connections: &mut Vec<Arc<Http2Connection>>, client: reqwest::Client) -> Arc<Http2Connection> {
    let now = Instant::now();
    connections.retain(|connection| connection.is_worth_keeping(now));
    let max_opening_streams = if connections.is_empty() { MAX_SHARED_STREAMS } else { MAX_STREAMS };
    let connection = Http2Connection::new(client, max_opening_streams);
    connections.push(Arc::clone(&connection));
    connection
}

impl Http2Connection {
    fn new(client: reqwest::Client, max_opening_streams: usize) -> Arc<Self> {
        let now = Instant::now();
        let usage = Usage {
            streams: 0,
            max_opening_streams,
            has_answered: false,
            last_response: now,
            busy_since: now,
            is_retired: false,
        };
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
        usage.has_answered = true;
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
        Usage {
            streams,
            max_opening_streams: MAX_STREAMS,
            has_answered: true,
            last_response: before(silence),
            busy_since: before(busy),
            is_retired: false,
        }
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

    /// The index for connections of so many requests; those in `opening` have not answered.
    fn chosen(streams: &[usize], opening: &[usize]) -> Option<usize> {
        let now = Instant::now();
        let usages: Vec<Usage> = streams
            .iter()
            .enumerate()
            .map(|(index, &streams)| Usage {
                has_answered: !opening.contains(&index),
                ..usage(streams, Duration::ZERO, Duration::ZERO, now)
            })
            .collect();
        choose(usages.iter(), Trust::Recent, now)
    }

    #[test]
    fn opens_a_connection_when_all_have_enough_requests() {
        assert_eq!(chosen(&[], &[]), None);
        assert_eq!(chosen(&[31], &[]), Some(0));
        assert_eq!(chosen(&[32, 50], &[]), None);
    }

    #[test]
    fn shares_connections_while_one_is_being_opened() {
        assert_eq!(chosen(&[32, 1], &[1]), Some(0));
        assert_eq!(chosen(&[1, 99], &[0]), Some(1));
        assert_eq!(chosen(&[100, 31], &[1]), Some(1));
        assert_eq!(chosen(&[100, 32], &[1]), None);
    }

    #[test]
    fn uses_a_connection_whose_first_request_was_cancelled() {
        assert_eq!(chosen(&[0], &[0]), Some(0));
        assert_eq!(chosen(&[32, 0], &[1]), Some(1));
    }
}
