//! Errors of attempts without a usable response.

use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;

use http::StatusCode;
use rustls::AlertDescription;

use crate::client::config::Config;
use crate::client::error::ErrorKind;
use crate::client::execute::http2_error::{self, Refusal};
use crate::client::request::CallPolicy;
use crate::client::request::multipart::FileReadError;
use crate::client::response::body_reader::BodyError;
use crate::client::thread_failure;
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
    /// The error of a file that could not be read.
    pub cause: Option<Arc<io::Error>>,
    /// A reused connection was closed, in most cases because it was idle for too long.
    pub stale_connection: bool,
    /// The service announced that it closes the connection, and that it has not processed the request.
    pub goaway: bool,
}

impl AttemptError {
    /// An error after which the outcome is unknown; a retry may succeed.
    fn transient(kind: ErrorKind, message: String) -> Self {
        Self {
            kind,
            message,
            status: None,
            possibly_executed: true,
            permanent: false,
            stale_connection: false,
            goaway: false,
            cause: None,
        }
    }

    /// An error after which the outcome is unknown, and that a retry would only repeat.
    fn permanent(kind: ErrorKind, message: String) -> Self {
        Self { permanent: true, ..Self::transient(kind, message) }
    }

    /// A permanent error before anything was sent.
    fn not_sent(kind: ErrorKind, message: String) -> Self {
        Self { possibly_executed: false, ..Self::permanent(kind, message) }
    }

    /// The response exceeds `limit` bytes, the client's `max_response_bytes`.
    pub fn too_large(limit: usize) -> Self {
        let message = format!("the response is larger than {limit} bytes; request a smaller page, or raise max_response_bytes");
        Self::permanent(ErrorKind::ResponseTooLarge, message)
    }

    /// A content encoding that the client did not request, or several encodings.
    pub fn unsupported_encoding(encodings: &str) -> Self {
        let message = format!(
            "the response has the content encoding {encodings:?}, which was not requested; only a single gzip is supported. \
             Look for a proxy that adds it"
        );
        Self::permanent(ErrorKind::InvalidResponse, message)
    }

    /// Whether the service responded, but with something unusable: then the outcome is not unknown.
    pub fn has_response(&self) -> bool {
        // Without a status the peer does not speak HTTP.
        self.kind == ErrorKind::ResponseTooLarge || self.kind == ErrorKind::InvalidResponse && self.status.is_some()
    }

    /// The service cannot have executed an upload whose end was not sent.
    pub fn file_read_error(error: &FileReadError) -> Self {
        let message = format!("{error}; the upload was not completed. Pass a file that is open and complete");
        Self { cause: Some(Arc::clone(&error.cause)), ..Self::not_sent(ErrorKind::InvalidArgument, message) }
    }

    /// A host lookup and an upload each need a thread, before anything is sent.
    pub fn no_thread(reason: &str) -> Self {
        Self { possibly_executed: false, ..Self::transient(ErrorKind::Connection, thread_failure::describe(reason)) }
    }

    /// The file of a download cannot be created or written; the call is not repeated.
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

    /// A body that ends before its length, or in the middle of its JSON.
    pub fn truncated() -> Self {
        Self::incomplete("the connection was closed before its end")
    }

    fn incomplete(reason: &str) -> Self {
        Self::transient(ErrorKind::IncompleteResponse, format!("the response is truncated: {reason}"))
    }

    /// Adds the status of a response that could not be read.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), stale_connection: false, ..self }
    }

    /// Classifies an error of sending a request or of reading its response. `has_body` is whether the request has a body.
    pub fn from_body(error: &BodyError, tracker: &ConnectionTracker, has_body: bool, config: &Config) -> Self {
        match error {
            BodyError::Transport(error) => Self::from_transport(error, tracker, has_body, config),
            BodyError::Gzip(error) => Self::incomplete(&format!("its gzip is incomplete or corrupt ({error})")),
            BodyError::Truncated => Self::truncated(),
        }
    }

    fn from_transport(error: &reqwest::Error, tracker: &ConnectionTracker, has_body: bool, config: &Config) -> Self {
        let cause = config.api_key.redact(&root_cause(error));
        if let Some(error) = find_source(error) {
            return Self::file_read_error(error);
        }
        if error.is_connect() {
            return Self::from_connect_error(error, &cause, config);
        }
        if error.is_builder() || error.is_request() && cause.contains("invalid URI") {
            return Self::not_sent(ErrorKind::Config, cause);
        }
        // A reused connection has served requests, so its certificate was accepted and this request may have been executed.
        if let Some(alert) = client_certificate_alert(error).filter(|_| !tracker.is_reused()) {
            return Self::client_certificate_rejected(alert, config);
        }
        if error.is_decode() || error.is_body() {
            return Self::incomplete(&cause);
        }
        let base_url = config.base_url.as_str();
        if let Some(refusal) = find_source(error).and_then(|error| http2_error::refusal(error, has_body)) {
            let goaway = refusal == Refusal::Goaway;
            let message = format!("{base_url} {refusal}; nothing was executed");
            return Self { possibly_executed: false, goaway, ..Self::transient(ErrorKind::Connection, message) };
        }
        if find_source(error).is_some_and(http2_error::requires_http1) {
            let message = format!("{base_url} agreed on HTTP/2 and requires HTTP/1.1; pass http2=\"off\"");
            return Self::permanent(ErrorKind::Connection, message);
        }
        let http = find_source::<hyper::Error>(error);
        if http.is_some_and(hyper::Error::is_parse) {
            let message = format!("the response from {base_url} is not valid HTTP/1.1: {cause}");
            return Self::transient(ErrorKind::InvalidResponse, message);
        }
        let message = if find_source(error).is_some_and(h2::Error::is_reset) {
            format!("{base_url} ended the request without a response: {cause}")
        } else {
            format!("the connection to {base_url} was closed before a response arrived: {cause}")
        };
        // Canceled means that the request was still queued when its connection closed: no byte of it was sent.
        let is_sent = !http.is_some_and(hyper::Error::is_canceled);
        Self {
            possibly_executed: is_sent,
            stale_connection: tracker.is_reused(),
            ..Self::transient(ErrorKind::Connection, message)
        }
    }

    /// The service reads a request only after it has accepted the certificate of the client.
    fn client_certificate_rejected(alert: AlertDescription, config: &Config) -> Self {
        let base_url = config.base_url.as_str();
        let problem = match &config.client_certificate {
            None => "requires a certificate of the client; pass client_cert=".to_owned(),
            Some(paths) => {
                format!("does not accept the client's certificate; check client_cert={}", paths.certificates.display())
            }
        };
        Self::not_sent(ErrorKind::Connection, format!("{base_url} {problem}. It sent the alert {alert:?}; nothing was executed"))
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
        if let Some(alert) = client_certificate_alert(error) {
            return Self::client_certificate_rejected(alert, config);
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

/// The alert with which the peer rejected the certificate of the client, or asked for one (RFC 8446, section 6.2).
fn client_certificate_alert(error: &reqwest::Error) -> Option<AlertDescription> {
    use AlertDescription as Alert;
    match find_source(error) {
        Some(rustls::Error::AlertReceived(
            alert @ (Alert::CertificateRequired
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied),
        )) => Some(*alert),
        _ => None,
    }
}

/// Whether the TLS handshake failed because the peer shares no protocol version with the client.
fn is_tls_version_error(error: &reqwest::Error) -> bool {
    use rustls::{Error, PeerIncompatible};
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
