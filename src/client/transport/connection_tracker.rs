//! How far an attempt has come. The HTTP library does not tell whether it was still connecting when it was interrupted,
//! nor whether a connection had been used before; but on that depends what may be sent again.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    /// The attempt that is being polled: the connector below finds it here.
    static CURRENT: Arc<ConnectionTracker>;
}

/// The way of one attempt.
#[derive(Debug)]
pub(crate) struct ConnectionTracker {
    began: Instant,
    connection: AtomicU8,
    /// When something last moved, in nanoseconds since `began`.
    moved: AtomicU64,
}

/// No connection was made for the attempt: it runs on one that had been used before.
const REUSED: u8 = 0;
const CONNECTING: u8 = 1;
const CONNECTED: u8 = 2;

impl ConnectionTracker {
    pub fn begin() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), connection: AtomicU8::new(REUSED), moved: AtomicU64::new(0) })
    }

    /// Runs the part of an attempt in which its connection is found or made.
    pub async fn follow<T>(self: &Arc<Self>, future: impl Future<Output = T>) -> T {
        CURRENT.scope(Arc::clone(self), future).await
    }

    /// Whether the connection is still being made: then nothing of the request has been sent.
    pub fn is_connecting(&self) -> bool {
        self.connection.load(Ordering::Acquire) == CONNECTING
    }

    /// Whether the attempt runs on a connection that had been used before.
    pub fn is_reused(&self) -> bool {
        self.connection.load(Ordering::Acquire) == REUSED
    }

    /// A piece of the request has been handed over.
    pub fn step(&self) {
        self.moved.store(u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Release);
    }

    /// Since when nothing has moved.
    pub fn moved(&self) -> Instant {
        self.began + Duration::from_nanos(self.moved.load(Ordering::Acquire))
    }

    fn enter(&self, connection: u8) {
        self.step();
        self.connection.store(connection, Ordering::Release);
    }
}

/// Puts `Watched` around what makes connections, proxies and TLS included.
#[derive(Debug, Clone)]
pub(crate) struct WatchConnections;

impl<S> Layer<S> for WatchConnections {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched(inner)
    }
}

/// Tells the attempt that asked for a connection how far that is.
#[derive(Debug, Clone)]
pub(crate) struct Watched<S>(S);

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R, Response: 'static, Error: 'static>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let making = self.0.call(request);
        match CURRENT.try_with(Arc::clone) {
            Ok(course) => Box::pin(watch(course, making)),
            Err(_) => Box::pin(making),
        }
    }
}

async fn watch<T, E>(course: Arc<ConnectionTracker>, making: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    course.enter(CONNECTING);
    let mut making = std::pin::pin!(making);
    std::future::poll_fn(|context| {
        let made = making.as_mut().poll(context);
        if CURRENT.try_with(|_| ()).is_err() {
            // Another call's connection became free first: the attempt took that, and this one is made for later ones.
            course.enter(REUSED);
        } else if matches!(made, Poll::Ready(Ok(_))) {
            course.enter(CONNECTED);
        }
        made
    })
    .await
}
