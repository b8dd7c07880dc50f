//! Attempts that brought no answer: what that means, and what to say about it.

use std::path::Path;

use http::HeaderValue;

use super::config::Config;
use super::failure::Kind;
use super::request::Request;

/// What one attempt came to, where it brought no answer.
#[derive(Debug)]
pub(super) struct Lost {
    pub kind: Kind,
    pub problem: String,
    /// Whether the service may have read the request: everything after the connection was made.
    pub maybe_executed: bool,
    /// Whether another attempt can bring anything else.
    pub lasting: bool,
}

impl Lost {
    pub fn queued() -> Self {
        let problem = "its time was up before one of the client's connections was free; raise max_in_flight, or allow more time";
        Self { kind: Kind::Timeout, problem: problem.to_owned(), maybe_executed: false, lasting: true }
    }

    pub fn too_large(most: usize) -> Self {
        let problem = format!("the answer is larger than {most} bytes; ask for a smaller page, or raise max_answer_bytes");
        Self { kind: Kind::TooLarge, problem, maybe_executed: true, lasting: true }
    }

    /// An encoding that was not asked for, or several on top of each other.
    pub fn encoded(encoding: &HeaderValue) -> Self {
        let problem = format!(
            "the answer comes in the encoding {encoding:?}, which was not asked for; only gzip, once, is read. \
             Look for a proxy in between that adds it"
        );
        Self { kind: Kind::InvalidResponse, problem, maybe_executed: true, lasting: true }
    }

    /// Whether the service answered, only with what cannot be taken in: then nothing about the outcome is unknown.
    pub fn answered(&self) -> bool {
        matches!(self.kind, Kind::TooLarge | Kind::InvalidResponse)
    }

    pub fn unreadable(name: &str, error: &std::io::Error) -> Self {
        let problem = format!("the file {name:?} cannot be read: {error}");
        Self { kind: Kind::InvalidArgument, problem, maybe_executed: false, lasting: true }
    }

    pub fn unwritable(target: &Path, error: &std::io::Error) -> Self {
        let problem = format!("the answer cannot be saved to {}: {error}", target.display());
        Self { kind: Kind::Config, problem, maybe_executed: false, lasting: true }
    }

    pub fn silent(request: &Request, at_deadline: bool) -> Self {
        let problem = if at_deadline {
            format!("no complete answer within {:?}, the call's time limit", request.total)
        } else {
            format!("the service sent nothing for {:?}", request.read)
        };
        Self { kind: Kind::Timeout, problem, maybe_executed: true, lasting: at_deadline }
    }

    pub fn from_transport(error: &reqwest::Error, config: &Config) -> Self {
        let cause = config.key.scrub(&innermost(error));
        if error.is_connect() {
            return Self::not_connected(error, &cause, config);
        }
        if error.is_builder() || error.is_request() && cause.contains("invalid URI") {
            return Self { kind: Kind::Config, problem: cause, maybe_executed: false, lasting: true };
        }
        if error.is_decode() || error.is_body() {
            let problem = format!("the answer broke off: {cause}");
            return Self { kind: Kind::Incomplete, problem, maybe_executed: true, lasting: false };
        }
        let problem = format!("the connection to {} was lost before an answer came: {cause}", config.base.as_str());
        Self { kind: Kind::Connection, problem, maybe_executed: true, lasting: false }
    }

    fn not_connected(error: &reqwest::Error, cause: &str, config: &Config) -> Self {
        let base = config.base.as_str();
        if cause.contains("certificate") {
            let problem = format!(
                "the certificate of {base} is not trusted: {cause}. If your network has its own authority, pass ca_bundle=, or set SSL_CERT_FILE"
            );
            return Self { kind: Kind::Connection, problem, maybe_executed: false, lasting: true };
        }
        let reason =
            if error.is_timeout() { format!("no connection within {:?}", config.timeouts.connect) } else { cause.to_owned() };
        let problem = format!("cannot connect to {base}: {reason}. Check base_url, the network and any proxy; nothing was sent");
        Self { kind: Kind::Connection, problem, maybe_executed: false, lasting: false }
    }
}

/// The message of the last error in the chain: the one that says what happened.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
