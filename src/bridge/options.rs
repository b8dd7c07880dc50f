//! Parses the options of a client and of a single call.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};

use crate::bridge::extract::dict_items;
use crate::bridge::files::PyProgress;
use crate::client::config::{Config, Http2, InvalidUnicode, RetryPolicy, Timeouts, Validate};
use crate::client::transport::client_certificate::ClientCertificate;
use crate::client::{CallOptions, Error, ErrorKind};

type Parsed<T> = Result<T, Error>;

/// Parses the options of a call. `defaults` are those of the client's `with_options`.
pub fn call_options(options: Option<&Bound<'_, PyDict>>, client: &Config, defaults: &CallOptions) -> Parsed<CallOptions> {
    let mut parsed = CallOptions::default();
    let (mut retry, mut max_retries) = (None, None);
    for (name, value) in options.into_iter().flat_map(dict_items) {
        if value.is_none() {
            continue;
        }
        match name.to_string().as_str() {
            "timeout" => {
                let timeouts = parse_timeouts(&value)?;
                if timeouts.connect.is_some_and(|connect| connect != client.timeouts.connect) {
                    return Err(invalid_option(
                        "connect",
                        "cannot be set for one call, because calls share connections; set it for the client: \
                         Client(timeout=Timeout(connect=…))",
                    ));
                }
                (parsed.total_timeout, parsed.read_timeout) = (timeouts.total, timeouts.read);
            }
            "retry" => retry = Some(value),
            "max_retries" => max_retries = Some(value),
            "headers" => parsed.headers = parse_headers(&value)?,
            "validate" => parsed.validate = Some(parse_validate(&value)?),
            "max_response_bytes" => {
                let bytes =
                    value.extract().map_err(|_| invalid_option("max_response_bytes", "is not a whole number of bytes"))?;
                parsed.max_response_bytes = Some(bytes);
            }
            "on_progress" if value.is_callable() => parsed.progress = Some(Arc::new(PyProgress(value.unbind()))),
            "on_progress" => {
                return Err(invalid_option(
                    "on_progress",
                    "is not callable; pass a function of two arguments: bytes transferred, bytes in total",
                ));
            }
            other => {
                let options =
                    "the options are timeout, max_retries, retry, headers, validate, max_response_bytes and on_progress";
                return Err(invalid_option(other, &format!("is not an option; {options}")));
            }
        }
    }
    if retry.is_some() || max_retries.is_some() {
        let base = defaults.retry.unwrap_or(client.retry);
        parsed.retry = Some(parse_retry_policy(retry.as_ref(), max_retries.as_ref(), base)?);
    }
    Ok(parsed)
}

/// The timeouts that were set; the others come from the client or the defaults.
pub struct ParsedTimeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
    total: Option<Duration>,
}

impl ParsedTimeouts {
    /// These timeouts, with those of `base` where none was given.
    pub fn or(self, base: Timeouts) -> Timeouts {
        Timeouts {
            connect: self.connect.unwrap_or(base.connect),
            read: self.read.unwrap_or(base.read),
            total: self.total.unwrap_or(base.total),
        }
    }
}

/// Parses a number, which is the total timeout of a call, or a `Timeout`.
pub fn parse_timeouts(value: &Bound<'_, PyAny>) -> Parsed<ParsedTimeouts> {
    if let Some(total) = number(value) {
        return Ok(ParsedTimeouts { connect: None, read: None, total: Some(parse_duration("timeout", total)?) });
    }
    let timeout = |name: &str| match value.getattr(name) {
        Ok(value) if value.is_none() => Ok(None),
        Ok(value) => match number(&value) {
            Some(seconds) => parse_duration(name, seconds).map(Some),
            None => Err(invalid_option(name, "is not a number of seconds")),
        },
        Err(_) => Err(invalid_option("timeout", "is neither a number of seconds nor a sparkbot.Timeout")),
    };
    Ok(ParsedTimeouts { connect: timeout("connect")?, read: timeout("read")?, total: timeout("total")? })
}

/// Parses a `Retry`, or takes `base`; `max_retries` overrides the number of retries of both.
pub fn parse_retry_policy(
    retry: Option<&Bound<'_, PyAny>>,
    max_retries: Option<&Bound<'_, PyAny>>,
    base: RetryPolicy,
) -> Parsed<RetryPolicy> {
    let policy = retry.map_or(Ok(base), parse_retry)?;
    match max_retries {
        Some(value) => Ok(RetryPolicy { max_retries: parse_max_retries(value)?, ..policy }),
        None => Ok(policy),
    }
}

fn parse_retry(value: &Bound<'_, PyAny>) -> Parsed<RetryPolicy> {
    let attribute = |name: &str| {
        value
            .getattr(name)
            .map_err(|_| invalid_option("retry", "is not a sparkbot.Retry; the number of retries is max_retries=…"))
    };
    let seconds = |name: &str| {
        number(&attribute(name)?)
            .ok_or_else(|| invalid_option(name, "is not a number of seconds"))
            .and_then(|seconds| parse_delay(name, seconds))
    };
    Ok(RetryPolicy {
        max_retries: parse_max_retries(&attribute("max_retries")?)?,
        initial_delay: seconds("initial_delay")?,
        max_delay: seconds("max_delay")?,
        max_retry_after: seconds("max_retry_after")?,
        budget: parse_budget(&attribute("budget")?)?,
    })
}

fn parse_max_retries(value: &Bound<'_, PyAny>) -> Parsed<u32> {
    let count = if value.is_instance_of::<PyBool>() { None } else { value.extract::<u32>().ok() };
    count.ok_or_else(|| invalid_option("max_retries", "is not a whole number of retries; 0 sends each request once"))
}

fn parse_budget(value: &Bound<'_, PyAny>) -> Parsed<Option<f64>> {
    if value.is_none() {
        return Ok(None);
    }
    match number(value).filter(|ratio| (0.0..=1.0).contains(ratio)) {
        Some(ratio) => Ok(Some(ratio)),
        None => Err(invalid_option(
            "budget",
            "is not a ratio from 0 to 1, such as 0.2 for one retry per five calls; None sets no limit",
        )),
    }
}

/// Extracts the option `validate`: "error", "warn" or "off".
pub fn parse_validate(value: &Bound<'_, PyAny>) -> Parsed<Validate> {
    match value.extract::<String>().as_deref() {
        Ok("error") => Ok(Validate::Error),
        Ok("warn") => Ok(Validate::Warn),
        Ok("off") => Ok(Validate::Off),
        _ => Err(invalid_option("validate", "is none of \"error\", \"warn\" and \"off\"")),
    }
}

/// Extracts the option `on_bad_unicode`: "replace" or "error".
pub fn parse_bad_unicode(value: &Bound<'_, PyAny>) -> Parsed<InvalidUnicode> {
    match value.extract::<String>().as_deref() {
        Ok("replace") => Ok(InvalidUnicode::Replace),
        Ok("error") => Ok(InvalidUnicode::Error),
        _ => Err(invalid_option("on_bad_unicode", "is neither \"replace\" nor \"error\"")),
    }
}

/// Extracts the option `http2`: "auto" or "off".
pub fn parse_http2(value: &Bound<'_, PyAny>) -> Parsed<Http2> {
    match value.extract::<String>().as_deref() {
        Ok("auto") => Ok(Http2::Auto),
        Ok("off") => Ok(Http2::Off),
        _ => Err(invalid_option("http2", "is neither \"auto\" nor \"off\"")),
    }
}

/// Parses the path of a PEM file with certificate and key, or a pair of paths.
pub fn parse_client_certificate(value: &Bound<'_, PyAny>) -> Parsed<ClientCertificate> {
    let pair = value.extract::<(PathBuf, PathBuf)>();
    let pair = pair.or_else(|_| value.extract::<PathBuf>().map(|path| (path.clone(), path)));
    let (certificates, key) = pair
        .map_err(|_| invalid_option("client_cert", "is neither the path of a PEM file nor a pair of paths (certificate, key)"))?;
    Ok(ClientCertificate { certificates, key })
}

/// Extracts additional headers from a dict. Fails for headers that the client sets itself.
pub fn parse_headers(value: &Bound<'_, PyAny>) -> Parsed<HeaderMap> {
    let not_a_dict = || invalid_option("headers", "is not a dict of str to str");
    let mut headers = HeaderMap::new();
    for (name, value) in dict_items(value.cast::<PyDict>().map_err(|_| not_a_dict())?) {
        let (name, value): (String, String) =
            (name.extract().map_err(|_| not_a_dict())?, value.extract().map_err(|_| not_a_dict())?);
        let parsed = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| invalid_option("headers", &format!("has {name:?}, which is not a valid header name")))?;
        if matches!(parsed.as_str(), "token" | "authorization" | "host" | "content-length" | "transfer-encoding") {
            return Err(invalid_option("headers", &format!("has {name:?}, which the client sets; pass the key as api_key")));
        }
        // The message does not quote the value: it may be a secret.
        let message = format!("has a value for {name:?} with a character that is not allowed in headers");
        headers.insert(parsed, HeaderValue::from_str(&value).map_err(|_| invalid_option("headers", &message))?);
    }
    Ok(headers)
}

fn number(value: &Bound<'_, PyAny>) -> Option<f64> {
    if value.is_instance_of::<PyBool>() { None } else { value.extract::<f64>().ok() }
}

fn parse_duration(name: &str, seconds: f64) -> Parsed<Duration> {
    let duration = Duration::try_from_secs_f64(seconds).ok().filter(|duration| !duration.is_zero() && seconds <= 86_400.0);
    duration.ok_or_else(|| invalid_option(name, &format!("is {seconds}; pass a number of seconds above 0 and up to 86400")))
}

fn parse_delay(name: &str, seconds: f64) -> Parsed<Duration> {
    let duration = Duration::try_from_secs_f64(seconds).ok().filter(|_| seconds <= 86_400.0);
    duration.ok_or_else(|| invalid_option(name, &format!("is {seconds}; pass a number of seconds from 0 to 86400")))
}

fn invalid_option(name: &str, message: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("{name} {message}")).with(|details| details.field = Some(name.to_owned()))
}
