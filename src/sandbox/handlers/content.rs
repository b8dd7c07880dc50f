//! Files and images in requests and responses.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::sandbox::media;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::blob_store::BlobStore;
use crate::sandbox::validate::Call;

/// The largest image of a profile, group or channel.
const MAX_IMAGE: usize = 1 << 20;

/// A response to save under a file name: in ASCII for old clients, and percent-encoded UTF-8 (RFC 6266).
pub fn attachment(mime: &str, filename: &str, content: Bytes) -> Response {
    let ascii: String = filename
        .chars()
        .map(|character| if character.is_ascii_graphic() && !"\"\\".contains(character) { character } else { '_' })
        .collect();
    let encoded = percent_encoding::utf8_percent_encode(filename, percent_encoding::NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    Response::content(mime.to_owned(), content).with_header("content-disposition", &disposition)
}

/// The image in a call: base64 in `image`, or an address in `url`. Addresses are never fetched: each one yields a
/// generated image of its own.
pub fn decode_image(call: &Call) -> Result<Bytes, ApiError> {
    let Some(text) = call.text("image").or_else(|| call.text("image.data")) else {
        let url = call.text("url").or_else(|| call.text("image.url")).or_else(|| call.text("image")).unwrap_or_default();
        return Ok(media::placeholder_image(url).into());
    };
    let invalid = |problem: &str| ApiError::invalid("body.image", "Invalid image", problem);
    let encoded = text.split_once(";base64,").map_or(text, |(_, encoded)| encoded);
    let content = STANDARD.decode(encoded).map_err(|_| invalid("is not base64"))?;
    match mime_types::from_content(&content) {
        _ if content.len() > MAX_IMAGE => Err(invalid("is larger than 1 MB")),
        Some("image/png" | "image/jpeg") => Ok(content.into()),
        _ => Err(invalid("is neither a JPG nor a PNG")),
    }
}

/// The stored image, or a generated one.
pub fn image_response(blobs: &BlobStore, id: &str) -> Response {
    let content = blobs.get(id).cloned().unwrap_or_else(|| media::placeholder_image(id).into());
    Response::content(mime_types::from_content(&content).unwrap_or("image/png"), content)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn any_file_name_fits_into_the_header() {
        let response = attachment("text/plain", "Größe \"1\".txt", Bytes::new());
        let (_, value) = response.headers.first().unwrap();
        assert_eq!(value, "attachment; filename=\"Gr__e__1_.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22%2Etxt");
    }
}
