//! What a client takes from the machine that it runs on: whom it trusts, and the proxy that stands before the service.

use std::path::PathBuf;

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::transport::tls;

/// How a client reaches the service.
#[derive(Debug, PartialEq, Eq)]
pub struct NetworkEnvironment {
    /// Address of the proxy, without the user name and password that it may hold.
    pub proxy: Option<String>,
    /// Whom it trusts; `None` for http, where nothing is verified.
    pub trust: Option<TrustStoreInfo>,
}

/// The certificate authorities.
#[derive(Debug, PartialEq, Eq)]
pub struct TrustStoreInfo {
    /// The argument or variables that name them, or `system`.
    pub source: String,
    pub paths: Vec<PathBuf>,
    /// How many there are.
    pub authorities: usize,
}

/// Reads what `transport` would read to make connections.
pub fn surroundings(config: &Config) -> Result<NetworkEnvironment, Error> {
    let trust = if config.base.https { Some(tls::trust(config)?) } else { None };
    Ok(NetworkEnvironment { proxy: proxy(config), trust })
}

fn proxy(config: &Config) -> Option<String> {
    match &config.proxy {
        _ if config.base.loopback => None,
        Some(address) => Some(without_user(address)),
        // The library's own reading of the environment, which takes names and passwords off the address.
        None => {
            let service: Uri = config.base.as_str().parse().ok()?;
            Matcher::from_env().intercept(&service).map(|found| found.uri().to_string())
        }
    }
}

fn without_user(address: &str) -> String {
    let parsed = Url::parse(address).ok().and_then(|mut url| {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        Some(url.to_string())
    });
    // An address that is no URL, such as HOST:PORT, may hold a password all the same.
    parsed.unwrap_or_else(|| address.rsplit_once('@').map_or(address, |(_, host)| host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_told_without_its_password() {
        for (given, told) in [
            ("http://ada:hunter2@proxy:3128", "http://proxy:3128/"),
            ("http://proxy:3128", "http://proxy:3128/"),
            ("socks5://ada:hunter2@proxy:1080", "socks5://proxy:1080"),
            ("ada:hunter2@proxy", "proxy"),
        ] {
            assert_eq!(without_user(given), told);
        }
    }
}
