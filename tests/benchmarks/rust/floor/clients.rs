//! The bare HTTP clients: hyper and reqwest.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::{Calls, Failure, Request};

#[derive(Clone)]
pub(crate) enum Client {
    Hyper(Arc<Hyper>),
    Reqwest(reqwest::Client),
}

impl Client {
    /// Makes the remaining calls one after another.
    pub async fn worker(self, calls: Arc<Calls>) -> Result<usize, Failure> {
        match self {
            Self::Hyper(hyper) => hyper.worker(&calls).await,
            Self::Reqwest(client) => reqwest_worker(&client, &calls).await,
        }
    }
}

pub(crate) fn reqwest() -> Result<reqwest::Client, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(reqwest::Client::builder().no_proxy().http1_only().tls_backend_preconfigured(tls).build()?)
}

async fn reqwest_worker(client: &reqwest::Client, calls: &Calls) -> Result<usize, Failure> {
    let mut succeeded = 0;
    while let Some(request) = calls.next() {
        let Request { url, body } = request?;
        let request = match body {
            Some(body) => client.patch(url).header("content-type", "application/json").body(body),
            None => client.get(url),
        };
        let response = request.header("token", &calls.key).send().await?.error_for_status()?;
        let body = response.bytes().await?;
        succeeded += usize::from(!body.is_empty());
    }
    Ok(succeeded)
}

/// Connections to the service, each used by one worker or idle.
pub(crate) struct Hyper {
    address: SocketAddr,
    idle: Mutex<Vec<SendRequest<Full<Bytes>>>>,
}

impl Hyper {
    pub fn new(url: &str) -> Result<Self, Failure> {
        let authority = url.split('/').nth(2).ok_or("the URL has no host")?;
        Ok(Self { address: authority.parse()?, idle: Mutex::default() })
    }

    async fn worker(&self, calls: &Calls) -> Result<usize, Failure> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let mut succeeded = 0;
        while let Some(request) = calls.next() {
            connection.ready().await?;
            let response = connection.send_request(self.request(request?, &calls.key)?).await?;
            if !response.status().is_success() {
                return Err(format!("the service responded with {}", response.status()).into());
            }
            let body = response.into_body().collect().await?.to_bytes();
            succeeded += usize::from(!body.is_empty());
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(succeeded)
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, Failure> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(sender)
    }

    fn request(&self, Request { url, body }: Request, key: &str) -> Result<http::Request<Full<Bytes>>, Failure> {
        let path = url.splitn(4, '/').nth(3).ok_or("the URL has no path")?;
        let method = if body.is_some() { http::Method::PATCH } else { http::Method::GET };
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/{path}"))
            .header("host", self.address.to_string())
            .header("token", key)
            .header("content-type", "application/json");
        Ok(request.body(Full::from(body.unwrap_or_default()))?)
    }
}
