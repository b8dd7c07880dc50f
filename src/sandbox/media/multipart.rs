//! `multipart/form-data`, as strictly as a service would read it: a form with a mistake is refused as a whole.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use memchr::memmem;
use serde_json::{Value, json};

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};
use crate::sandbox::response::ApiError;
use crate::sandbox::state::document::Document;

/// Lines before the content of a part; more is no form that any client sends.
const HEADER_LIMIT: usize = 16 * 1024;

/// One part of a form.
#[derive(Debug, PartialEq)]
pub struct Part {
    pub name: String,
    pub filename: Option<String>,
    pub content_type: Option<String>,
    pub content: Bytes,
}

/// The boundary of a form's parts, where the request is a form.
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (kind, parameters) = text.split_once(';')?;
    kind.trim().eq_ignore_ascii_case("multipart/form-data").then(|| parameter(parameters, "boundary")).flatten()
}

/// The parts of a form; their contents share the memory of the body.
pub fn parts(boundary: &str, body: &Bytes) -> Result<Vec<Part>, &'static str> {
    let delimiter = format!("\r\n--{boundary}");
    let first = delimiter.get(2..).filter(|first| body.starts_with(first.as_bytes()) && !boundary.is_empty());
    let mut at = first.ok_or("it does not begin with its boundary")?.len();
    let finder = memmem::Finder::new(&delimiter);
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..).unwrap_or_default();
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let begin = rest.strip_prefix(b"\r\n").map(|_| at + 2).ok_or("a boundary is followed by something else than a line")?;
        let length = finder.find(body.get(begin..).unwrap_or_default()).ok_or("its last boundary is missing")?;
        parts.push(part(&body.slice(begin..begin + length))?);
        at = begin + length + delimiter.len();
    }
}

fn part(bytes: &Bytes) -> Result<Part, &'static str> {
    let head = bytes.get(..bytes.len().min(HEADER_LIMIT)).unwrap_or_default();
    let end = memmem::find(head, b"\r\n\r\n").ok_or("a part has no empty line after its headers")?;
    let lines = std::str::from_utf8(head.get(..end).unwrap_or_default()).map_err(|_| "a part's headers are not UTF-8")?;
    let header = |wanted: &str| {
        let pairs = lines.split("\r\n").filter_map(|line| line.split_once(':'));
        pairs.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition").and_then(|value| value.strip_prefix("form-data"));
    let disposition = disposition.ok_or("a part has no content-disposition of form-data")?;
    Ok(Part {
        name: parameter(disposition, "name").ok_or("a part has no name")?,
        filename: parameter(disposition, "filename"),
        content_type: header("content-type").map(str::to_owned),
        content: bytes.slice(end + 4..),
    })
}

/// The value of `name=value` or `name="value"` among others; in quotes, `%22` and `\"` are a quote.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([';', ' ']);
        let (value, further) = match after.strip_prefix('"') {
            Some(quoted) => quoted_value(quoted)?,
            None => {
                let (value, further) = after.split_once(';').unwrap_or((after, ""));
                (value.trim().to_owned(), further)
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = further;
    }
    None
}

fn quoted_value(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value.replace("%22", "\""), text.get(at + 1..)?)),
            '\\' if text.get(at + 1..)?.starts_with(['"', '\\']) => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

/// A form read by a row: its fields as the JSON body that they stand for, and the file that comes with them.
pub fn read(operation: &Operation, boundary: &str, body: &Bytes) -> Result<(Value, Option<Part>), ApiError> {
    let wrong = |problem: &str| ApiError::invalid("body", "Invalid multipart body", problem);
    let (mut fields, mut file) = (Document::new(), None);
    for part in parts(boundary, body).map_err(wrong)? {
        match field(operation, &part.name) {
            Some(known) if known.ty == ParameterType::File => {
                let name = part.filename.clone().unwrap_or_default();
                if fields.insert(known.wire_name.clone(), name.into()).is_some() {
                    return Err(wrong("it has more than one file"));
                }
                file = Some(part);
            }
            known => {
                let text = std::str::from_utf8(&part.content).map_err(|_| wrong("a field is not UTF-8"))?;
                add(&mut fields, &part.name, text, known);
            }
        }
    }
    Ok((Value::Object(fields), file))
}

/// The row's field; `name[]` is a list's name too.
fn field<'a>(operation: &'a Operation, name: &str) -> Option<&'a Parameter> {
    let bare = name.strip_suffix("[]").unwrap_or(name);
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == ParameterLocation::Body)
        .find(|parameter| parameter.wire_name == bare)
}

/// A list comes as several parts, as JSON, or with commas between.
fn add(fields: &mut Document, name: &str, text: &str, known: Option<&Parameter>) {
    let Some(known) = known.filter(|known| known.ty == ParameterType::StringList) else {
        fields.insert(name.to_owned(), text.into());
        return;
    };
    let items = serde_json::from_str::<Vec<String>>(text);
    let items =
        items.unwrap_or_else(|_| text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect());
    let list = fields.entry(known.wire_name.clone()).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.extend(items.into_iter().map(Value::from));
    }
}

/// What the journal says of a form: its fields, and of a file its name, type and size.
pub fn described(boundary: &str, body: &Bytes) -> Option<Value> {
    let described = parts(boundary, body).ok()?.into_iter().map(|part| {
        let value = match &part.filename {
            Some(name) => json!({"filename": name, "content_type": part.content_type, "size": part.content.len()}),
            None => String::from_utf8_lossy(&part.content).into(),
        };
        (part.name, value)
    });
    Some(Value::Object(described.collect()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn form(body: &str) -> Result<Vec<Part>, &'static str> {
        parts("xyz", &Bytes::copy_from_slice(body.as_bytes()))
    }

    #[test]
    fn parts_keep_every_byte_between_the_boundaries() {
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".txt\"\r\nContent-Type: text/plain\r\n\r\n\
                    -xyz\r\n--xy\r\n\r\n--xyz\r\ncontent-disposition:form-data;name=tags\r\n\r\n\r\n--xyz--\r\n";
        let parts = form(body).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].filename.as_deref()), ("file", Some("a \"b\".txt")));
        assert_eq!(parts[0].content, "-xyz\r\n--xy\r\n");
        assert_eq!((parts[1].name.as_str(), parts[1].content.len()), ("tags", 0));
    }

    #[test]
    fn a_form_with_a_mistake_is_refused() {
        for (body, problem) in [
            ("", "begin"),
            ("--xy\r\n", "begin"),
            ("--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\ntext", "last boundary"),
            ("--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n--xyz--", "empty line"),
            ("--xyzContent-Disposition", "followed"),
            ("--xyz\r\nContent-Disposition: form-data; name=a\r\n--xyz--", "empty line"),
            ("--xyz\r\nContent-Type: text/plain\r\n\r\ntext\r\n--xyz--", "content-disposition"),
            ("--xyz\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\ntext\r\n--xyz--", "no name"),
        ] {
            let error = form(body).unwrap_err();
            assert!(error.contains(problem), "{body:?}: {error}");
        }
    }

    #[test]
    fn the_boundary_is_read_with_and_without_quotes() {
        let boundary = |text: &str| boundary(&HeaderMap::from_iter([(CONTENT_TYPE, text.parse().unwrap())]));
        assert_eq!(boundary("multipart/form-data; boundary=\"a b\"; charset=utf-8").as_deref(), Some("a b"));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; boundary=ab").as_deref(), Some("ab"));
        assert_eq!(boundary("application/json; boundary=ab"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_content_comes_out_as_it_went_in(content in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let mut body = b"--a7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n".to_vec();
            body.extend(&content);
            body.extend(b"\r\n--a7--\r\n");
            let clean = memmem::find(&content, b"\r\n--a7").is_none();
            if clean {
                proptest::prop_assert_eq!(&parts("a7", &body.into()).unwrap()[0].content[..], &content[..]);
            }
        }
    }
}
