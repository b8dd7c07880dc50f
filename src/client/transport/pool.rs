//! Connection pools: one pair of HTTP clients for each runtime. `docs/decisions/0009-http1-pool.md` has the reasons.

use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use http::HeaderMap;
use tokio::sync::Semaphore;

use crate::client::config::{Config, Http2};
use crate::client::error::Error;
use crate::client::transport::connection_reuse::{ConnectionReuse, RECENT_IDLE_TIMEOUT};
use crate::client::transport::connection_settings::ConnectionSettings;
use crate::client::transport::fd_limit;
use crate::client::transport::http_client::{HttpClientFactory, POOL_IDLE_TIMEOUT};
use crate::client::transport::http2::Http2Connections;
use crate::client::transport::negotiation::Negotiation;

/// Which runtime drives a call. A connection belongs to the runtime that opened it: shared between two, it can hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuntimeKind {
    /// The current-thread runtime that the calling thread drives.
    Blocking,
    /// The multi-thread runtime, for asyncio and for batches.
    Async,
}

/// The HTTP clients of one runtime.
#[derive(Debug)]
pub struct RuntimeClients {
    /// Changes when the process forks: a child must not use connections of its parent.
    fork_generation: u64,
    pub pooled: reqwest::Client,
    /// Reuses a connection for `RECENT_IDLE_TIMEOUT` only, for requests that must not use a stale connection.
    pub recent: reqwest::Client,
    /// Opens a new connection for each request.
    pub no_reuse: reqwest::Client,
    /// HTTP/2, if the client and the service may agree on it; `pooled` opens the first connection then.
    pub http2: Option<Http2Connections>,
    /// The headers of every request.
    pub headers: HeaderMap,
    /// Whether requests may use `recent`.
    pub reuse: ConnectionReuse,
    /// One permit for each call in flight.
    pub permits: Arc<Semaphore>,
    /// Queue of calls under the adaptive rate limit; its head waits for the next slot.
    pub throttle_queue: Arc<Semaphore>,
}

/// The calls in flight since the process last forked: a child starts without any.
#[derive(Debug)]
struct InFlight {
    fork_generation: u64,
    permits: Arc<Semaphore>,
    throttle_queue: Arc<Semaphore>,
}

/// A value that a forked child never drops. Closing a connection of its parent would remove it from the parent's epoll set, and
/// wake a task of a scheduler that does not run in the child.
#[derive(Debug)]
pub struct ProcessLocal<T> {
    value: ManuallyDrop<T>,
    process: u32,
}

impl<T> ProcessLocal<T> {
    fn new(value: T) -> Self {
        Self { value: ManuallyDrop::new(value), process: std::process::id() }
    }
}

impl<T> Deref for ProcessLocal<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Drop for ProcessLocal<T> {
    fn drop(&mut self) {
        if self.process == std::process::id() {
            // SAFETY: the value is dropped only here, and not used afterwards.
            unsafe { ManuallyDrop::drop(&mut self.value) };
        }
    }
}

type SharedClients = Arc<ProcessLocal<RuntimeClients>>;

/// The HTTP clients of each runtime, created on first use.
#[derive(Debug, Default)]
pub struct ClientPool {
    blocking: ArcSwapOption<ProcessLocal<RuntimeClients>>,
    background: ArcSwapOption<ProcessLocal<RuntimeClients>>,
    /// Shared by both runtimes, and kept by `close`.
    in_flight: ArcSwapOption<InFlight>,
    tls: OnceLock<Arc<rustls::ClientConfig>>,
    pub settings: ConnectionSettings,
}

impl ClientPool {
    /// A pool that builds its clients with these settings.
    pub fn new(settings: ConnectionSettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// The clients of a runtime. They are built on first use and again after a fork.
    pub fn get(&self, config: &Config, runtime: RuntimeKind, fork_generation: u64) -> Result<SharedClients, Error> {
        let slot = match runtime {
            RuntimeKind::Blocking => &self.blocking,
            RuntimeKind::Async => &self.background,
        };
        let is_current = |clients: &SharedClients| clients.fork_generation == fork_generation;
        if let Some(clients) = slot.load().as_ref().filter(|clients| is_current(clients)) {
            return Ok(Arc::clone(clients));
        }
        let clients = Arc::new(ProcessLocal::new(self.build_clients(config, fork_generation)?));
        // If two threads build clients at the same time, both use those of the first.
        let previous = slot.rcu(|current| current.clone().filter(is_current).or_else(|| Some(Arc::clone(&clients))));
        Ok(previous.filter(is_current).unwrap_or(clients))
    }

    /// Drops all connections; idle ones are closed when their runtime runs next.
    pub fn close(&self) {
        self.blocking.store(None);
        self.background.store(None);
    }

    fn build_clients(&self, config: &Config, fork_generation: u64) -> Result<RuntimeClients, Error> {
        let max_connections = fd_limit::max_connections(config.limits.max_in_flight);
        let in_flight = self.in_flight(max_connections, fork_generation);
        let factory = HttpClientFactory::new(config, self.tls(config)?, self.settings.proxy.as_ref(), max_connections)?;
        let negotiation = (config.http2 == Http2::Auto && config.base_url.is_https).then(|| Arc::new(Negotiation::new()));
        Ok(RuntimeClients {
            fork_generation,
            pooled: match &negotiation {
                Some(negotiation) => factory.shared(negotiation)?,
                None => factory.pooled(POOL_IDLE_TIMEOUT)?,
            },
            recent: factory.pooled(RECENT_IDLE_TIMEOUT)?,
            no_reuse: factory.no_reuse()?,
            headers: factory.headers.clone(),
            http2: negotiation.map(|negotiation| Http2Connections::new(factory, negotiation)),
            reuse: ConnectionReuse::new(),
            permits: Arc::clone(&in_flight.permits),
            throttle_queue: Arc::clone(&in_flight.throttle_queue),
        })
    }

    /// The limits of this fork generation. If two threads create them at the same time, both use those of the first.
    fn in_flight(&self, max_connections: usize, fork_generation: u64) -> Arc<InFlight> {
        let is_current =
            |current: &Option<Arc<InFlight>>| current.as_ref().is_some_and(|current| current.fork_generation == fork_generation);
        let permits = Arc::new(Semaphore::new(max_connections));
        let in_flight = Arc::new(InFlight { fork_generation, permits, throttle_queue: Arc::new(Semaphore::new(1)) });
        self.in_flight.rcu(|current| if is_current(current) { current.clone() } else { Some(Arc::clone(&in_flight)) });
        self.in_flight.load_full().unwrap_or(in_flight)
    }

    /// Certificate authorities are loaded once.
    fn tls(&self, config: &Config) -> Result<Arc<rustls::ClientConfig>, Error> {
        if let Some(tls) = self.tls.get() {
            return Ok(Arc::clone(tls));
        }
        let tls = Arc::new(self.settings.tls_config(config)?);
        Ok(Arc::clone(self.tls.get_or_init(|| tls)))
    }
}
