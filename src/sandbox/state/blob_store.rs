//! File contents: what was uploaded or, for a document that was seeded without content, a generated placeholder.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use ring::digest::{SHA256, digest};

use crate::sandbox::media;
use crate::sandbox::state::document::{Document, str_at};

/// The largest placeholder; a document may declare a larger file.
const MAX_PLACEHOLDER: u64 = 128 << 20;

/// Contents by the id of the document, profile, group or channel that owns them.
#[derive(Debug, Default)]
pub struct BlobStore {
    blobs: HashMap<String, Bytes>,
}

impl BlobStore {
    /// Stores a content; an earlier one of the same ID is replaced.
    pub fn put(&mut self, id: &str, content: Bytes) {
        self.blobs.insert(id.to_owned(), content);
    }

    /// Removes a content; no effect if there is none.
    pub fn remove(&mut self, id: &str) {
        self.blobs.remove(id);
    }

    /// The stored content; `None` if the document has been seeded without one.
    pub fn get(&self, id: &str) -> Option<&Bytes> {
        self.blobs.get(id)
    }

    /// The content of a file document.
    pub fn get_or_placeholder(&self, document: &Document) -> Bytes {
        let stored = str_at(document, "id").and_then(|id| self.get(id)).cloned();
        stored.unwrap_or_else(|| placeholder(document))
    }
}

/// A generated image, PDF, WAV or text of the size that the document declares.
pub fn placeholder(document: &Document) -> Bytes {
    let name = ["url", "filename", "id"].into_iter().find_map(|field| str_at(document, field)).unwrap_or_default();
    let mut content = match str_at(document, "mime").unwrap_or_default() {
        mime if mime.starts_with("image/") => media::placeholder_image(name),
        "application/pdf" => media::sample_files::pdf(name),
        "audio/wav" => media::sample_files::wav(),
        _ => format!("Sandbox file {name}\n").into_bytes(),
    };
    let size = document.get("size").and_then(serde_json::Value::as_u64).filter(|size| *size <= MAX_PLACEHOLDER);
    if let Some(size) = size.and_then(|size| usize::try_from(size).ok()) {
        content.resize(size, b'\n');
    }
    content.into()
}

/// The SHA-256 checksum as 64 hexadecimal digits.
pub fn sha256_hex(content: &[u8]) -> String {
    digest(&SHA256, content).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The base64 text in the standard alphabet, with padding.
pub fn base64(content: &[u8]) -> String {
    STANDARD.encode(content)
}
