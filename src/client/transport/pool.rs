//! Connections: one set for each runtime that drives them.

use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use http::HeaderMap;
use http::header::{ACCEPT, HeaderValue, USER_AGENT};
use tokio::sync::Semaphore;

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::connection_tracker::WatchConnections;
use crate::client::transport::{fd_limit, tls};

/// Idle connections are closed after this, well before balancers do (often 60 s).
const IDLE: std::time::Duration = std::time::Duration::from_secs(20);

/// Which runtime drives a call. A connection belongs to the runtime that made it: shared between two, it can hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuntimeKind {
    /// The runtime that a blocked thread drives itself.
    Blocking,
    /// The runtime with threads of its own, for asyncio and for many calls at once.
    Async,
}

/// The connections of one lane.
#[derive(Debug)]
pub struct RuntimeClients {
    /// Changes when the process forks: a child must not use its parent's connections.
    generation: u64,
    pub pooled: reqwest::Client,
    /// Never takes a connection that was used before, for requests that must not meet one that the service has just closed.
    pub fresh: reqwest::Client,
    pub in_flight: Arc<Semaphore>,
    /// Where calls stand in line while the service's refusals limit them: the first one waits for its turn.
    pub line: Arc<Semaphore>,
}

/// Calls under way since the process last forked: a child has none of its parent's.
#[derive(Debug)]
struct InFlight {
    generation: u64,
    slots: Arc<Semaphore>,
    line: Arc<Semaphore>,
}

/// What a forked child must leave alone, even at the end: to close a connection of its parent's would take it off the
/// parent's watch list, and wake a task of a scheduler that does not run in the child.
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
            // SAFETY: dropped once, here, and not used again.
            unsafe { ManuallyDrop::drop(&mut self.value) };
        }
    }
}

/// The transports of a client, each made when first needed.
#[derive(Debug, Default)]
pub struct ClientPool {
    calling: ArcSwapOption<ProcessLocal<RuntimeClients>>,
    background: ArcSwapOption<ProcessLocal<RuntimeClients>>,
    /// What limits the calls under way, in both lanes together and past a `close`.
    in_flight: ArcSwapOption<InFlight>,
    tls: OnceLock<Arc<rustls::ClientConfig>>,
}

impl ClientPool {
    pub fn get(&self, config: &Config, lane: RuntimeKind, generation: u64) -> Result<Arc<ProcessLocal<RuntimeClients>>, Error> {
        let slot = match lane {
            RuntimeKind::Blocking => &self.calling,
            RuntimeKind::Async => &self.background,
        };
        if let Some(transport) = slot.load().as_ref().filter(|transport| transport.generation == generation) {
            return Ok(Arc::clone(transport));
        }
        let made = Arc::new(ProcessLocal::new(self.make(config, generation)?));
        let of_now = |one: &Arc<ProcessLocal<RuntimeClients>>| one.generation == generation;
        // Of two threads that make one at once, one wins and both use that one's connections.
        let before = slot.rcu(|present| present.clone().filter(of_now).or_else(|| Some(Arc::clone(&made))));
        if let Some(winner) = before.filter(of_now) {
            return Ok(winner);
        }
        Ok(made)
    }

    /// Lets go of all connections; idle ones are closed as soon as their runtime runs.
    pub fn close(&self) {
        self.calling.store(None);
        self.background.store(None);
    }

    fn make(&self, config: &Config, generation: u64) -> Result<RuntimeClients, Error> {
        let most = fd_limit::connections(config.limits.in_flight);
        let in_flight = self.in_flight(most, generation);
        Ok(RuntimeClients {
            generation,
            // Fewer would be closed between two bursts, and made again.
            pooled: self.client(config, most)?,
            fresh: self.client(config, 0)?,
            in_flight: Arc::clone(&in_flight.slots),
            line: Arc::clone(&in_flight.line),
        })
    }

    /// What limits the calls of this generation. Of two threads that make it at once, one wins and both use that one's.
    fn in_flight(&self, most: usize, generation: u64) -> Arc<InFlight> {
        let of_now = |made: &Option<Arc<InFlight>>| made.as_ref().is_some_and(|made| made.generation == generation);
        let slots = Arc::new(Semaphore::new(most));
        let made = Arc::new(InFlight { generation, slots, line: Arc::new(Semaphore::new(1)) });
        self.in_flight.rcu(|present| if of_now(present) { present.clone() } else { Some(Arc::clone(&made)) });
        self.in_flight.load_full().unwrap_or(made)
    }

    fn client(&self, config: &Config, idle_connections: usize) -> Result<reqwest::Client, Error> {
        let builder = reqwest::Client::builder()
            .default_headers(headers(config)?)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .http1_only()
            .connector_layer(WatchConnections)
            .connect_timeout(config.timeouts.connect)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(idle_connections)
            .tls_backend_preconfigured((*self.tls(config)?).clone());
        let builder = match &config.proxy {
            // Loopback is never proxied: the sandbox must work where the environment names a proxy.
            _ if config.base.loopback => builder.no_proxy(),
            Some(proxy) => builder.proxy(proxy_for(proxy)?),
            None => builder,
        };
        builder.build().map_err(|error| Error::config(format!("the HTTP client cannot be made: {error}")))
    }

    /// Certificate authorities are read once, and only where something is to be verified.
    fn tls(&self, config: &Config) -> Result<Arc<rustls::ClientConfig>, Error> {
        if let Some(made) = self.tls.get() {
            return Ok(Arc::clone(made));
        }
        let made = Arc::new(tls::config(config)?);
        Ok(Arc::clone(self.tls.get_or_init(|| made)))
    }
}

fn proxy_for(address: &str) -> Result<reqwest::Proxy, Error> {
    // The address may hold a password: it is not quoted.
    reqwest::Proxy::all(address).map_err(|_| Error::config("proxy is no address; it looks like http://HOST:PORT"))
}

fn headers(config: &Config) -> Result<HeaderMap, Error> {
    let agent =
        HeaderValue::from_str(&config.user_agent).map_err(|_| Error::config("the user agent cannot be sent in a header"))?;
    let mut headers = HeaderMap::new();
    headers.insert("token", config.key.header());
    headers.insert(USER_AGENT, agent);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    Ok(headers)
}
