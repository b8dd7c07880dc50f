//! Posts deliveries to receivers on this machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::sandbox::webhooks::attempts::AttemptOutcome;
use crate::sandbox::webhooks::signing::Signature;

/// Timeout of one attempt.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Maximum number of bytes kept of a response body.
const MAX_RESPONSE_BODY: usize = 4096;

/// The address of a webhook. The sandbox posts to loopback addresses only.
#[derive(Debug, PartialEq)]
struct Target {
    address: SocketAddr,
    host: String,
    path: String,
}

impl Target {
    fn parse(url: &str) -> Result<Self, String> {
        let rejected = || format!("The sandbox posts to http:// addresses of this machine only, not to {url}");
        let uri: http::Uri = url.parse().map_err(|_| rejected())?;
        let host = uri.host().filter(|_| uri.scheme_str() == Some("http")).ok_or_else(rejected)?;
        let ip = match host {
            "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
            _ => host.trim_matches(['[', ']']).parse().map_err(|_| rejected())?,
        };
        if !ip.is_loopback() {
            return Err(rejected());
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let port = uri.port_u16().unwrap_or(80);
        Ok(Self { address: SocketAddr::new(ip, port), host: format!("{host}:{port}"), path })
    }
}

/// Posts a body once.
pub async fn post(url: &str, body: String, signature: Option<Signature>) -> AttemptOutcome {
    let target = match Target::parse(url) {
        Ok(target) => target,
        Err(problem) => return AttemptOutcome::Rejected(problem),
    };
    match tokio::time::timeout(TIMEOUT, exchange(target, body, signature)).await {
        Ok(Ok(response)) => response,
        Ok(Err(problem)) => AttemptOutcome::Failed(problem),
        Err(_) => AttemptOutcome::Failed(format!("No response within {} seconds", TIMEOUT.as_secs())),
    }
}

async fn exchange(target: Target, body: String, signature: Option<Signature>) -> Result<AttemptOutcome, String> {
    let stream = TcpStream::connect(target.address).await.map_err(|error| format!("No connection: {error}"))?;
    let broken = |error: hyper::Error| format!("The connection broke: {error}");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    tokio::task::spawn_local(connection);
    let mut request = http::Request::post(target.path)
        .header(HOST, target.host)
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "sparkbot-sandbox");
    if let Some((name, value)) = signature {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(body))).map_err(|error| error.to_string())?;
    let response = sender.send_request(request).await.map_err(broken)?;
    let (parts, body) = response.into_parts();
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    // Only the status counts: a body that is too long or truncated is logged as empty.
    let body = Limited::new(body, MAX_RESPONSE_BODY).collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    Ok(AttemptOutcome::Response {
        status: parts.status.as_u16(),
        content_type,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_loopback_addresses_are_accepted() {
        let target = Target::parse("http://localhost:8080/hook?secret=1").unwrap();
        assert_eq!((target.address.to_string().as_str(), target.host.as_str()), ("127.0.0.1:8080", "localhost:8080"));
        assert_eq!(target.path, "/hook?secret=1");
        assert_eq!(Target::parse("http://[::1]").unwrap().address.to_string(), "[::1]:80");
        for url in
            ["https://localhost/hook", "http://example.com", "http://10.0.0.1/", "http://127.0.0.1.example.com", "hook", ""]
        {
            assert!(Target::parse(url).unwrap_err().contains("of this machine only"), "{url}");
        }
    }
}
