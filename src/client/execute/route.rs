//! Which connection an attempt may use. `docs/decisions/0015-sends-on-open-connections.md` has the reasons.

use crate::client::request::{Body, Request};
use crate::client::transport::connection_reuse::ReusePermit;
use crate::client::transport::connection_tracker::ConnectionTracker;
use crate::client::transport::http2::{Http2Connections, Http2Stream, Trust};
use crate::client::transport::pool::RuntimeClients;

/// The kind of connection of an attempt.
#[derive(Debug)]
pub(super) enum Route<'a> {
    /// Any idle one, or a new one.
    Pooled,
    /// One that has just served another request, or a new one.
    Recent {
        _permit: ReusePermit<'a>,
    },
    New,
    Http2(Http2Stream),
}

impl<'a> Route<'a> {
    /// Requests that must not be sent twice use no connection that may have been closed. Large files use HTTP/1.1: over HTTP/2 the
    /// service takes one window of data for each round trip, so that 20 MB took nine times as long at 20 ms.
    pub async fn choose(clients: &'a RuntimeClients, request: &Request, force_new_connection: bool) -> Self {
        let is_idempotent = request.policy.idempotent;
        let is_large = request.http.body.as_ref().is_some_and(Body::exceeds_http2_window);
        if let Some(http2) = clients.http2.as_ref().filter(|_| !is_large)
            && let Some(stream) = open_stream(clients, http2, is_idempotent, force_new_connection).await
        {
            return Self::Http2(stream);
        }
        match (force_new_connection, is_idempotent) {
            (false, true) => Self::Pooled,
            (false, false) => acquire_recent(clients).await,
            (true, _) => Self::New,
        }
    }

    pub fn client(&self, clients: &'a RuntimeClients) -> &reqwest::Client {
        match self {
            Self::Pooled => &clients.pooled,
            Self::Recent { .. } => &clients.recent,
            Self::New => &clients.no_reuse,
            Self::Http2(stream) => stream.client(),
        }
    }

    pub fn record_response(&self, clients: &RuntimeClients, tracker: &ConnectionTracker) {
        match self {
            Self::Pooled | Self::Recent { .. } if tracker.is_reused() => clients.reuse.record_success(),
            Self::Http2(stream) => stream.record_response(),
            _ => {}
        }
    }

    /// The attempt ended without a response.
    pub fn record_failure(&self) {
        if let Self::Http2(stream) = self {
            stream.record_failure();
        }
    }
}

async fn open_stream(
    clients: &RuntimeClients,
    http2: &Http2Connections,
    is_idempotent: bool,
    force_new_connection: bool,
) -> Option<Http2Stream> {
    let trust = match (is_idempotent, force_new_connection) {
        (true, false) => Trust::Idle,
        (false, _) if clients.reuse.is_suspended() => Trust::New,
        _ => Trust::Recent,
    };
    if !is_idempotent {
        poll_io().await;
    }
    http2.acquire(trust, &clients.pooled).await
}

async fn acquire_recent(clients: &RuntimeClients) -> Route<'_> {
    let Some(permit) = clients.reuse.try_acquire() else {
        return Route::New;
    };
    poll_io().await;
    Route::Recent { _permit: permit }
}

/// Polls I/O, so that a connection that the service has closed by now is known to be closed.
async fn poll_io() {
    tokio::task::yield_now().await;
}
