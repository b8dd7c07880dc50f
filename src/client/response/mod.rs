//! What the service answered.

pub(crate) mod body_buffer;
pub(crate) mod download;
pub(crate) mod error_hints;
pub mod surrogates;

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, Method, StatusCode};
use serde::Deserialize;

use crate::client::api_key::ApiKey;
use crate::client::error::{Error, ErrorKind};
use crate::client::request::Request;
use crate::client::response::surrogates::without_lone_surrogates;

/// An answer with status 2xx.
#[derive(Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub attempts: u32,
    pub elapsed: Duration,
    /// What the caller should hear of although the call went well.
    pub warnings: Vec<String>,
}

/// The service's error shape.
#[derive(Debug, Default, Deserialize)]
struct ErrorBody {
    message: Option<String>,
    #[serde(rename = "errorCode")]
    code: Option<String>,
    status: Option<u16>,
}

impl Response {
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }

    /// The body as JSON is to be read: without a byte order mark and the space around it.
    pub fn json(&self) -> &[u8] {
        json_of(&self.body)
    }

    /// Whether this is the beginning of a JSON body whose end nothing marks but the end of the connection. A cut that can
    /// be told from a whole answer only here; with a length or chunks the transport tells it.
    pub fn is_cut(&self) -> bool {
        let marked = self.headers.contains_key(CONTENT_LENGTH) || self.headers.contains_key(TRANSFER_ENCODING);
        if marked || !self.status.is_success() {
            return false;
        }
        let json = self.json();
        !json.is_empty() && serde_json::from_slice::<serde::de::IgnoredAny>(json).is_err_and(|error| error.is_eof())
    }

    /// Refuses what is not JSON: a login page of a network in between is no success, though its status says so.
    pub fn ensure_json(&self, request: &Request, secret: &ApiKey) -> Result<(), Error> {
        let json = self.json();
        if json.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice::<serde::de::IgnoredAny>(json) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.not_json(request, &error.to_string(), secret)),
        }
    }

    /// The failure for an answer that is not the JSON it should be. Whoever sent that, it does not say what was done.
    pub fn not_json(&self, request: &Request, problem: &str, secret: &ApiKey) -> Error {
        let (operation, start, status) = (&request.operation, excerpt(&self.body, secret), self.status.as_u16());
        let unclear = match request.idempotent {
            false => ". Whether the call was executed is not known: look before you repeat it",
            true => "",
        };
        let message = format!(
            "{operation}: the answer ({status}) is not JSON that can be read: {problem}. It begins: {start}. \
             A proxy, a login page or a wrong base_url answers like this{unclear}"
        );
        Error::new(ErrorKind::InvalidResponse, message).in_operation(operation).with(|details| {
            details.status = Some(status);
            details.body = Some(self.body.clone());
            details.request_id = self.request_id().map(str::to_owned);
            details.attempts = self.attempts;
            details.maybe_executed = request.method != Method::GET;
            details.scrub(secret);
        })
    }

    /// The failure for an answer with an error status.
    pub fn into_failure(self, operation: &str, retry_after: Option<f64>, secret: &ApiKey) -> Error {
        let status = self.status.as_u16();
        let error = self.error_body();
        let own_words = error.message.clone().filter(|_| !self.status.is_redirection());
        let said = own_words.unwrap_or_else(|| self.said_without_shape(secret));
        let hint = error_hints::hint(status, &said).map(|hint| format!(" ({hint})")).unwrap_or_default();
        Error::new(ErrorKind::Status, format!("{status} {}{hint}, from {operation}", secret.scrub(&said)))
            .in_operation(operation)
            .with(|details| {
                details.status = Some(status);
                details.code = error.code;
                details.said = error.message;
                details.retry_after = retry_after;
                details.request_id = self.request_id().map(str::to_owned);
                details.attempts = self.attempts;
                details.body = Some(self.body);
            })
    }

    /// Whether the body has the service's error shape: then the service itself answered, not something before it.
    pub fn in_error_shape(&self) -> bool {
        let error = self.error_body();
        error.message.is_some() && error.status.is_none_or(|status| status == self.status.as_u16())
    }

    fn error_body(&self) -> ErrorBody {
        let json = self.json();
        let read = serde_json::from_slice(json);
        read.or_else(|_| serde_json::from_slice(&without_lone_surrogates(json).unwrap_or_default())).unwrap_or_default()
    }

    fn said_without_shape(&self, secret: &ApiKey) -> String {
        if self.status.is_redirection() {
            return "redirect, which is not followed because it would send the key to another address; check base_url".to_owned();
        }
        let reason = self.status.canonical_reason().unwrap_or("error");
        if self.body.is_empty() { reason.to_owned() } else { format!("{reason}: {}", excerpt(&self.body, secret)) }
    }
}

/// `body` without a byte order mark and the space around it; only JSON's own four kinds of space count.
pub fn json_of(body: &[u8]) -> &[u8] {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    match (body.iter().position(is_text), body.iter().rposition(is_text)) {
        (Some(first), Some(last)) => body.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}

/// The beginning of a body for an error message, on one line and without the key.
fn excerpt(body: &[u8], secret: &ApiKey) -> String {
    const SHOWN: usize = 200;
    // Cut after scrubbing, so that no half of a key is left at the edge.
    let text = secret.scrub(&String::from_utf8_lossy(body.get(..4096).unwrap_or(body)));
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
    format!("{line:?}")
}
