//! Responses: reading, decoding, and errors of the API.

pub(crate) mod api_error;
pub(crate) mod body_buffer;
pub(crate) mod body_reader;
pub(crate) mod decode;
pub(crate) mod download;
pub(crate) mod error_hints;
pub(crate) mod gzip;
pub(crate) mod output;
pub mod surrogates;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A complete response.
#[derive(Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Number of attempts, including the one that received this response.
    pub attempts: u32,
    /// Time since the start of the call.
    pub elapsed: Duration,
    /// Warnings for the caller of a successful call.
    pub warnings: Vec<String>,
}

impl Response {
    /// The service's ID of the request; `None` if the header is missing or is not text.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }
}
