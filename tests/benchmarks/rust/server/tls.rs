//! HTTP/1.1 and HTTP/2 over TLS, whichever the client agrees to, with session tickets as real services have.

use std::convert::Infallible;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::responses::{Document, Request, Responses};

/// Bytes of a body that are kept: none of those that are looked at is longer.
const KEPT: usize = 64 * 1024;
/// Calls in flight on one HTTP/2 connection, as common servers allow.
const STREAMS: u32 = 128;

pub(crate) fn acceptor(certificates: &Path, key: &Path) -> Result<TlsAcceptor, Box<dyn Error>> {
    let chain = CertificateDer::pem_file_iter(certificates)?.collect::<Result<Vec<_>, _>>()?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::from_pem_file(key)?)?;
    config.ticketer = ring::Ticketer::new()?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub(crate) async fn accept(listener: TcpListener, tls: TlsAcceptor, responses: Arc<Responses>, delay: Duration) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, tls.clone(), Arc::clone(&responses), delay));
        }
    }
}

/// One connection, until the client closes it. What goes wrong on it is the client's to report.
async fn serve(stream: TcpStream, tls: TlsAcceptor, responses: Arc<Responses>, delay: Duration) {
    let _ = stream.set_nodelay(true);
    let Ok(stream) = tls.accept(stream).await else { return };
    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let service = service_fn(move |request| respond(Arc::clone(&responses), delay, request));
    let stream = TokioIo::new(stream);
    if is_http2 {
        let mut server = http2::Builder::new(TokioExecutor::new());
        server.timer(TokioTimer::new()).max_concurrent_streams(STREAMS);
        let _ = server.serve_connection(stream, service).await;
    } else {
        let _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(stream, service).await;
    }
}

async fn respond(
    responses: Arc<Responses>,
    delay: Duration,
    request: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let (body, length) = beginning(body).await;
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let request = Request {
        method: head.method.as_str(),
        path: head.uri.path_and_query().map_or("", |path| path.as_str()),
        has_token: head.headers.contains_key("token"),
        accepts_gzip: head
            .headers
            .get("accept-encoding")
            .is_some_and(|coding| coding.as_bytes().windows(4).any(|four| four == b"gzip")),
        body: &body,
        length,
    };
    Ok(response(responses.choose(&request)))
}

/// The first bytes of a body, and its length.
async fn beginning(mut body: Incoming) -> (Vec<u8>, usize) {
    let (mut kept, mut length) = (Vec::new(), 0);
    while !body.is_end_stream() {
        let Some(Ok(frame)) = body.frame().await else { break };
        let Some(data) = frame.data_ref() else { continue };
        length += data.len();
        kept.extend(data.iter().take(KEPT.saturating_sub(kept.len())));
    }
    (kept, length)
}

fn response(document: &Document) -> http::Response<Full<Bytes>> {
    let mut response = http::Response::new(Full::from(document.body.clone()));
    *response.status_mut() = http::StatusCode::from_u16(document.status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert("content-type", http::HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert("x-request-id", http::HeaderValue::from_static("bench-00000001"));
    if document.gzip {
        headers.insert("content-encoding", http::HeaderValue::from_static("gzip"));
    }
    response
}
