//! Attempts that brought no answer: what that means, and what to say about it.

use std::error::Error;
use std::path::Path;

use http::{HeaderValue, StatusCode};

use crate::client::config::Config;
use crate::client::error::ErrorKind;
use crate::client::request::Request;
use crate::client::transport::connection_tracker::ConnectionTracker;
use crate::client::transport::fd_limit;

/// What one attempt came to, where it brought no answer.
#[derive(Debug)]
pub(crate) struct AttemptError {
    pub kind: ErrorKind,
    pub problem: String,
    /// The status, where that had come already.
    pub status: Option<StatusCode>,
    /// Whether the service may have read the request: everything after the connection was made.
    pub maybe_executed: bool,
    /// Whether another attempt can bring anything else.
    pub lasting: bool,
    /// A connection that had been used before was closed: most often because it was idle for too long.
    pub stale: bool,
}

impl AttemptError {
    /// A loss after which nothing is known of what the service did; another attempt may bring an answer.
    fn passing(kind: ErrorKind, problem: String) -> Self {
        Self { kind, problem, status: None, maybe_executed: true, lasting: false, stale: false }
    }

    /// A loss before anything was sent, which another attempt would only bring again.
    fn before_sending(kind: ErrorKind, problem: String) -> Self {
        Self { maybe_executed: false, lasting: true, ..Self::passing(kind, problem) }
    }

    pub fn too_large(most: usize) -> Self {
        let problem = format!("the answer is larger than {most} bytes; ask for a smaller page, or raise max_response_bytes");
        Self { lasting: true, ..Self::passing(ErrorKind::TooLarge, problem) }
    }

    /// An encoding that was not asked for, or several on top of each other.
    pub fn encoded(encoding: &HeaderValue) -> Self {
        let problem = format!(
            "the answer comes in the encoding {encoding:?}, which was not asked for; only gzip, once, is read. \
             Look for a proxy in between that adds it"
        );
        Self { lasting: true, ..Self::passing(ErrorKind::InvalidResponse, problem) }
    }

    /// Whether the service answered, only with what cannot be taken in: then nothing about the outcome is unknown.
    pub fn answered(&self) -> bool {
        // Without a status it was something that does not speak HTTP.
        self.kind == ErrorKind::TooLarge || self.kind == ErrorKind::InvalidResponse && self.status.is_some()
    }

    pub fn unreadable(name: &str, error: &std::io::Error) -> Self {
        Self::before_sending(ErrorKind::InvalidArgument, format!("the file {name:?} cannot be read: {error}"))
    }

    pub fn unwritable(target: &Path, error: &std::io::Error) -> Self {
        Self::before_sending(ErrorKind::Config, format!("the answer cannot be saved to {}: {error}", target.display()))
    }

    /// The service was silent for too long, or the call's time is up.
    pub fn silent(request: &Request, course: &ConnectionTracker, at_deadline: bool) -> Self {
        if course.is_connecting() {
            let problem = format!("no connection within {:?}, the call's time limit; nothing was sent", request.total);
            return Self::before_sending(ErrorKind::Timeout, problem);
        }
        let problem = if at_deadline {
            format!("no complete answer within {:?}, the call's time limit", request.total)
        } else {
            format!("the service sent nothing for {:?}", request.read)
        };
        Self { lasting: at_deadline, ..Self::passing(ErrorKind::Timeout, problem) }
    }

    /// A body whose end is not marked, and that ends in the middle of its JSON.
    pub fn cut() -> Self {
        Self::passing(ErrorKind::Incomplete, "the answer broke off: the connection was closed in the middle of it".to_owned())
    }

    /// The loss of an answer that had begun with `status`.
    pub fn after(self, status: StatusCode) -> Self {
        Self { status: Some(status), stale: false, ..self }
    }

    pub fn from_transport(error: &reqwest::Error, course: &ConnectionTracker, config: &Config) -> Self {
        let cause = config.key.scrub(&innermost(error));
        if error.is_connect() {
            return Self::not_connected(error, &cause, config);
        }
        if error.is_builder() || error.is_request() && cause.contains("invalid URI") {
            return Self::before_sending(ErrorKind::Config, cause);
        }
        if error.is_decode() || error.is_body() {
            return Self::passing(ErrorKind::Incomplete, format!("the answer broke off: {cause}"));
        }
        let base = config.base.as_str();
        let http = source::<hyper::Error>(error);
        if http.is_some_and(hyper::Error::is_parse) {
            return Self::passing(ErrorKind::InvalidResponse, format!("{base} does not answer as HTTP/1.1 has it: {cause}"));
        }
        let problem = format!("the connection to {base} was lost before an answer came: {cause}");
        // Canceled is a request that was still in hand when its connection closed: not a byte of it was sent.
        let sent = !http.is_some_and(hyper::Error::is_canceled);
        Self { maybe_executed: sent, stale: course.is_reused(), ..Self::passing(ErrorKind::Connection, problem) }
    }

    fn not_connected(error: &reqwest::Error, cause: &str, config: &Config) -> Self {
        let base = config.base.as_str();
        if cause.contains("certificate") {
            let problem = format!(
                "the certificate of {base} is not trusted: {cause}. If your network has its own authority, pass ca_bundle=, or set SSL_CERT_FILE"
            );
            return Self::before_sending(ErrorKind::Connection, problem);
        }
        if cause.contains("proxy authorization required") {
            let problem = format!(
                "cannot connect to {base}: the proxy wants a user name and password (407). Give them in its address, \
                 as in http://USER:PASSWORD@HOST:PORT; nothing was sent"
            );
            return Self::before_sending(ErrorKind::Connection, problem);
        }
        if is_old_tls(error) {
            let problem = format!(
                "cannot connect to {base}: it speaks no TLS newer than 1.1, and 1.2 is the oldest that is safe ({cause}). \
                 Look for an old proxy or load balancer in between; nothing was sent"
            );
            return Self::before_sending(ErrorKind::Connection, problem);
        }
        if source(error).is_some_and(fd_limit::is_out_of_them) {
            let most = fd_limit::limit();
            let problem = format!(
                "cannot connect to {base}: this process has as many files open as it may, {most}. Close some, let it have \
                 more (`ulimit -n`), or lower max_in_flight; nothing was sent"
            );
            return Self { maybe_executed: false, ..Self::passing(ErrorKind::Connection, problem) };
        }
        let reason =
            if error.is_timeout() { format!("no connection within {:?}", config.timeouts.connect) } else { cause.to_owned() };
        let problem = format!("cannot connect to {base}: {reason}. Check base_url, the network and any proxy; nothing was sent");
        Self { maybe_executed: false, ..Self::passing(ErrorKind::Connection, problem) }
    }
}

/// Whether the other side of a TLS handshake has no version in common with us.
fn is_old_tls(error: &reqwest::Error) -> bool {
    use rustls::{AlertDescription, Error, PeerIncompatible};
    matches!(
        source(error),
        Some(
            Error::AlertReceived(AlertDescription::ProtocolVersion)
                | Error::PeerIncompatible(
                    PeerIncompatible::ServerDoesNotSupportTls12Or13 | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                )
        )
    )
}

/// The first error of this kind in the chain.
fn source<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // What an I/O error wraps is left out of its sources.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// The message of the last error in the chain: the one that says what happened.
fn innermost(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
