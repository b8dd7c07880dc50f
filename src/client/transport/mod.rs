//! Connections: pools, TLS, certificates, proxies, and the state of each connection attempt.

pub mod client_certificate;
pub(crate) mod connection_reuse;
pub(crate) mod connection_settings;
pub(crate) mod connection_tracker;
pub(crate) mod environment;
pub(crate) mod fd_limit;
pub(crate) mod http2;
pub(crate) mod http_client;
pub(crate) mod negotiation;
pub(crate) mod pool;
pub(crate) mod proxy;
pub(crate) mod tls;
pub(crate) mod trust;
