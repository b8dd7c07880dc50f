//! What went wrong, with everything that an error in Python carries.

use std::any::Any;

use bytes::Bytes;

use crate::client::api_key::ApiKey;
use crate::client::request::Request;

/// Why a call did not bring an answer. Boxed, so that a result stays as small as its good half.
#[derive(Debug, Clone)]
pub struct Error(Box<ErrorContext>);

/// What is known of a failure.
#[derive(Debug, Clone)]
pub struct ErrorContext {
    pub kind: ErrorKind,
    /// The whole sentence for the reader: what happened, where, and how to mend it.
    pub message: String,
    pub operation: Option<String>,
    /// The argument that is wrong.
    pub field: Option<String>,
    pub status: Option<u16>,
    /// The service's own error code (`phone:invalid`).
    pub code: Option<String>,
    pub body: Option<Bytes>,
    pub request_id: Option<String>,
    pub retry_after: Option<f64>,
    pub attempts: u32,
    /// Whether an attempt may have been executed although no answer says so.
    pub maybe_executed: bool,
    /// The service's own words, without our hint.
    pub said: Option<String>,
}

/// The classes of errors, as `sparkbot.errors` has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    Config,
    /// Nothing was sent.
    InvalidArgument,
    Connection,
    Timeout,
    /// The answer broke off.
    Incomplete,
    /// A write that may have been executed.
    OutcomeUnknown,
    InvalidResponse,
    TooLarge,
    /// The service answered with an error; the status says which.
    Status,
    /// This package is at fault.
    Defect,
}

impl ErrorContext {
    /// Takes the key out of every text and of the body.
    pub(super) fn scrub(&mut self, key: &ApiKey) {
        let texts = [&mut self.said, &mut self.code, &mut self.request_id, &mut self.field];
        for text in texts.into_iter().flatten().chain([&mut self.message]) {
            *text = key.scrub(text);
        }
        if let Some(scrubbed) = self.body.as_deref().and_then(|body| key.scrub_bytes(body)) {
            self.body = Some(Bytes::from(scrubbed));
        }
    }
}

impl ErrorKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::InvalidArgument => "invalid_argument",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::Incomplete => "incomplete",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::InvalidResponse => "invalid_response",
            Self::TooLarge => "too_large",
            Self::Status => "status",
            Self::Defect => "defect",
        }
    }
}

impl Error {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorContext {
            kind,
            message: message.into(),
            operation: None,
            field: None,
            status: None,
            code: None,
            body: None,
            request_id: None,
            retry_after: None,
            attempts: 0,
            maybe_executed: false,
            said: None,
        }))
    }

    pub fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// A wrong argument: `field` is its name, `problem` what is wrong with it and how to mend it.
    pub fn argument(operation: &str, field: &str, problem: &str) -> Self {
        Self::new(ErrorKind::InvalidArgument, format!("{operation}: {field} {problem}")).in_operation(operation).with(|details| {
            details.field = Some(field.to_owned());
        })
    }

    /// A panic on the way: a defect of this package. What was sent by then may have been executed.
    pub fn defect(request: &Request, panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let kind = if request.idempotent { ErrorKind::Defect } else { ErrorKind::OutcomeUnknown };
        let operation = &request.operation;
        let message = format!(
            "{operation}: a defect in sparkbot itself stopped the call ({}); it may have been executed. Please report this",
            text.unwrap_or("no message")
        );
        Self::new(kind, message).in_operation(operation).with(|details| details.maybe_executed = true)
    }

    pub fn in_operation(self, operation: &str) -> Self {
        self.with(|details| details.operation = Some(operation.to_owned()))
    }

    pub fn with(mut self, change: impl FnOnce(&mut ErrorContext)) -> Self {
        change(&mut self.0);
        self
    }

    pub fn details(&self) -> &ErrorContext {
        &self.0
    }

    /// The message of the service's answer.
    pub fn said(&self) -> Option<&str> {
        self.0.said.as_deref()
    }

    /// Whether the service itself says that the number's session is not connected.
    pub fn is_device_offline(&self) -> bool {
        self.0.kind == ErrorKind::Status && self.0.status == Some(503) && self.0.said.is_some()
    }

    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
