//! What kind of file something is: by its first bytes, else by its name.

/// Extension, MIME type and, where there are any, the first bytes.
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
pub const UNKNOWN: &str = "application/octet-stream";

/// The MIME type of a file: of its name, else of its content.
pub fn mime(filename: &str, content: &[u8]) -> &'static str {
    of_name(filename).or_else(|| of_content(content)).unwrap_or(UNKNOWN)
}

pub fn of_name(filename: &str) -> Option<&'static str> {
    let wanted = extension(filename)?;
    let wanted = if wanted == "jpeg" { "jpg" } else { wanted.as_str() };
    KNOWN.iter().find(|(known, ..)| *known == wanted).map(|(_, mime, _)| *mime)
}

pub fn of_content(content: &[u8]) -> Option<&'static str> {
    let found = KNOWN.iter().find(|(.., start)| !start.is_empty() && content.starts_with(start));
    found.map(|(_, mime, _)| *mime)
}

/// The last part of a name with a dot, in lower case.
pub fn extension(filename: &str) -> Option<String> {
    let (stem, extension) = filename.rsplit_once('.')?;
    let plain = !stem.is_empty() && !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| extension.to_ascii_lowercase())
}

/// The usual extension of a MIME type.
pub fn extension_of(mime: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(_, known, _)| *known == mime).map(|(extension, ..)| *extension)
}

/// The service's word for a MIME type.
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
    fn a_name_tells_more_than_the_content() {
        assert_eq!(mime("Menu.PDF", b""), "application/pdf");
        assert_eq!(mime("letter.docx", b"PK\x03\x04"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assert_eq!(mime("photo.jpeg", b""), "image/jpeg");
        assert_eq!(mime("photo", b"\x89PNG\r\n\x1a\n..."), "image/png");
        assert_eq!(mime(".profile", b"text"), UNKNOWN);
    }

    #[test]
    fn every_mime_type_has_a_kind() {
        let kinds = ["image/png", "video/mp4", "audio/ogg", "text/csv", UNKNOWN].map(kind);
        assert_eq!(kinds, ["image", "video", "audio", "document", "file"]);
    }
}
