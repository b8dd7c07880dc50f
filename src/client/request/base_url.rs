//! The base URL of the service, validated when a client is created.

use std::net::IpAddr;

use reqwest::Url;

use crate::client::error::Error;

/// The URL of the service with its version, such as `https://host/v1`.
#[derive(Debug, Clone)]
pub struct BaseUrl {
    /// Parsed once: parsing it for every call would cost more than the rest of building the request.
    url: Url,
    /// The URL without a trailing slash.
    text: String,
    /// Its path (`/v1`) without a trailing slash; may be empty.
    path: String,
    pub is_loopback: bool,
    pub is_https: bool,
}

impl BaseUrl {
    /// Parses and checks a base URL; `http:` needs `allow_http`.
    pub fn parse(text: &str, allow_http: bool) -> Result<Self, Error> {
        let fail = |message: &str| Error::config(format!("base_url {message}; it looks like https://HOST/v1"));
        // The messages do not quote the URL: it may contain a password.
        let url = Url::parse(text.trim()).map_err(|error| fail(&format!("is not a URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(fail(&format!("begins with {}: instead of https:", url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(fail("contains a user name or password; pass the key as api_key"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(fail("contains a query or fragment (? or #)"));
        }
        let host = url.host_str().ok_or_else(|| fail("has no host"))?;
        let (is_loopback, is_https) = (is_loopback(host), url.scheme() == "https");
        if !is_https && !is_loopback && !allow_http {
            return Err(Error::config(format!(
                "base_url is http, which would send the key to {host} unencrypted; use https, or pass allow_http=True"
            )));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, url, path, is_loopback, is_https })
    }

    /// The URL without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The port of the service, which is that of the scheme if the URL has none.
    pub fn port(&self) -> Option<u16> {
        self.url.port_or_known_default()
    }

    /// The URL of `path_and_query`. The base path is not repeated if the path already begins with it, as links in responses
    /// do.
    pub fn join(&self, path_and_query: &str) -> Url {
        let (path, query) = path_and_query.split_once('?').map_or((path_and_query, None), |(path, query)| (path, Some(query)));
        let relative = path.strip_prefix(self.path.as_str()).filter(|rest| !self.path.is_empty() && rest.starts_with('/'));
        let mut url = self.url.clone();
        url.set_path(&format!("{}{}", self.path, relative.unwrap_or(path)));
        url.set_query(query);
        url
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn joins_slashes_and_repeated_paths() {
        for text in ["https://host/v1", "https://host/v1/", " https://host/v1// "] {
            let base = BaseUrl::parse(text, false).unwrap();
            for path in ["/devices", "/v1/devices"] {
                assert_eq!(base.join(path).as_str(), "https://host/v1/devices", "{text} {path}");
            }
            assert_eq!(base.join("/v1x").as_str(), "https://host/v1/v1x");
        }
        let bare = BaseUrl::parse("https://host", false).unwrap();
        assert_eq!(bare.join("/devices").as_str(), "https://host/devices");
    }

    #[test]
    fn allows_http_for_loopback_only() {
        for (host, is_loopback) in
            [("127.8.8.8", true), ("[::1]:80", true), ("127.0.0.1.example.org", false), ("10.0.0.1", false)]
        {
            let base = |allow_http| BaseUrl::parse(&format!("http://{host}/v1"), allow_http);
            assert_eq!((base(false).is_ok(), base(true).unwrap().is_loopback), (is_loopback, is_loopback), "{host}");
        }
    }
}
