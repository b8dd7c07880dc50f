//! The responses, kept in memory.

use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes of the smallest upload that counts as one.
const UPLOAD: usize = 1_000_000;
const REJECTION: &[u8] = br#"{"message":"the benchmark has no such operation","status":400}"#;

/// A response in the form that each of the two servers needs.
pub(crate) struct Document {
    pub body: Vec<u8>,
    /// With its head, for the server that writes bytes.
    pub encoded: Vec<u8>,
    pub status: u16,
    pub gzip: bool,
}

/// What a response depends on.
pub(crate) struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub has_token: bool,
    pub accepts_gzip: bool,
    /// The beginning of the body, at least.
    pub body: &'a [u8],
    pub length: usize,
}

pub(crate) struct Responses {
    device: Document,
    contact: Document,
    chats: Document,
    zipped_chats: Document,
    message: Document,
    file: Document,
    rejection: Document,
}

impl Responses {
    /// Reads the documents, in the order of the program's arguments.
    pub fn read(mut next: impl FnMut() -> io::Result<Vec<u8>>) -> io::Result<Self> {
        let (device, contact, chats, message, file) = (next()?, next()?, next()?, next()?, next()?);
        Ok(Self {
            device: Document::ok(device),
            contact: Document::ok(contact),
            zipped_chats: Document { gzip: true, ..Document::ok(zip(&chats)?) },
            chats: Document::ok(chats),
            message: Document::ok(message),
            file: Document::ok(file),
            rejection: Document {
                status: 400,
                encoded: encode("400 Bad Request", REJECTION),
                ..Document::ok(REJECTION.to_vec())
            },
        })
    }

    /// Rejects a client that makes other calls than the workloads have.
    pub fn choose(&self, request: &Request<'_>) -> &Document {
        if !request.has_token {
            return &self.rejection;
        }
        match (request.method, request.path) {
            ("PATCH", path) if path.starts_with("/v1/chat/") && path.ends_with("/metadata") && is_list(request.body) => {
                &self.contact
            }
            ("POST", "/v1/messages") if is_object(request.body) => &self.message,
            ("POST", "/v1/files") if request.length >= UPLOAD => &self.file,
            ("GET", path) if path.starts_with("/v1/chat/") && path.contains("/chats?") => match request.accepts_gzip {
                true => &self.zipped_chats,
                false => &self.chats,
            },
            ("GET", path) if path.starts_with("/v1/devices/") => &self.device,
            _ => &self.rejection,
        }
    }
}

impl Document {
    fn ok(body: Vec<u8>) -> Self {
        Self { encoded: encode("200 OK", &body), body, status: 200, gzip: false }
    }
}

fn is_list(body: &[u8]) -> bool {
    body.starts_with(b"[{") && body.ends_with(b"}]")
}

fn is_object(body: &[u8]) -> bool {
    body.starts_with(b"{") && body.ends_with(b"}")
}

fn zip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body)?;
    encoder.finish()
}

fn encode(status: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\
         x-request-id: bench-00000001\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
