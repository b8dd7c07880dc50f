//! Errors of the API: responses with an error status.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;

use crate::client::api_key::ApiKey;
use crate::client::error::{Error, ErrorKind};
use crate::client::response::Response;
use crate::client::response::decode::body_preview;
use crate::client::response::error_hints::hint;
use crate::client::response::surrogates::replace_lone_surrogates;

/// The body of the service's errors.
#[derive(Debug, Default, Deserialize)]
pub struct ErrorBody {
    message: Option<String>,
    #[serde(rename = "errorCode")]
    code: Option<String>,
    status: Option<u16>,
}

impl ErrorBody {
    /// Whether the service itself responded with this status, and not a proxy.
    pub fn is_from_service(&self, status: StatusCode) -> bool {
        self.message.is_some() && self.status.is_none_or(|number| number == status.as_u16())
    }
}

impl Response {
    /// The error of a response with an error status; `body` is its `error_body`.
    pub fn to_error(&self, body: ErrorBody, operation: &str, retry_after: Option<Duration>, key: &ApiKey) -> Error {
        let status = self.status.as_u16();
        let server_message = body.message.clone().filter(|_| !self.status.is_redirection());
        let message = server_message.unwrap_or_else(|| self.fallback_message(key));
        let hint = hint(status, &message).map(|hint| format!(" ({hint})")).unwrap_or_default();
        Error::new(ErrorKind::Status, format!("{status} {}{hint}, from {operation}", key.redact(&message)))
            .in_operation(operation)
            .with(|context| {
                context.status = Some(status);
                context.code = body.code;
                context.server_message = body.message;
                context.retry_after = retry_after.map(|delay| delay.as_secs_f64());
                context.request_id = self.request_id().map(str::to_owned);
                context.attempts = self.attempts;
                context.body = Some(self.body.clone());
            })
    }

    /// The fields of the body; none if it is not an error of the API.
    pub fn error_body(&self) -> ErrorBody {
        let json = self.json();
        let parsed = serde_json::from_slice(json);
        parsed.or_else(|_| serde_json::from_slice(&replace_lone_surrogates(json).unwrap_or_default())).unwrap_or_default()
    }

    /// The message of a response without an error body.
    fn fallback_message(&self, key: &ApiKey) -> String {
        if self.status == StatusCode::NOT_MODIFIED {
            return "not modified: the answer to a conditional request, without a body; leave out If-None-Match and \
                    If-Modified-Since, or check for a caching proxy"
                .to_owned();
        }
        if self.status.is_redirection() {
            return "redirect, which is not followed because it would send the key to another address; check base_url".to_owned();
        }
        let reason = self.status.canonical_reason().unwrap_or("error");
        if self.body.is_empty() { reason.to_owned() } else { format!("{reason}: {}", body_preview(&self.body, key)) }
    }
}
