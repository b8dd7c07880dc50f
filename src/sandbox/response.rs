//! Responses: documents, contents, and errors in the API's shape.

use std::borrow::Cow;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

/// A response that is not sent yet.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub content_type: Cow<'static, str>,
    pub body: Bytes,
}

impl Response {
    /// A response with a JSON body.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        // Documents are JSON values with string keys, so this cannot fail.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self { status, headers: Vec::new(), content_type: "application/json; charset=utf-8".into(), body: body.into() }
    }

    /// A 200 that is not JSON: a file or an image.
    pub fn content(content_type: impl Into<Cow<'static, str>>, body: impl Into<Bytes>) -> Self {
        Self { status: 200, headers: Vec::new(), content_type: content_type.into(), body: body.into() }
    }

    /// A response with status 200 and a JSON body.
    pub fn ok(body: &impl Serialize) -> Self {
        Self::json(200, body)
    }

    /// A response with status 204 and no body.
    pub fn no_content() -> Self {
        Self { status: 204, headers: Vec::new(), content_type: "".into(), body: Bytes::new() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// The code of a violation without one of its own.
const GENERIC: &str = "error:generic";

/// An error response in the API's shape.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub status: u16,
    pub message: String,
    pub code: Option<&'static str>,
    pub errors: Vec<Value>,
    /// The object that the error is about: `{"file": <id>}`.
    pub meta: Option<Box<Value>>,
}

impl ApiError {
    /// An error with a status and a message for the body.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), code: None, errors: Vec::new(), meta: None }
    }

    /// A 400 about one value; `location` is its path, such as `body.status`.
    pub fn invalid(location: &str, message: impl Into<String>, problem: &str) -> Self {
        let message = message.into();
        let path = location.split_once('.').map_or(location, |(_, path)| path);
        let error = json!({
            "code": GENERIC, "reason": problem, "message": message, "path": path, "location": location,
        });
        Self { errors: vec![error], ..Self::new(400, message) }
    }

    /// A 503: the operation needs a session that is not online.
    pub fn offline(operation: Option<&str>) -> Self {
        let message = if operation == Some("session.sync") { "Session sync failed" } else { "Session is not connected" };
        Self::new(503, message)
    }

    /// Adds the machine-readable code to the body.
    #[must_use]
    pub fn with_code(mut self, code: &'static str) -> Self {
        self.errors.iter_mut().for_each(|error| error["code"] = code.into());
        Self { code: Some(code), ..self }
    }

    /// Adds details to the body.
    #[must_use]
    pub fn with_meta(self, meta: Value) -> Self {
        Self { meta: Some(Box::new(meta)), ..self }
    }
}

impl From<ApiError> for Response {
    fn from(error: ApiError) -> Self {
        let mut body = json!({"status": error.status, "message": error.message});
        if let (Some(code), Some(fields)) = (error.code, body.as_object_mut()) {
            fields.insert("errorCode".to_owned(), code.into());
        }
        if let (false, Some(fields)) = (error.errors.is_empty(), body.as_object_mut()) {
            fields.insert("errors".to_owned(), error.errors.into());
        }
        if let (Some(meta), Some(fields)) = (error.meta, body.as_object_mut()) {
            fields.insert("meta".to_owned(), *meta);
        }
        Self::json(error.status, &body)
    }
}

/// The message of a status without a more specific one.
pub fn default_message(status: u16) -> &'static str {
    match status {
        400 => "Bad request",
        401 => "Unauthorized",
        402 => "Payment required",
        403 => "Forbidden",
        404 => "Not found",
        409 => "Conflict",
        429 => "Too many requests - Try again later",
        500 => "Internal server error",
        502 => "Bad gateway",
        503 => "Service unavailable",
        504 => "Gateway timeout",
        _ => "Error",
    }
}
