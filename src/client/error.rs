//! The error of a call, with everything that the Python exception carries.

use std::io;
use std::sync::Arc;

use bytes::Bytes;

/// Why a call failed. Boxed, so that a `Result` stays as small as its success value.
#[derive(Debug, Clone)]
pub struct Error(Box<ErrorContext>);

/// The fields of an error.
#[derive(Debug, Clone)]
pub struct ErrorContext {
    pub kind: ErrorKind,
    /// The complete message: what happened, why, and what to do.
    pub message: String,
    pub operation: Option<String>,
    /// Name of the invalid argument.
    pub field: Option<String>,
    pub status: Option<u16>,
    /// The service's error code, such as `phone:invalid`.
    pub code: Option<String>,
    pub body: Option<Bytes>,
    pub request_id: Option<String>,
    pub retry_after: Option<f64>,
    pub attempts: u32,
    /// Whether an attempt may have been executed although no response confirms it.
    pub possibly_executed: bool,
    /// The service's own message, without hints.
    pub server_message: Option<String>,
    /// The error of a file that could not be read.
    pub cause: Option<Arc<io::Error>>,
}

/// Error categories; each is an exception class of `sparkbot.errors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    Config,
    /// An argument is invalid; nothing was sent.
    InvalidArgument,
    Connection,
    Timeout,
    /// The response was truncated.
    IncompleteResponse,
    /// A write that may have been executed.
    OutcomeUnknown,
    InvalidResponse,
    ResponseTooLarge,
    /// The service returned an error status.
    Status,
    /// A bug in this package.
    Internal,
}

impl ErrorKind {
    /// The name by which Python selects the exception class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::InvalidArgument => "invalid_argument",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::IncompleteResponse => "incomplete_response",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::InvalidResponse => "invalid_response",
            Self::ResponseTooLarge => "response_too_large",
            Self::Status => "status",
            Self::Internal => "internal",
        }
    }
}

impl Error {
    /// Creates an error without the details that only a call knows.
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
            possibly_executed: false,
            server_message: None,
            cause: None,
        }))
    }

    /// An invalid setting of a client.
    pub fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// An invalid argument: `message` continues the sentence that begins with `field`.
    pub fn argument(operation: &str, field: &str, message: &str) -> Self {
        let error = Self::new(ErrorKind::InvalidArgument, format!("{operation}: {field} {message}"));
        error.in_operation(operation).with(|context| context.field = Some(field.to_owned()))
    }

    /// Adds the name of the operation.
    pub fn in_operation(self, operation: &str) -> Self {
        self.with(|context| context.operation = Some(operation.to_owned()))
    }

    /// Changes the fields of the error.
    pub fn with(mut self, change: impl FnOnce(&mut ErrorContext)) -> Self {
        change(&mut self.0);
        self
    }

    /// All details of the error; the bridge copies them to the Python exception.
    pub fn context(&self) -> &ErrorContext {
        &self.0
    }

    /// The kind, which selects the Python exception class.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The service's own message.
    pub fn server_message(&self) -> Option<&str> {
        self.0.server_message.as_deref()
    }

    /// Whether the service itself reports that the WhatsApp session of the device is not connected.
    pub fn is_device_offline(&self) -> bool {
        self.0.kind == ErrorKind::Status && self.0.status == Some(503) && self.0.server_message.is_some()
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
