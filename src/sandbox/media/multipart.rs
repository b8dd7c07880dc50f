//! `multipart/form-data` bodies: parsed into the fields of an operation, or summarized for the request log.

use std::convert::Infallible;
use std::future::ready;

use bytes::Bytes;
use futures_util::{FutureExt, stream};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use multer::{Error, Multipart};
use serde_json::{Value, json};

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};
use crate::sandbox::response::ApiError;
use crate::sandbox::state::document::Document;

/// One part of a form.
#[derive(Debug, PartialEq)]
pub struct Part {
    pub name: String,
    pub filename: Option<String>,
    pub content_type: Option<String>,
    pub content: Bytes,
}

/// The boundary between the parts, if the request is a form.
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

fn parse_parts(boundary: &str, body: &Bytes) -> Result<Vec<Part>, Error> {
    let body = stream::once(ready(Ok::<_, Infallible>(body.clone())));
    // The whole body is in memory, so the future never waits.
    collect_parts(Multipart::new(body, boundary)).now_or_never().unwrap_or(Err(Error::IncompleteStream))
}

async fn collect_parts(mut form: Multipart<'_>) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await? {
        parts.push(Part {
            name: field.name().ok_or(Error::IncompleteHeaders)?.to_owned(),
            // Browsers and HTTP clients write a quote in a file name as %22.
            filename: field.file_name().map(|name| name.replace("%22", "\"")),
            content_type: field.content_type().map(ToString::to_string),
            content: field.bytes().await?,
        });
    }
    Ok(parts)
}

/// Parses the form of an operation into the equivalent JSON body, and its file.
pub fn parse(operation: &Operation, boundary: &str, body: &Bytes) -> Result<(Value, Option<Part>), ApiError> {
    let invalid = |problem: &str| ApiError::invalid("body", "Invalid multipart body", problem);
    let (mut fields, mut file) = (Document::new(), None);
    for part in parse_parts(boundary, body).map_err(|error| invalid(&error.to_string()))? {
        match find_field(operation, &part.name) {
            Some(parameter) if parameter.ty == ParameterType::File => {
                let filename = part.filename.clone().unwrap_or_default();
                if fields.insert(parameter.wire_name.clone(), filename.into()).is_some() {
                    return Err(invalid("it has more than one file"));
                }
                file = Some(part);
            }
            parameter => {
                let text = std::str::from_utf8(&part.content).map_err(|_| invalid("a field is not UTF-8"))?;
                add_field(&mut fields, &part.name, text, parameter);
            }
        }
    }
    Ok((Value::Object(fields), file))
}

/// The body parameter called `name`; a list may also be called `name[]`.
fn find_field<'a>(operation: &'a Operation, name: &str) -> Option<&'a Parameter> {
    let name = name.strip_suffix("[]").unwrap_or(name);
    let mut fields = operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body);
    fields.find(|parameter| parameter.wire_name == name)
}

/// Adds a field. The items of a list come in several parts, as JSON, or separated by commas.
fn add_field(fields: &mut Document, name: &str, text: &str, parameter: Option<&Parameter>) {
    let Some(list) = parameter.filter(|parameter| parameter.ty == ParameterType::StringList) else {
        fields.insert(name.to_owned(), text.into());
        return;
    };
    let split = || text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect();
    let items = serde_json::from_str::<Vec<String>>(text).unwrap_or_else(|_| split());
    if let Some(list) = fields.entry(list.wire_name.clone()).or_insert_with(|| json!([])).as_array_mut() {
        list.extend(items.into_iter().map(Value::from));
    }
}

/// Summarizes a form for the request log: its fields, and the name, type and size of its files.
pub fn summarize(boundary: &str, body: &Bytes) -> Option<Value> {
    let fields = parse_parts(boundary, body).ok()?.into_iter().map(|part| {
        let value = match &part.filename {
            Some(name) => json!({"filename": name, "content_type": part.content_type, "size": part.content.len()}),
            None => String::from_utf8_lossy(&part.content).into(),
        };
        (part.name, value)
    });
    Some(Value::Object(fields.collect()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn parse_form(body: &str) -> Result<Vec<Part>, Error> {
        parse_parts("xyz", &Bytes::copy_from_slice(body.as_bytes()))
    }

    #[test]
    fn parts_keep_every_byte_between_boundaries() {
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b%22.txt\"\r\nContent-Type: text/plain\r\n\r\n\
                    -xyz\r\n--xy\r\n\r\n--xyz\r\ncontent-disposition:form-data;name=tags\r\n\r\n\r\n--xyz--\r\n";
        let parts = parse_form(body).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].filename.as_deref()), ("file", Some("a \"b\".txt")));
        assert_eq!(parts[0].content, "-xyz\r\n--xy\r\n");
        assert_eq!((parts[1].name.as_str(), parts[1].content.len()), ("tags", 0));
    }

    #[test]
    fn rejects_malformed_forms() {
        for body in [
            "",
            "--xy\r\n",
            "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\ntext",
            "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n--xyz--",
            "--xyzContent-Disposition",
            "--xyz\r\nContent-Disposition: form-data; name=a\r\n--xyz--",
            "--xyz\r\nContent-Type: text/plain\r\n\r\ntext\r\n--xyz--",
            "--xyz\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\ntext\r\n--xyz--",
        ] {
            assert!(parse_form(body).is_err(), "{body:?}");
        }
    }

    #[test]
    fn finds_the_boundary_of_forms_only() {
        let boundary = |text: &str| boundary(&HeaderMap::from_iter([(CONTENT_TYPE, text.parse().unwrap())]));
        assert_eq!(boundary("multipart/form-data; boundary=\"a b\"; charset=utf-8").as_deref(), Some("a b"));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; boundary=ab").as_deref(), Some("ab"));
        assert_eq!(boundary("application/json; boundary=ab"), None);
    }
}
