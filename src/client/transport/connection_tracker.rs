//! Tracks the connection of an attempt. The HTTP library reports neither whether an interrupted attempt was still connecting
//! nor whether its connection was reused; whether a request may be retried depends on both.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper_util::client::legacy::connect::Connection;
use tokio::sync::OwnedSemaphorePermit;
use tower_layer::Layer;
use tower_service::Service;

use crate::client::transport::negotiation::{ConnectTurn, Negotiation, Protocol};

/// How long calls wait for the pool after the connection that they share was made.
const SHARING_TIME: Duration = Duration::from_millis(20);

tokio::task_local! {
    /// The tracker of the attempt that is being polled; the connector finds it here.
    static CURRENT: Arc<ConnectionTracker>;
}

/// State of an attempt's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum ConnectionState {
    /// No connection was opened for the attempt: it uses one from the pool.
    Reused,
    Connecting,
    Connected,
}

/// What is known about the connection of one attempt.
#[derive(Debug)]
pub(crate) struct ConnectionTracker {
    created_at: Instant,
    state: AtomicU8,
    /// Time of the last activity, in nanoseconds since `created_at`.
    last_activity: AtomicU64,
}

impl ConnectionTracker {
    /// A tracker of an attempt that has opened no connection.
    pub fn new() -> Arc<Self> {
        let state = AtomicU8::new(ConnectionState::Reused as u8);
        Arc::new(Self { created_at: Instant::now(), state, last_activity: AtomicU64::new(0) })
    }

    /// Runs the part of an attempt that acquires a connection.
    pub async fn scope<T>(self: &Arc<Self>, future: impl Future<Output = T>) -> T {
        CURRENT.scope(Arc::clone(self), future).await
    }

    /// Whether the connection is still being established: then no part of the request was sent.
    pub fn is_connecting(&self) -> bool {
        self.is_in(ConnectionState::Connecting)
    }

    /// Whether the attempt uses a connection from the pool.
    pub fn is_reused(&self) -> bool {
        self.is_in(ConnectionState::Reused)
    }

    /// Records that a part of the request was sent.
    pub fn record_activity(&self) {
        let elapsed = u64::try_from(self.created_at.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.last_activity.store(elapsed, Ordering::Release);
    }

    /// The time of the last recorded activity; the start of the attempt if there was none.
    pub fn last_activity(&self) -> Instant {
        self.created_at + Duration::from_nanos(self.last_activity.load(Ordering::Acquire))
    }

    fn is_in(&self, state: ConnectionState) -> bool {
        self.state.load(Ordering::Acquire) == state as u8
    }

    fn set_state(&self, state: ConnectionState) {
        self.record_activity();
        self.state.store(state as u8, Ordering::Release);
    }
}

/// Tower layer that records the state of each connection attempt, including proxies and TLS.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrackConnectLayer(pub Option<SharedConnect>);

/// Lets the calls of a client open one connection for all, if the service speaks HTTP/2.
#[derive(Debug, Clone)]
pub(crate) struct SharedConnect {
    negotiation: Arc<Negotiation>,
    turn: ConnectTurn,
}

/// The error of a connection that no call needs any longer; no call sees it.
#[derive(Debug)]
pub(crate) struct NotNeededError;

impl fmt::Display for NotNeededError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("another connection serves the request")
    }
}

impl std::error::Error for NotNeededError {}

impl<S> Layer<S> for TrackConnectLayer {
    type Service = TrackConnect<S>;

    fn layer(&self, inner: S) -> TrackConnect<S> {
        TrackConnect { inner, shared: self.0.clone() }
    }
}

/// Reports the state of a connection attempt to the tracker of the attempt that requested it.
#[derive(Debug, Clone)]
pub(crate) struct TrackConnect<S> {
    inner: S,
    shared: Option<SharedConnect>,
}

impl<S, R> Service<R> for TrackConnect<S>
where
    S: Service<R, Response: Connection + 'static, Error: From<NotNeededError> + 'static>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let connect = self.inner.call(request);
        let Ok(tracker) = CURRENT.try_with(Arc::clone) else {
            return Box::pin(connect);
        };
        match self.shared.clone() {
            Some(shared) => Box::pin(async move { track(tracker, shared.connect(connect)).await }),
            None => Box::pin(track(tracker, connect)),
        }
    }
}

impl SharedConnect {
    pub fn new(negotiation: &Arc<Negotiation>) -> Self {
        Self { negotiation: Arc::clone(negotiation), turn: ConnectTurn::new() }
    }

    /// Connects, or waits until another call has connected; then the pool gives the call that connection and moves this attempt
    /// to the background, where it ends.
    async fn connect<C: Connection, E: From<NotNeededError>>(&self, connect: impl Future<Output = Result<C, E>>) -> Result<C, E> {
        let mut connect = std::pin::pin!(self.connect_in_turn(connect));
        std::future::poll_fn(|context| {
            if is_in_background() && self.negotiation.protocol() != Protocol::Http1 {
                return Poll::Ready(Err(NotNeededError.into()));
            }
            connect.as_mut().poll(context)
        })
        .await
    }

    async fn connect_in_turn<C: Connection, E>(&self, connect: impl Future<Output = Result<C, E>>) -> Result<C, E> {
        let turn = if self.negotiation.protocol() == Protocol::Http1 { None } else { self.turn.wait().await };
        let connection = connect.await?;
        let is_http2 = connection.connected().is_negotiated_h2();
        if is_http2 {
            release_later(turn);
        }
        self.negotiation.record(if is_http2 { Protocol::Http2 } else { Protocol::Http1 });
        Ok(connection)
    }
}

/// Gives the pool time to share the new connection with the waiting calls: each of them ends its own attempt then.
fn release_later(turn: Option<OwnedSemaphorePermit>) {
    tokio::spawn(async move {
        tokio::time::sleep(SHARING_TIME).await;
        drop(turn);
    });
}

/// Whether a pooled connection became free first and the attempt uses it; this one goes to the pool.
fn is_in_background() -> bool {
    CURRENT.try_with(|_| ()).is_err()
}

async fn track<T, E>(tracker: Arc<ConnectionTracker>, connect: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    tracker.set_state(ConnectionState::Connecting);
    let mut connect = std::pin::pin!(connect);
    std::future::poll_fn(|context| {
        let result = connect.as_mut().poll(context);
        if is_in_background() {
            tracker.set_state(ConnectionState::Reused);
        } else if matches!(result, Poll::Ready(Ok(_))) {
            tracker.set_state(ConnectionState::Connected);
        }
        result
    })
    .await
}
