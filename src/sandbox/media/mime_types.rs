//! MIME types of files, by name or by content.

/// Extension, MIME type and magic bytes, if any.
const KNOWN: &[(&str, &str, &[u8])] = &[
    ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", "image/jpeg", b"\xff\xd8\xff"),
    ("gif", "image/gif", b"GIF8"),
    ("pdf", "application/pdf", b"%PDF-"),
    ("ogg", "audio/ogg", b"OggS"),
    ("mp3", "audio/mpeg", b"ID3"),
    ("webp", "image/webp", b""),
    ("mp4", "video/mp4", b""),
    ("zip", "application/zip", b"PK\x03\x04"),
    ("txt", "text/plain", b""),
    ("csv", "text/csv", b""),
    ("json", "application/json", b""),
    ("vcf", "text/vcard", b""),
    ("svg", "image/svg+xml", b""),
    ("wav", "audio/wav", b""),
    ("m4a", "audio/mp4", b""),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b""),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b""),
];
/// The type of content that nothing is known about.
pub const UNKNOWN: &str = "application/octet-stream";

/// The MIME type of a file, by name or else by content.
pub fn guess(filename: &str, content: &[u8]) -> &'static str {
    from_filename(filename).or_else(|| from_content(content)).unwrap_or(UNKNOWN)
}

/// The type by extension; `None` for an unknown one.
pub fn from_filename(filename: &str) -> Option<&'static str> {
    let extension = extension(filename)?;
    let extension = if extension == "jpeg" { "jpg" } else { extension.as_str() };
    KNOWN.iter().find(|(known, ..)| *known == extension).map(|(_, mime, _)| *mime)
}

/// The type by the first bytes; `None` if no known format starts with them.
pub fn from_content(content: &[u8]) -> Option<&'static str> {
    let entry = KNOWN.iter().find(|(.., magic)| !magic.is_empty() && content.starts_with(magic));
    entry.map(|(_, mime, _)| *mime)
}

/// The extension of a file name, in lower case.
pub fn extension(filename: &str) -> Option<String> {
    let (stem, extension) = filename.rsplit_once('.')?;
    let is_extension = !stem.is_empty() && !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_extension.then(|| extension.to_ascii_lowercase())
}

/// The usual extension of a MIME type.
pub fn extension_of(mime: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(_, known, _)| *known == mime).map(|(extension, ..)| *extension)
}

/// The service's name for a category of MIME types.
pub fn kind(mime: &str) -> &'static str {
    match mime.split_once('/') {
        Some(("image", _)) => "image",
        Some(("video", _)) => "video",
        Some(("audio", _)) => "audio",
        _ if mime == UNKNOWN => "file",
        _ => "document",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefers_the_name_over_the_content() {
        assert_eq!(guess("Menu.PDF", b""), "application/pdf");
        assert_eq!(
            guess("letter.docx", b"PK\x03\x04"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        );
        assert_eq!(guess("photo.jpeg", b""), "image/jpeg");
        assert_eq!(guess("photo", b"\x89PNG\r\n\x1a\n..."), "image/png");
        assert_eq!(guess(".profile", b"text"), UNKNOWN);
    }

    #[test]
    fn maps_mime_types_to_kinds() {
        let kinds = ["image/png", "video/mp4", "audio/ogg", "text/csv", UNKNOWN].map(kind);
        assert_eq!(kinds, ["image", "video", "audio", "document", "file"]);
    }
}
