//! Errors of attempts without a usable response.

use std::error::Error;
use std::path::Path;

use http::{HeaderValue, StatusCode};

use crate::client::config::Config;
use crate::client::error::ErrorKind;
use crate::client::request::CallPolicy;
use crate::client::transport::connection_tracker::ConnectionTracker;
use crate::client::transport::fd_limit;

/// Why an attempt failed without a response.
#[derive(Debug)]
pub(crate) struct AttemptError {
    pub kind: ErrorKind,
    pub message: String,
    /// The status, if the head of a response was received.
    pub status: Option<StatusCode>,
    /// Whether the service may have read the request: true once the connection was established.
    pub possibly_executed: bool,
    /// Whether a retry cannot succeed.
    pub permanent: bool,
    /// A reused connection was closed, in most cases because it was idle for too long.
    pub stale_connection: bool,
}

impl AttemptError {
    /// An error after which the outcome is unknown; a retry may succeed.
    fn transient(kind: ErrorKind, message: String) -> Self {
        Self { kind, message, status: None, possibly_executed: true, permanent: false, stale_connection: false }
    }

    /// An error after which the outcome is unknown, and that a retry would only repeat.
    fn permanent(kind: ErrorKind, message: String) -> Self {
        Self { permanent: true, ..Self::transient(kind, message) }
    }

    /// A permanent error before anything was sent.
    fn not_sent(kind: ErrorKind, message: String) -> Self {
        Self { possibly_executed: false, ..Self::permanent(kind, message) }
    }

    pub fn too_large(limit: usize) -> Self {
        let message = format!("the response is larger than {limit} bytes; request a smaller page, or raise max_response_bytes");
        Self::permanent(ErrorKind::ResponseTooLarge, message)
    }

    /// A content encoding that the client did not request, or several encodings.
    pub fn unsupported_encoding(encoding: &HeaderValue) -> Self {
        let message = format!(
            "the response has the content encoding {encoding:?}, which was not requested; only a single gzip is supported. \
             Look for a proxy that adds it"
        );
        Self::permanent(ErrorKind::InvalidResponse, message)
    }

    /// Whether the service responded, but with something unusable: then the outcome is not unknown.
    pub fn has_response(&self) -> bool {
        // Without a status the peer does not speak HTTP.
        self.kind == ErrorKind::ResponseTooLarge || self.kind == ErrorKind::InvalidResponse && self.status.is_some()
    }

    pub fn file_read_error(name: &str, error: &std::io::Error) -> Self {
        Self::not_sent(ErrorKind::InvalidArgument, format!("the file {name:?} cannot be read: {error}"))
    }

    pub fn file_write_error(target: &Path, error: &std::io::Error) -> Self {
        Self::not_sent(ErrorKind::Config, format!("the response cannot be saved to {}: {error}", target.display()))
    }

    /// The read timeout or the total timeout expired.
    pub fn timed_out(policy: &CallPolicy, tracker: &ConnectionTracker, at_deadline: bool) -> Self {
        let total = policy.total_timeout;
        if tracker.is_connecting() {
            let message = format!("no connection within {total:?}, the total timeout of the call; nothing was sent");
            return Self::not_sent(ErrorKind::Timeout, message);
        }
        if at_deadline {
            let message = format!("no complete response within {total:?}, the total timeout of the call");
            return Self::permanent(ErrorKind::Timeout, message);
        }
        Self::transient(ErrorKind::Timeout, format!("the service sent nothing for {:?}", policy.read_timeout))
    }

    /// A body without a length that ends in the middle of its JSON.
    pub fn truncated() -> Self {
        let message = "the response is truncated: the connection was closed before its end".to_owned();
        Self::transient(ErrorKind::IncompleteResponse, message)
    }

    /// Adds the status of a response that could not be read.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), stale_connection: false, ..self }
    }

    pub fn from_transport(error: &reqwest::Error, tracker: &ConnectionTracker, config: &Config) -> Self {
        let cause = config.api_key.redact(&root_cause(error));
        if error.is_connect() {
            return Self::from_connect_error(error, &cause, config);
        }
        if error.is_builder() || error.is_request() && cause.contains("invalid URI") {
            return Self::not_sent(ErrorKind::Config, cause);
        }
        if error.is_decode() || error.is_body() {
            return Self::transient(ErrorKind::IncompleteResponse, format!("the response is truncated: {cause}"));
        }
        let base_url = config.base_url.as_str();
        let http = find_source::<hyper::Error>(error);
        if http.is_some_and(hyper::Error::is_parse) {
            let message = format!("the response from {base_url} is not valid HTTP/1.1: {cause}");
            return Self::transient(ErrorKind::InvalidResponse, message);
        }
        let message = format!("the connection to {base_url} was closed before a response arrived: {cause}");
        // Canceled means that the request was still queued when its connection closed: no byte of it was sent.
        let is_sent = !http.is_some_and(hyper::Error::is_canceled);
        Self {
            possibly_executed: is_sent,
            stale_connection: tracker.is_reused(),
            ..Self::transient(ErrorKind::Connection, message)
        }
    }

    fn from_connect_error(error: &reqwest::Error, cause: &str, config: &Config) -> Self {
        let base_url = config.base_url.as_str();
        let permanent = |message| Self::not_sent(ErrorKind::Connection, message);
        if cause.contains("certificate") {
            return permanent(format!(
                "the certificate of {base_url} is not trusted: {cause}. If your network has its own certificate authority, \
                 pass ca_bundle=, or set SSL_CERT_FILE"
            ));
        }
        if cause.contains("proxy authorization required") {
            return permanent(format!(
                "cannot connect to {base_url}: the proxy requires a user name and password (407); nothing was sent. Pass them \
                 in its URL: http://USER:PASSWORD@HOST:PORT"
            ));
        }
        if is_tls_version_error(error) {
            return permanent(format!(
                "cannot connect to {base_url}: it supports TLS 1.1 at most, and 1.2 is the oldest secure version ({cause}); \
                 nothing was sent. Look for an outdated proxy or load balancer"
            ));
        }
        let message = if find_source(error).is_some_and(fd_limit::is_fd_exhausted) {
            format!(
                "cannot connect to {base_url}: this process has reached its limit of {} open files; nothing was sent. Close \
                 some, raise the limit (`ulimit -n`), or lower max_in_flight",
                fd_limit::open_file_limit()
            )
        } else if error.is_timeout() {
            let timeout = config.timeouts.connect;
            format!(
                "cannot connect to {base_url} within {timeout:?}; nothing was sent. Check base_url, the network and any proxy"
            )
        } else {
            format!("cannot connect to {base_url}: {cause}; nothing was sent. Check base_url, the network and any proxy")
        };
        Self { possibly_executed: false, ..Self::transient(ErrorKind::Connection, message) }
    }
}

/// Whether the TLS handshake failed because the peer shares no protocol version with the client.
fn is_tls_version_error(error: &reqwest::Error) -> bool {
    use rustls::{AlertDescription, Error, PeerIncompatible};
    matches!(
        find_source(error),
        Some(
            Error::AlertReceived(AlertDescription::ProtocolVersion)
                | Error::PeerIncompatible(
                    PeerIncompatible::ServerDoesNotSupportTls12Or13 | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                )
        )
    )
}

/// The first error of type `E` in the chain of sources.
fn find_source<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(source) = error.downcast_ref() {
            return Some(source);
        }
        // `source()` of an I/O error skips the error that it wraps.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// The message of the last error in the chain of sources, which is the most specific one.
fn root_cause(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
