//! Reads the body of a response: by its length, and decoded.

use std::io;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName};

use crate::client::response::gzip::GzipDecoder;

/// The body of a response whose headers have been taken.
#[derive(Debug)]
pub(crate) struct BodyReader {
    response: reqwest::Response,
    /// What the connection delivered and was not decoded yet.
    received: Bytes,
    /// Bytes that are left, if the HTTP library would read to the end of the connection.
    left: Option<u64>,
    gzip: Option<Box<GzipDecoder>>,
    /// Whether the whole body was returned.
    pub is_ended: bool,
}

/// Why a body could not be read.
#[derive(Debug)]
pub(crate) enum BodyError {
    Transport(reqwest::Error),
    Gzip(io::Error),
    /// The connection was closed before the end.
    Truncated,
}

impl From<reqwest::Error> for BodyError {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

impl BodyReader {
    /// Removes the headers that do not apply to the decoded body. See `unsupported_encoding`.
    pub fn new(response: reqwest::Response, headers: &mut HeaderMap) -> Self {
        // Otherwise the library knows where the body ends.
        let left = if response.content_length().is_none() { identity_length(headers) } else { None };
        let gzip = is_gzip(&content_encodings(headers)).then(|| Box::new(GzipDecoder::new()));
        if gzip.is_some() {
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
        }
        Self { response, received: Bytes::new(), left, gzip, is_ended: false }
    }

    /// Number of bytes of the decoded body, if it is known.
    pub fn length(&self) -> Option<u64> {
        let length = self.left.or_else(|| self.response.content_length());
        length.filter(|_| self.gzip.is_none())
    }

    /// The next part of the decoded body, which may be empty; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BodyError> {
        if self.received.is_empty() {
            match self.receive().await? {
                Some(chunk) => self.received = chunk,
                None => return self.finish().map(|()| None),
            }
        }
        match &mut self.gzip {
            Some(gzip) => gzip.decode(&mut self.received).map(Some).map_err(BodyError::Gzip),
            None => Ok(Some(std::mem::take(&mut self.received))),
        }
    }

    async fn receive(&mut self) -> Result<Option<Bytes>, BodyError> {
        if self.left == Some(0) {
            return Ok(None);
        }
        let Some(mut chunk) = self.response.chunk().await? else {
            return if self.left.is_some() { Err(BodyError::Truncated) } else { Ok(None) };
        };
        if let Some(left) = &mut self.left {
            chunk.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= chunk.len() as u64;
        }
        Ok(Some(chunk))
    }

    fn finish(&mut self) -> Result<(), BodyError> {
        self.is_ended = true;
        self.gzip.as_mut().map_or(Ok(()), |gzip| gzip.finish()).map_err(BodyError::Gzip)
    }
}

/// The encodings of a body that cannot be decoded.
pub(crate) fn unsupported_encoding(headers: &HeaderMap) -> Option<String> {
    let encodings = content_encodings(headers);
    let is_supported = encodings.is_empty() || is_gzip(&encodings);
    (!is_supported).then(|| encodings.join(", "))
}

fn is_gzip(encodings: &[String]) -> bool {
    matches!(encodings, [encoding] if matches!(encoding.as_str(), "gzip" | "x-gzip"))
}

/// The encodings of a body in lower case, without those that change nothing.
fn content_encodings(headers: &HeaderMap) -> Vec<String> {
    list(headers, &CONTENT_ENCODING).into_iter().filter(|encoding| !matches!(encoding.as_str(), "" | "identity")).collect()
}

/// The length of a body with `Transfer-Encoding: identity`, which RFC 2616 defines and RFC 9112 has removed.
fn identity_length(headers: &HeaderMap) -> Option<u64> {
    let is_identity = list(headers, &TRANSFER_ENCODING) == ["identity"];
    headers.get(CONTENT_LENGTH).filter(|_| is_identity)?.to_str().ok()?.trim().parse().ok()
}

/// Whether the end of a body is marked: by its length or by a last chunk.
pub(super) fn has_marked_end(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_LENGTH) || list(headers, &TRANSFER_ENCODING).iter().any(|encoding| encoding == "chunked")
}

/// The values of a header that is a list.
fn list(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    lines.flat_map(|line| line.split(',').map(|item| item.trim().to_lowercase()).collect::<Vec<_>>()).collect()
}
