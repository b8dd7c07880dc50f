//! The network environment of a client: proxy and certificate authorities.

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::proxy::proxy_url;
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
    /// Reads the same settings as a new connection.
    pub fn from_config(config: &Config) -> Result<Self, Error> {
        let trust_store = if config.base_url.is_https { Some(trust_store_info(config)?) } else { None };
        Ok(Self { proxy: proxy_url(config), trust_store })
    }
}
