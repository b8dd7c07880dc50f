//! The bytes behind documents: what was uploaded or, for a document that came without, a stand-in made from it.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use ring::digest::{SHA256, digest};

use crate::sandbox::media;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::store::{Document, text_at};
use crate::sandbox::validate::Call;

/// The largest stand-in; a document may say that its file is larger.
const STAND_IN_LIMIT: u64 = 128 << 20;
/// The largest picture of a profile, group or channel.
const PICTURE_LIMIT: usize = 1 << 20;

/// Contents by the id of what they belong to.
#[derive(Debug, Default)]
pub struct BlobStore {
    known: HashMap<String, Bytes>,
}

impl BlobStore {
    pub fn put(&mut self, id: &str, content: Bytes) {
        self.known.insert(id.to_owned(), content);
    }

    pub fn remove(&mut self, id: &str) {
        self.known.remove(id);
    }

    pub fn get(&self, id: &str) -> Option<&Bytes> {
        self.known.get(id)
    }

    /// The content of a file's document.
    pub fn of(&self, document: &Document) -> Bytes {
        let known = text_at(document, "id").and_then(|id| self.get(id)).cloned();
        known.unwrap_or_else(|| stand_in(document))
    }
}

/// A picture, a page, a sound or a text, of the size that the document says.
pub fn stand_in(document: &Document) -> Bytes {
    let name = ["url", "filename", "id"].into_iter().find_map(|field| text_at(document, field)).unwrap_or_default();
    let mut content = match text_at(document, "mime").unwrap_or_default() {
        mime if mime.starts_with("image/") => media::picture(name),
        "application/pdf" => media::sample_files::pdf(name),
        "audio/wav" => media::sample_files::wav(),
        _ => format!("Sandbox file {name}\n").into_bytes(),
    };
    let size = document.get("size").and_then(serde_json::Value::as_u64).filter(|size| *size <= STAND_IN_LIMIT);
    if let Some(size) = size.and_then(|size| usize::try_from(size).ok()) {
        content.resize(size, b'\n');
    }
    content.into()
}

/// The SHA-256 sum, in hex digits.
pub fn sha2(content: &[u8]) -> String {
    digest(&SHA256, content).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn base64(content: &[u8]) -> String {
    STANDARD.encode(content)
}

/// An answer that is saved under a name: in ASCII for old clients, and as it is.
pub fn attachment(mime: &str, filename: &str, content: Bytes) -> Response {
    let plain: String =
        filename.chars().map(|one| if one.is_ascii_graphic() && !"\"\\".contains(one) { one } else { '_' }).collect();
    let whole = percent_encoding::utf8_percent_encode(filename, percent_encoding::NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    Response::content(mime.to_owned(), content).with_header("content-disposition", &disposition)
}

/// The picture that a call gives in `image`, as base64, or in `url`. Nothing is fetched: an address stands for a
/// picture of its own.
pub fn given_picture(call: &Call) -> Result<Bytes, ApiError> {
    let Some(text) = call.text("image").or_else(|| call.text("image.data")) else {
        let url = call.text("url").or_else(|| call.text("image.url")).or_else(|| call.text("image")).unwrap_or_default();
        return Ok(media::picture(url).into());
    };
    let wrong = |problem: &str| ApiError::invalid("body.image", "Invalid image", problem);
    let coded = text.split_once(";base64,").map_or(text, |(_, coded)| coded);
    let content = STANDARD.decode(coded).map_err(|_| wrong("is not base64"))?;
    match mime_types::of_content(&content) {
        _ if content.len() > PICTURE_LIMIT => Err(wrong("is larger than 1 MB")),
        Some("image/png" | "image/jpeg") => Ok(content.into()),
        _ => Err(wrong("is neither a JPG nor a PNG")),
    }
}

/// The kept picture, or the one that belongs to the name.
pub fn picture_reply(contents: &BlobStore, id: &str) -> Response {
    let content = contents.get(id).cloned().unwrap_or_else(|| media::picture(id).into());
    Response::content(mime_types::of_content(&content).unwrap_or("image/png"), content)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_stand_in_has_the_size_that_is_said() {
        let document = |text: &str| serde_json::from_str::<Document>(text).unwrap();
        assert_eq!(stand_in(&document(r#"{"filename": "a.txt", "size": 5}"#)), "Sandb");
        assert_eq!(stand_in(&document(r#"{"mime": "image/png", "id": "a"}"#)), media::picture("a"));
    }

    #[test]
    fn a_sum_is_hex() {
        assert_eq!(sha2(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn any_name_fits_into_a_header() {
        let reply = attachment("text/plain", "Größe \"1\".txt", Bytes::new());
        let (_, value) = reply.headers.first().unwrap();
        assert_eq!(value, "attachment; filename=\"Gr__e__1_.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22%2Etxt");
    }
}
