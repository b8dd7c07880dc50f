//! From checked arguments to a request: path and query; `body` makes the body.

pub mod base_url;
pub(crate) mod body;
pub mod multipart;
#[cfg(test)]
pub(crate) mod operation_tests;
pub mod validate;
pub mod value;

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::config::{CallOptions, Config, RetryPolicy};
use crate::api::{Operation, Parameter, ParameterLocation, ParameterType, ResponseKind};
use crate::client::error::Error;
use crate::client::observe::attempt_log::AttemptLog;
use crate::client::observe::latency::LatencyHistogram;
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::request::body::body;
use crate::client::request::multipart::{Progress, Upload};
use crate::client::request::value::{Value, separated};

/// What is kept as it is in a path: letters, digits and `-._~@`. Everything else is percent-encoded.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
/// A query also keeps the comma between the items of a list, `:` of a sort order and `*`.
const QUERY: &AsciiSet = &PATH.remove(b',').remove(b':').remove(b'*');

/// A request that is ready to be sent, as often as its rules allow.
#[derive(Debug, Clone)]
pub struct Request {
    pub operation: String,
    pub method: Method,
    pub url: Url,
    pub body: Option<Body>,
    /// What the answer is: JSON to be read, or bytes to be kept.
    pub binary: bool,
    pub save_to: Option<PathBuf>,
    /// The limit of this call, where it has one of its own: also for an answer that goes to a file.
    pub answer_bytes: Option<usize>,
    pub progress: Option<Arc<dyn Progress>>,
    pub headers: HeaderMap,
    pub idempotent: bool,
    pub read: Duration,
    pub total: Duration,
    pub retry: RetryPolicy,
    /// A pace besides the client's: that of a run of many calls.
    pub pace: Option<Arc<RateLimiter>>,
    /// Where the times of its answers are counted.
    pub latencies: Option<Arc<LatencyHistogram>>,
    pub notes: Option<Arc<AttemptLog>>,
    /// Set when the request goes out for the first time: before that, giving up on it leaves nothing in doubt.
    pub begun: Option<Arc<AtomicBool>>,
    /// What the checks found and the caller wants to hear of instead of an error.
    pub warnings: Vec<String>,
}

/// What a request carries.
#[derive(Debug, Clone)]
pub enum Body {
    Json(Bytes),
    /// A file with the other fields beside it, as multipart/form-data.
    Form {
        fields: Vec<(String, String)>,
        wire: String,
        upload: Upload,
    },
}

impl Body {
    /// The JSON, where it is that.
    pub fn json(&self) -> Option<&Bytes> {
        match self {
            Self::Json(json) => Some(json),
            Self::Form { .. } => None,
        }
    }
}

/// The request of an operation with these arguments, in the order of the row's parameters; `Null` is not given.
pub fn plan(config: &Config, operation: &Operation, values: &[Value], options: &CallOptions) -> Result<Request, Error> {
    let warnings = validate::arguments(operation, values, options.validate.unwrap_or(config.validate))?;
    let given = || operation.parameters.iter().zip(values).filter(|(parameter, value)| is_sent(parameter, value));
    let mut address = path(operation, values);
    query(given(), &mut address);
    Ok(Request {
        operation: operation.name.clone(),
        method: operation.method.clone(),
        url: config.base.join(&address),
        body: form(given()).or_else(|| body(operation, given()).map(|json| Body::Json(Bytes::from(json)))),
        binary: operation.response.kind == ResponseKind::Bytes,
        save_to: options.save_to.clone(),
        answer_bytes: options.answer_bytes,
        progress: options.progress.clone(),
        headers: options.headers.clone(),
        idempotent: operation.idempotent,
        read: options.read.unwrap_or(config.timeouts.read),
        total: options.total.unwrap_or_else(|| total(config, operation)),
        retry: options.retry.unwrap_or(config.retry),
        pace: None,
        latencies: None,
        notes: options.notes.clone(),
        begun: None,
        warnings,
    })
}

/// The request of `client.request()`: any method and path, for what the table does not have.
pub fn free(config: &Config, free: CustomRequest, options: &CallOptions) -> Result<Request, Error> {
    let method = Method::from_bytes(free.method.as_bytes()).map_err(|_| refuse("method", &free.method, "is no HTTP method"))?;
    let mut address = free.path.clone();
    check_free_path(&address)?;
    free_query(&free.query, &mut address)?;
    Ok(Request {
        operation: "request".to_owned(),
        idempotent: free.idempotent.unwrap_or_else(|| method.is_idempotent()),
        method,
        url: config.base.join(&address),
        body: free.body.map(|body| {
            let mut text = String::new();
            body.write_json(&mut text);
            Body::Json(Bytes::from(text))
        }),
        binary: false,
        save_to: None,
        answer_bytes: options.answer_bytes,
        progress: None,
        headers: options.headers.clone(),
        read: options.read.unwrap_or(config.timeouts.read),
        total: options.total.unwrap_or(config.timeouts.total),
        retry: options.retry.unwrap_or(config.retry),
        pace: None,
        latencies: None,
        notes: options.notes.clone(),
        begun: None,
        warnings: Vec::new(),
    })
}

/// A call that the table does not describe.
#[derive(Debug)]
pub struct CustomRequest {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, Value)>,
    pub body: Option<Value>,
    /// Left open: GET, HEAD, PUT, DELETE and OPTIONS may be repeated, POST and PATCH not.
    pub idempotent: Option<bool>,
}

/// The longer of the client's limit and the row's own; a user's own limit was taken before. A transfer may take as long as
/// bytes keep coming.
fn total(config: &Config, operation: &Operation) -> Duration {
    const TRANSFER: Duration = Duration::from_secs(24 * 60 * 60);
    let uploads = operation.parameters.iter().any(|parameter| parameter.ty == ParameterType::File);
    if uploads || operation.response.kind == ResponseKind::Bytes {
        return TRANSFER;
    }
    operation.timeout_seconds.map_or(config.timeouts.total, |seconds| config.timeouts.total.max(Duration::from_secs(seconds)))
}

/// A flag that the service only takes as true is left out when it is false.
fn is_sent(parameter: &Parameter, value: &Value) -> bool {
    *value != Value::Null && !(parameter.skip_if_false && *value == Value::Bool(false))
}

/// The form of an upload, where one of the arguments is a file.
fn form<'a>(given: impl Iterator<Item = (&'a Parameter, &'a Value)>) -> Option<Body> {
    let (mut fields, mut file) = (Vec::new(), None);
    for (parameter, value) in given.filter(|(parameter, _)| parameter.location == ParameterLocation::Body) {
        match value {
            Value::File(upload) => file = Some((parameter.wire_name.clone(), upload.clone())),
            other => fields.push((parameter.wire_name.clone(), field_text(other))),
        }
    }
    file.map(|(wire, upload)| Body::Form { fields, wire, upload })
}

/// A form has texts only: lists go comma separated, as in a query.
fn field_text(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(","),
        other => other.as_text().unwrap_or_default().into_owned(),
    }
}

fn path(operation: &Operation, values: &[Value]) -> String {
    let given = operation.parameters.iter().zip(values);
    let mut ids =
        given.filter(|(parameter, _)| parameter.location == ParameterLocation::Path).filter_map(|(_, value)| value.as_text());
    let mut out = String::with_capacity(96);
    for piece in operation.path.split('/').skip(1) {
        out.push('/');
        if !piece.starts_with('{') {
            out.push_str(piece);
        } else if let Some(id) = ids.next() {
            out.extend(utf8_percent_encode(&id, PATH));
        }
    }
    out
}

fn query<'a>(given: impl Iterator<Item = (&'a Parameter, &'a Value)>, out: &mut String) {
    let mut mark = '?';
    for (parameter, value) in given.filter(|(parameter, _)| parameter.location == ParameterLocation::Query) {
        query_pair(&parameter.wire_name, value, mark, out);
        mark = '&';
    }
}

fn query_pair(name: &str, value: &Value, mark: char, out: &mut String) {
    out.push(mark);
    out.extend(utf8_percent_encode(name, QUERY));
    out.push('=');
    match value {
        Value::List(items) => separated(items, out, push_encoded),
        other => push_encoded(other, out),
    }
}

fn push_encoded(value: &Value, out: &mut String) {
    if let Some(text) = value.as_text() {
        out.extend(utf8_percent_encode(&text, QUERY));
    }
}

fn check_free_path(path: &str) -> Result<(), Error> {
    if !path.starts_with('/') {
        return Err(refuse("path", path, "does not begin with /; give the path under the base URL, such as /devices"));
    }
    if path.chars().any(|letter| letter.is_control() || matches!(letter, '\\' | '#' | '?')) {
        return Err(refuse("path", path, "has a line break, \\, # or ?; a query goes into query={…}"));
    }
    let dots = |piece: &str| matches!(piece.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if path.split('/').any(dots) {
        return Err(refuse("path", path, "has . or .. as a piece, which would lead to another address"));
    }
    Ok(())
}

fn free_query(pairs: &[(String, Value)], out: &mut String) -> Result<(), Error> {
    let mut mark = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| *value != Value::Null) {
        let items = if let Value::List(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
        if items.iter().any(|item| item.as_text().is_none()) {
            return Err(Error::argument("request", &format!("query[{name:?}]"), "is no text, number, bool or list of them"));
        }
        query_pair(name, value, mark, out);
        mark = '&';
    }
    Ok(())
}

fn refuse(field: &str, value: &str, problem: &str) -> Error {
    Error::argument("request", field, &format!("({}) {problem}", validate::quoted(value)))
}
