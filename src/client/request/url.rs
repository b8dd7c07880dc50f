//! Paths and queries of request URLs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::api::{Operation, Parameter, ParameterLocation};
use crate::client::error::Error;
use crate::client::request::Request;
use crate::client::request::validate::quoted;
use crate::client::request::value::{Value, write_separated};

/// Characters that are percent-encoded in a path segment: all but letters, digits and `-._~@`.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
/// A query also keeps the comma between the items of a list, the `:` of a sort order, and `*`.
const QUERY: &AsciiSet = &PATH.remove(b',').remove(b':').remove(b'*');

/// The HTTP library accepts no longer URL.
const MAX_URL_LENGTH: usize = 65_534;

/// Fills the operation's path template with the encoded path arguments.
pub fn encode_path(operation: &Operation, values: &[Value]) -> String {
    let arguments = operation.parameters.iter().zip(values);
    let mut ids = arguments
        .filter(|(parameter, _)| parameter.location == ParameterLocation::Path)
        .filter_map(|(_, value)| value.to_scalar_string());
    let mut path = String::with_capacity(96);
    for segment in operation.path.split('/').skip(1) {
        path.push('/');
        if !segment.starts_with('{') {
            path.push_str(segment);
        } else if let Some(id) = ids.next() {
            path.extend(utf8_percent_encode(&id, PATH));
        }
    }
    path
}

/// Appends the query arguments to `url`.
pub fn append_query<'a>(arguments: impl Iterator<Item = (&'a Parameter, &'a Value)>, url: &mut String) {
    let arguments = arguments.filter(|(parameter, _)| parameter.location == ParameterLocation::Query);
    for (separator, (parameter, value)) in separators().zip(arguments) {
        append_pair(separator, &parameter.wire_name, value, url);
    }
}

/// Appends the query of a custom request to `url`.
pub fn append_custom_query(pairs: &[(String, Value)], url: &mut String) -> Result<(), Error> {
    let pairs = pairs.iter().filter(|(_, value)| *value != Value::Null);
    for (separator, (name, value)) in separators().zip(pairs) {
        let items = if let Value::List(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
        if items.iter().any(|item| item.to_scalar_string().is_none()) {
            let message = "is not a string, number, bool or a list of these";
            return Err(Error::argument("request", &format!("query[{name:?}]"), message));
        }
        append_pair(separator, name, value, url);
    }
    Ok(())
}

/// Rejects a URL that cannot be sent, and names the argument that is its longest part.
pub fn check_length<'a>(request: &Request, arguments: impl Iterator<Item = (String, &'a Value)>) -> Result<(), Error> {
    if request.http.url.as_str().len() <= MAX_URL_LENGTH {
        return Ok(());
    }
    let encoded_length = |value: &Value| {
        let mut text = String::new();
        append_value(value, &mut text);
        text.len()
    };
    let parts = arguments.map(|(name, value)| (encoded_length(value), name));
    let (length, name) = parts.max().unwrap_or_else(|| (request.http.url.path().len(), "path".to_owned()));
    let message = format!("has {length} characters in the URL, which has room for {MAX_URL_LENGTH}; pass fewer values per call");
    Err(Error::argument(request.operation, &name, &message))
}

fn separators() -> impl Iterator<Item = char> {
    std::iter::once('?').chain(std::iter::repeat('&'))
}

fn append_pair(separator: char, name: &str, value: &Value, url: &mut String) {
    url.push(separator);
    url.extend(utf8_percent_encode(name, QUERY));
    url.push('=');
    append_value(value, url);
}

fn append_value(value: &Value, url: &mut String) {
    match value {
        Value::List(items) => write_separated(items, url, append_encoded),
        other => append_encoded(other, url),
    }
}

fn append_encoded(value: &Value, url: &mut String) {
    if let Some(text) = value.to_scalar_string() {
        url.extend(utf8_percent_encode(&text, QUERY));
    }
}

/// Rejects a path that leads outside the base URL.
pub fn check_custom_path(path: &str) -> Result<(), Error> {
    let reject = |message: &str| Err(Error::argument("request", "path", &format!("({}) {message}", quoted(path))));
    if !path.starts_with('/') {
        return reject("does not begin with /; pass the path below the base URL, such as /devices");
    }
    if path.chars().any(|character| character.is_control() || matches!(character, '\\' | '#' | '?')) {
        return reject("contains a line break, \\, # or ?; pass a query as query={…}");
    }
    let is_dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if path.split('/').any(is_dots) {
        return reject("contains a . or .. segment, which leads to another address");
    }
    Ok(())
}
