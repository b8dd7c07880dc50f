//! Builds requests from the arguments of a call.

use std::time::Duration;

use http::Method;

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType, ResponseKind};
use crate::client::config::{CallOptions, Config};
use crate::client::error::Error;
use crate::client::request::body::build_json_body;
use crate::client::request::url::{append_custom_query, append_query, check_custom_path, check_length, encode_path};
use crate::client::request::validate::{self, quoted};
use crate::client::request::value::{Value, to_json};
use crate::client::request::{Body, CallPolicy, CallSinks, HttpRequest, Request};

/// A transfer may take as long as data arrives; only the read timeout applies.
const TRANSFER_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);

/// A request that the API model does not describe.
#[derive(Debug)]
pub struct CustomRequest {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, Value)>,
    pub body: Option<Value>,
    /// `None` means by method: GET, HEAD, PUT, DELETE and OPTIONS are idempotent, POST and PATCH are not.
    pub idempotent: Option<bool>,
}

/// What `assemble` needs in addition to the client's configuration and the call's options.
struct Parts<'a> {
    operation: &'static str,
    method: Method,
    path_and_query: &'a str,
    body: Option<Body>,
    idempotent: bool,
    total_timeout: Duration,
    is_binary: bool,
    warnings: Vec<String>,
}

/// Builds the request of an operation. `values` are in the order of the operation's parameters; `Null` means not given.
pub fn build_request(
    config: &Config,
    operation: &'static Operation,
    values: &[Value],
    options: &CallOptions,
) -> Result<Request, Error> {
    let warnings = validate::arguments(operation, values, options.validate.unwrap_or(config.validate))?;
    let sent = || operation.parameters.iter().zip(values).filter(|(parameter, value)| should_serialize(parameter, value));
    let mut path_and_query = encode_path(operation, values);
    append_query(sent(), &mut path_and_query);
    let body = match build_form(sent()) {
        Some(form) => Some(form),
        None => build_json_body(operation, sent())?.map(Body::Json),
    };
    let parts = Parts {
        operation: &operation.name,
        method: operation.method.clone(),
        path_and_query: &path_and_query,
        body,
        idempotent: operation.idempotent,
        total_timeout: default_total_timeout(config, operation),
        is_binary: operation.response.kind == ResponseKind::Bytes,
        warnings,
    };
    let request = assemble(config, options, parts);
    let in_url = sent().filter(|(parameter, _)| parameter.location != ParameterLocation::Body);
    check_length(&request, in_url.map(|(parameter, value)| (parameter.name.clone(), value)))?;
    Ok(request)
}

/// Builds the request of `client.request()`: any method and path. Methods are sent in upper case, as all standard ones are.
pub fn build_custom_request(config: &Config, custom: CustomRequest, options: &CallOptions) -> Result<Request, Error> {
    let method = Method::from_bytes(custom.method.to_ascii_uppercase().as_bytes())
        .map_err(|_| Error::argument("request", "method", &format!("({}) is not an HTTP method", quoted(&custom.method))))?;
    check_custom_path(&custom.path)?;
    let mut path_and_query = custom.path;
    append_custom_query(&custom.query, &mut path_and_query)?;
    let parts = Parts {
        operation: "request",
        idempotent: custom.idempotent.unwrap_or_else(|| method.is_idempotent()),
        method,
        path_and_query: &path_and_query,
        body: custom.body.as_ref().map(to_json).transpose()?.map(Body::Json),
        total_timeout: config.timeouts.total,
        is_binary: false,
        warnings: Vec::new(),
    };
    let request = assemble(config, options, parts);
    check_length(&request, custom.query.iter().map(|(name, value)| (format!("query[{name:?}]"), value)))?;
    Ok(request)
}

fn assemble(config: &Config, options: &CallOptions, parts: Parts<'_>) -> Request {
    Request {
        operation: parts.operation,
        http: HttpRequest {
            method: parts.method,
            url: config.base_url.join(parts.path_and_query),
            headers: options.headers.clone(),
            body: parts.body,
        },
        policy: CallPolicy {
            idempotent: parts.idempotent,
            read_timeout: options.read_timeout.unwrap_or(config.timeouts.read),
            total_timeout: options.total_timeout.unwrap_or(parts.total_timeout),
            retry: options.retry.unwrap_or(config.retry),
            max_response_bytes: options.max_response_bytes,
            is_binary: parts.is_binary,
        },
        sinks: CallSinks {
            attempt_log: options.attempt_log.clone(),
            progress: options.progress.clone(),
            save_to: options.save_to.clone(),
            ..CallSinks::default()
        },
        warnings: parts.warnings,
    }
}

/// The longer of the client's total timeout and the operation's own.
fn default_total_timeout(config: &Config, operation: &Operation) -> Duration {
    let uploads = operation.parameters.iter().any(|parameter| parameter.ty == ParameterType::File);
    if uploads || operation.response.kind == ResponseKind::Bytes {
        return TRANSFER_TIMEOUT;
    }
    operation.timeout_seconds.map_or(config.timeouts.total, |seconds| config.timeouts.total.max(Duration::from_secs(seconds)))
}

/// Whether an argument is part of the request. The service accepts some flags only when they are true.
fn should_serialize(parameter: &Parameter, value: &Value) -> bool {
    *value != Value::Null && !(parameter.skip_if_false && *value == Value::Bool(false))
}

/// The multipart form of an upload; `None` without a file argument.
fn build_form<'a>(arguments: impl Iterator<Item = (&'a Parameter, &'a Value)> + Clone) -> Option<Body> {
    let (file_field, upload) = arguments.clone().find_map(|(parameter, value)| match value {
        Value::File(upload) => Some((parameter.wire_name.clone(), upload.clone())),
        _ => None,
    })?;
    let fields = arguments
        .filter(|(parameter, value)| parameter.location == ParameterLocation::Body && !matches!(value, Value::File(_)))
        .map(|(parameter, value)| (parameter.wire_name.clone(), form_text(value)));
    Some(Body::Form { fields: fields.collect(), file_field, upload })
}

/// Form fields are text; lists are comma-separated, as in a query.
fn form_text(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().filter_map(Value::to_scalar_string).collect::<Vec<_>>().join(","),
        other => other.to_scalar_string().unwrap_or_default().into_owned(),
    }
}
