//! Reads the body of a response: by its length, and decoded.

use std::io;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};

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
    /// Removes the headers that do not apply to the decoded body. A body of an unsupported encoding is not decoded.
    pub fn new(response: reqwest::Response, headers: &mut HeaderMap, encoding: &ContentEncoding) -> Self {
        // Otherwise the library knows where the body ends.
        let left = if response.content_length().is_none() { identity_length(headers) } else { None };
        let gzip = (*encoding == ContentEncoding::Gzip).then(|| Box::new(GzipDecoder::new()));
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

/// How a body is encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContentEncoding {
    Identity,
    Gzip,
    /// The encodings of a body that cannot be decoded.
    Unsupported(String),
}

impl ContentEncoding {
    /// The encoding that the headers declare.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut encodings = list(headers, &CONTENT_ENCODING).filter(|encoding| !is_any(encoding, &["", "identity"]));
        match (encodings.next(), encodings.next()) {
            (None, _) => Self::Identity,
            (Some(encoding), None) if is_any(encoding, &["gzip", "x-gzip"]) => Self::Gzip,
            (first, second) => {
                let names = [first, second].into_iter().flatten().chain(encodings);
                Self::Unsupported(names.map(String::from_utf8_lossy).collect::<Vec<_>>().join(", ").to_lowercase())
            }
        }
    }
}

/// The length of a body with `Transfer-Encoding: identity`, which RFC 2616 defines and RFC 9112 has removed.
fn identity_length(headers: &HeaderMap) -> Option<u64> {
    let mut encodings = list(headers, &TRANSFER_ENCODING);
    let is_identity = encodings.next().is_some_and(|encoding| is_any(encoding, &["identity"])) && encodings.next().is_none();
    headers.get(CONTENT_LENGTH).filter(|_| is_identity)?.to_str().ok()?.trim().parse().ok()
}

/// Whether the end of a body is marked: by its length or by a last chunk.
pub(super) fn has_marked_end(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_LENGTH) || list(headers, &TRANSFER_ENCODING).any(|encoding| is_any(encoding, &["chunked"]))
}

/// The values of a header that is a list.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a [u8]> {
    let lines = headers.get_all(name).iter().map(HeaderValue::as_bytes);
    lines.flat_map(|line| line.split(|byte| *byte == b',')).map(<[u8]>::trim_ascii)
}

fn is_any(value: &[u8], names: &[&str]) -> bool {
    names.iter().any(|name| value.eq_ignore_ascii_case(name.as_bytes()))
}
