//! What a client reads once, when it is created: its proxy and its own certificate.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::sign::CertifiedKey;

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::proxy::ProxyUrl;
use crate::client::transport::{client_certificate, tls};

/// What connections need besides the address, read once when a client is created.
#[derive(Debug, Default)]
pub struct ConnectionSettings {
    /// `None` means direct connections.
    pub proxy: Option<ProxyUrl>,
    /// The certificate with which the client identifies itself, and its key.
    pub client_certificate: Option<Arc<CertifiedKey>>,
    /// Whether a connection is encrypted, to the service or to the proxy.
    pub uses_tls: bool,
}

impl ConnectionSettings {
    /// Fails if the proxy is invalid, or if a file of certificates or of a key cannot be used.
    pub fn of_client(config: &Config) -> Result<Self, Error> {
        let proxy = ProxyUrl::of_client(config)?;
        let uses_tls = config.base_url.is_https || proxy.as_ref().is_some_and(ProxyUrl::is_https);
        if !uses_tls {
            return Ok(Self { proxy, ..Self::default() });
        }
        tls::check_ca_paths(config)?;
        let client_certificate = config.client_certificate.as_ref().map(client_certificate::load).transpose()?;
        Ok(Self { proxy, client_certificate: client_certificate.map(Arc::new), uses_tls })
    }

    /// Reads the certificate authorities.
    pub fn tls_config(&self, config: &Config) -> Result<ClientConfig, Error> {
        tls::client_config(config, self.uses_tls, self.client_certificate.as_ref())
    }
}
