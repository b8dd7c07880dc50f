//! The proxy of a client, chosen once when the client is created: the argument, or else the environment.
//!
//! An invalid proxy is an error. Ignored, it would send the calls directly, past the rules of the network.

use std::fmt;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::request::base_url::BaseUrl;

const ARGUMENT: &str = "proxy";
const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];
/// Where a web server passes the headers of a request to a program in variables, HTTP_PROXY is the header `Proxy:` of a stranger.
const CGI_VAR: &str = "REQUEST_METHOD";
const CGI_HEADER_VAR: &str = "HTTP_PROXY";

/// A valid URL of a proxy. Neither `Debug` nor `Display` shows its user name and password.
#[derive(Clone)]
pub struct ProxyUrl(Url);

impl ProxyUrl {
    /// The proxy that the calls of a client use; `None` means a direct connection.
    pub(crate) fn of_client(config: &Config) -> Result<Option<Self>, Error> {
        match &config.proxy {
            Some(url) => Self::parse(ARGUMENT, url).map(Some),
            // The sandbox must work in an environment that sets a proxy.
            None if config.base_url.is_loopback || is_exempt(&config.base_url) => Ok(None),
            None => Self::from_env(config.base_url.is_https),
        }
    }

    fn from_env(is_https: bool) -> Result<Option<Self>, Error> {
        let is_cgi = std::env::var_os(CGI_VAR).is_some();
        let names = if is_https { ["HTTPS_PROXY", "https_proxy"] } else { ["HTTP_PROXY", "http_proxy"] };
        let names = names.into_iter().chain(["ALL_PROXY", "all_proxy"]);
        let mut names = names.filter(|name| !(is_cgi && *name == CGI_HEADER_VAR));
        let proxy = names.find_map(|name| Some((name, std::env::var_os(name).filter(|value| !value.is_empty())?)));
        // Bytes that are not UTF-8 become a character that is not ASCII, and are rejected as such.
        proxy.map(|(name, value)| Self::parse(name, &value.to_string_lossy())).transpose()
    }

    /// `source` is the argument or variable. The messages do not quote the URL: it may contain a password.
    fn parse(source: &str, text: &str) -> Result<Self, Error> {
        let fail = |problem: &str| {
            Error::config(format!(
                "{source} {problem}. It looks like http://HOST:PORT or socks5://USER:PASSWORD@HOST:PORT, with special \
                 characters of the password percent-encoded"
            ))
        };
        if let Some(position) = text.chars().position(|character| !character.is_ascii_graphic()) {
            return Err(fail(&format!("has an invalid character at position {position}")));
        }
        let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
        let url = url.map_err(|error| fail(&format!("is not the URL of a proxy ({error})")))?;
        if !SCHEMES.contains(&url.scheme()) {
            return Err(fail(&format!("begins with {}://, which is none of {}", url.scheme(), SCHEMES.join(", "))));
        }
        if url.query().is_some() || url.fragment().is_some() || url.path().contains('@') {
            return Err(fail("contains a /, ? or # that is not percent-encoded"));
        }
        // The HTTP library ignores a proxy that it cannot use.
        if intercepts(&Matcher::builder().all(url.as_str()).build(), "http://service.example/") != Some(true) {
            return Err(fail("is not the URL of a proxy"));
        }
        Ok(Self(url))
    }

    pub(super) fn to_reqwest(&self) -> Result<reqwest::Proxy, Error> {
        reqwest::Proxy::all(self.0.as_str()).map_err(|_| Error::config("the HTTP client cannot use the proxy"))
    }

    /// Whether the connection to the proxy itself is encrypted.
    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

impl fmt::Display for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.0.clone();
        match url.set_username("").and_then(|()| url.set_password(None)) {
            Ok(()) => f.write_str(url.as_str()),
            Err(()) => f.write_str(url.scheme()),
        }
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyUrl({self})")
    }
}

/// Whether NO_PROXY names the service.
fn is_exempt(service: &BaseUrl) -> bool {
    let names = ["NO_PROXY", "no_proxy"];
    let list = names.into_iter().find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()));
    list.is_some_and(|list| is_in_list(&list.to_string_lossy(), service))
}

/// The HTTP library matches hosts, addresses and networks, but neither ports nor `*` for an address.
fn is_in_list(list: &str, service: &BaseUrl) -> bool {
    let entries = || list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let hosts: Vec<&str> = entries().filter_map(|entry| host_of_entry(entry, service.port())).collect();
    let matcher = Matcher::builder().all("http://proxy.example").no(hosts.join(",")).build();
    entries().any(|entry| entry == "*") || intercepts(&matcher, service.as_str()) == Some(false)
}

/// The host of an entry such as `host`, `host:port` or `[::1]:port`; `None` if it names another port.
fn host_of_entry(entry: &str, port: Option<u16>) -> Option<&str> {
    let (host, named) = match entry.rsplit_once(':') {
        Some((host, digits)) if !host.contains(':') || host.ends_with(']') => (host, digits.parse::<u16>().ok()),
        _ => (entry, None),
    };
    let host = if named.is_some() { host } else { entry };
    (named.is_none() || named == port).then(|| host.trim_start_matches('[').trim_end_matches(']'))
}

fn intercepts(matcher: &Matcher, url: &str) -> Option<bool> {
    Some(matcher.intercept(&url.parse().ok()?).is_some())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn shows_no_credentials() {
        for (proxy, expected) in [
            ("http://ada:hunter2@proxy:3128", "http://proxy:3128/"),
            ("http://proxy:3128", "http://proxy:3128/"),
            ("socks5://ada:hunter2@proxy:1080", "socks5://proxy:1080"),
            ("ada:hunter2@proxy", "http://proxy/"),
            ("proxy:3128", "http://proxy:3128/"),
        ] {
            let proxy = ProxyUrl::parse("proxy", proxy).unwrap();
            assert_eq!((proxy.to_string(), format!("{proxy:?}")), (expected.to_owned(), format!("ProxyUrl({expected})")));
        }
    }

    #[test]
    fn rejects_what_is_not_a_proxy() {
        for proxy in [
            "",
            "htttp://proxy:3128",
            "ftp://proxy",
            "socks4://proxy",
            "http://",
            "http://proxy:99999",
            "http://ada:hünter2@proxy:3128",
            "http://ada:hunter 2@proxy:3128",
            "http://ada:hunter#2@proxy:3128",
            "http://ada:12#hunter@proxy:3128",
            "http://ada:12/hunter@proxy:3128",
            "http://ada:12?hunter@proxy:3128",
            "http://ada:12\\hunter@proxy:3128",
            "socks5://ada:12/hunter@proxy:1080",
        ] {
            let error = ProxyUrl::parse("HTTPS_PROXY", proxy).err().unwrap().to_string();
            assert!(error.starts_with("HTTPS_PROXY ") && !error.contains("nter"), "{proxy}: {error}");
        }
    }

    #[test]
    fn exempts_hosts_ports_addresses_and_networks() {
        for (list, url, expected) in [
            ("*", "https://10.1.2.3/v1", true),
            ("a.example, *", "https://service.example/v1", true),
            ("service.example", "https://service.example/v1", true),
            ("example", "https://service.example/v1", true),
            (".example", "https://service.example:8443/v1", true),
            ("vice.example", "https://service.example/v1", false),
            ("service.example:443", "https://service.example/v1", true),
            ("service.example:8443", "https://service.example/v1", false),
            ("service.example:8443", "https://service.example:8443/v1", true),
            ("10.1.2.3:443", "https://10.1.2.3/v1", true),
            ("10.1.0.0/16", "https://10.1.2.3/v1", true),
            ("10.2.0.0/16", "https://10.1.2.3/v1", false),
            ("2001:db8::1", "https://[2001:db8::1]/v1", true),
            ("[2001:db8::1]", "https://[2001:db8::1]/v1", true),
            ("[2001:db8::1]:443", "https://[2001:db8::1]/v1", true),
            ("[2001:db8::1]:80", "https://[2001:db8::1]/v1", false),
            ("2001:db8::/32", "https://[2001:db8::1]/v1", true),
        ] {
            let service = BaseUrl::parse(url, false).unwrap();
            assert_eq!(is_in_list(list, &service), expected, "{list} for {url}");
        }
    }
}
