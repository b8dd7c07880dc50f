//! Builds the HTTP clients of a pool, which differ in the connections that they keep.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::{ACCEPT, HeaderValue, USER_AGENT};

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::connection_tracker::{SharedConnect, TrackConnectLayer};
use crate::client::transport::negotiation::Negotiation;
use crate::client::transport::proxy::ProxyUrl;

/// Idle connections are closed after this, well before load balancers close them (often after 60 s).
pub const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// An HTTP/2 connection that receives nothing for the interval is sent a ping, and is closed if no response arrives in time.
const PING_INTERVAL: Duration = Duration::from_secs(5);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// As much as with HTTP/1.1.
const MAX_HEADER_BYTES: u32 = 256 << 10;

/// What the HTTP clients have in common.
#[derive(Debug)]
pub struct HttpClientFactory {
    /// The headers of every request.
    pub headers: HeaderMap,
    user_agent: HeaderValue,
    connect_timeout: Duration,
    tls: Arc<rustls::ClientConfig>,
    proxy: Option<reqwest::Proxy>,
    max_connections: usize,
}

impl HttpClientFactory {
    pub fn new(
        config: &Config,
        tls: Arc<rustls::ClientConfig>,
        proxy: Option<&ProxyUrl>,
        max_connections: usize,
    ) -> Result<Self, Error> {
        let proxy = proxy.map(ProxyUrl::to_reqwest).transpose()?;
        let user_agent = HeaderValue::from_str(&config.user_agent);
        let user_agent = user_agent.map_err(|_| Error::config("the user agent cannot be sent in a header"))?;
        let headers = headers(config, user_agent.clone());
        Ok(Self { headers, user_agent, connect_timeout: config.timeouts.connect, tls, proxy, max_connections })
    }

    /// A client that keeps HTTP/1.1 connections for `idle_timeout`.
    pub fn pooled(&self, idle_timeout: Duration) -> Result<reqwest::Client, Error> {
        // With a smaller pool, connections would be closed between two bursts and opened again.
        let builder = self.builder((*self.tls).clone(), TrackConnectLayer::default()).http1_only();
        finish(builder.pool_idle_timeout(idle_timeout).pool_max_idle_per_host(self.max_connections))
    }

    /// A client that opens an HTTP/1.1 connection for each request.
    pub fn no_reuse(&self) -> Result<reqwest::Client, Error> {
        finish(self.builder((*self.tls).clone(), TrackConnectLayer::default()).http1_only().pool_max_idle_per_host(0))
    }

    /// A client that keeps one HTTP/2 connection, or HTTP/1.1 connections if the service does not speak HTTP/2.
    pub fn shared(&self, negotiation: &Arc<Negotiation>) -> Result<reqwest::Client, Error> {
        let mut tls = (*self.tls).clone();
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let builder = self.builder(tls, TrackConnectLayer(Some(SharedConnect::new(negotiation))));
        let builder = builder
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_max_header_list_size(MAX_HEADER_BYTES);
        finish(builder.pool_idle_timeout(POOL_IDLE_TIMEOUT).pool_max_idle_per_host(self.max_connections))
    }

    fn builder(&self, tls: rustls::ClientConfig, layer: TrackConnectLayer) -> reqwest::ClientBuilder {
        let builder = reqwest::Client::builder()
            // For proxies; requests to the service have headers of their own.
            .user_agent(self.user_agent.clone())
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connector_layer(layer)
            .connect_timeout(self.connect_timeout)
            .tls_backend_preconfigured(tls);
        match &self.proxy {
            Some(proxy) => builder.proxy(proxy.clone()),
            None => builder.no_proxy(),
        }
    }
}

fn finish(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| Error::config(format!("the HTTP client cannot be created: {error}")))
}

fn headers(config: &Config, user_agent: HeaderValue) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("token", config.api_key.to_header());
    headers.insert(USER_AGENT, user_agent);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers
}
