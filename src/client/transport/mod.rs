//! Connections: pools, TLS, proxies, and the state of each connection attempt.

pub(crate) mod connection_tracker;
pub(crate) mod environment;
pub(crate) mod fd_limit;
pub(crate) mod pool;
pub(crate) mod proxy;
pub(crate) mod tls;
