//! The network environment of a client: proxy and certificate authorities.

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::proxy::ProxyUrl;
use crate::client::transport::tls::{TrustStoreInfo, trust_store_info};

/// How a client connects to the service.
#[derive(Debug, PartialEq, Eq)]
pub struct NetworkEnvironment {
    /// URL of the proxy, without credentials.
    pub proxy: Option<String>,
    /// The certificate authorities; `None` for http, which verifies nothing.
    pub trust_store: Option<TrustStoreInfo>,
}

impl NetworkEnvironment {
    /// Reads the same certificate authorities as a new connection.
    pub(crate) fn of_client(config: &Config, proxy: Option<&ProxyUrl>) -> Result<Self, Error> {
        let trust_store = if config.base_url.is_https { Some(trust_store_info(config)?) } else { None };
        Ok(Self { proxy: proxy.map(ProxyUrl::to_string), trust_store })
    }
}
