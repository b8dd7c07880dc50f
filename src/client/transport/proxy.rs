//! The proxy of a client.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::client::config::Config;
use crate::client::error::Error;

/// Applies the proxy setting to a client.
pub(super) fn configure(builder: reqwest::ClientBuilder, config: &Config) -> Result<reqwest::ClientBuilder, Error> {
    match &config.proxy {
        // Loopback is never proxied: the sandbox must work in an environment that sets a proxy.
        _ if config.base_url.is_loopback => Ok(builder.no_proxy()),
        // The URL may contain a password, so the message does not quote it.
        Some(url) => match reqwest::Proxy::all(url) {
            Ok(proxy) => Ok(builder.proxy(proxy)),
            Err(_) => Err(Error::config("proxy is not a URL; it looks like http://HOST:PORT")),
        },
        None => Ok(builder),
    }
}

/// URL of the proxy that calls use, without credentials.
pub(super) fn proxy_url(config: &Config) -> Option<String> {
    match &config.proxy {
        _ if config.base_url.is_loopback => None,
        Some(url) => Some(strip_credentials(url)),
        // The HTTP library's own reading of the environment, which removes credentials.
        None => {
            let service: Uri = config.base_url.as_str().parse().ok()?;
            Matcher::from_env().intercept(&service).map(|proxy| proxy.uri().to_string())
        }
    }
}

fn strip_credentials(proxy: &str) -> String {
    let parsed = Url::parse(proxy).ok().and_then(|mut url| {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        Some(url.to_string())
    });
    // A proxy without a scheme, such as HOST:PORT, may have credentials too.
    parsed.unwrap_or_else(|| proxy.rsplit_once('@').map_or(proxy, |(_, host)| host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_credentials() {
        for (proxy, expected) in [
            ("http://ada:hunter2@proxy:3128", "http://proxy:3128/"),
            ("http://proxy:3128", "http://proxy:3128/"),
            ("socks5://ada:hunter2@proxy:1080", "socks5://proxy:1080"),
            ("ada:hunter2@proxy", "proxy"),
        ] {
            assert_eq!(strip_credentials(proxy), expected);
        }
    }
}
