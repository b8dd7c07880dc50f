//! Settings given in Python: those of a client, and those of one call.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use super::files::Callback;
use crate::client::config::{Config, InvalidUnicode, RetryPolicy, Timeouts, Validate};
use crate::client::{CallOptions, Error, ErrorKind};

type Given<T> = Result<T, Error>;

/// The options of a call of this client, where `defaults` holds for all its calls.
pub fn call_options(options: Option<&Bound<'_, PyDict>>, client: &Config, defaults: &CallOptions) -> Given<CallOptions> {
    let mut parsed = CallOptions::default();
    let (mut retry, mut max_retries) = (None, None);
    for (name, value) in options.into_iter().flat_map(|options| options.iter()) {
        if value.is_none() {
            continue;
        }
        match name.to_string().as_str() {
            "timeout" => {
                let given = timeouts(&value)?;
                if given.connect.is_some_and(|connect| connect != client.timeouts.connect) {
                    return Err(wrong(
                        "connect",
                        "is for a client, whose calls share connections: Client(timeout=Timeout(connect=…))",
                    ));
                }
                (parsed.total_timeout, parsed.read_timeout) = (given.total, given.read);
            }
            "retry" => retry = Some(value),
            "max_retries" => max_retries = Some(value),
            "headers" => parsed.headers = headers(&value)?,
            "validate" => parsed.validate = Some(validate(&value)?),
            "max_response_bytes" => {
                let bytes = value.extract().map_err(|_| wrong("max_response_bytes", "is no whole number of bytes"))?;
                parsed.max_response_bytes = Some(bytes);
            }
            "on_progress" if value.is_callable() => parsed.progress = Some(Arc::new(Callback(value.unbind()))),
            "on_progress" => return Err(wrong("on_progress", "is not callable; it is called with bytes done and bytes in all")),
            other => {
                let options =
                    "the options are timeout, max_retries, retry, headers, validate, max_response_bytes and on_progress";
                return Err(wrong(other, &format!("is no option; {options}")));
            }
        }
    }
    if retry.is_some() || max_retries.is_some() {
        let base = defaults.retry.unwrap_or(client.retry);
        parsed.retry = Some(retry_policy(retry.as_ref(), max_retries.as_ref(), base)?);
    }
    Ok(parsed)
}

/// Times of a `Timeout`; those that it leaves open are the client's, or the default.
pub struct GivenTimeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
    total: Option<Duration>,
}

impl GivenTimeouts {
    pub fn or(self, base: Timeouts) -> Timeouts {
        Timeouts {
            connect: self.connect.unwrap_or(base.connect),
            read: self.read.unwrap_or(base.read),
            total: self.total.unwrap_or(base.total),
        }
    }
}

/// A number is the time for the whole call; a `Timeout` has each time by name.
pub fn timeouts(value: &Bound<'_, PyAny>) -> Given<GivenTimeouts> {
    if let Some(total) = number(value) {
        return Ok(GivenTimeouts { connect: None, read: None, total: Some(duration("timeout", total)?) });
    }
    let part = |name: &str| match value.getattr(name) {
        Ok(part) if part.is_none() => Ok(None),
        Ok(part) => match number(&part) {
            Some(seconds) => duration(name, seconds).map(Some),
            None => Err(wrong(name, "is not a number of seconds")),
        },
        Err(_) => Err(wrong("timeout", "is neither a number of seconds nor a sparkbot.Timeout")),
    };
    Ok(GivenTimeouts { connect: part("connect")?, read: part("read")?, total: part("total")? })
}

/// The policy of a `Retry`, or `base`; `max_retries` overrides its number of retries.
pub fn retry_policy(
    retry: Option<&Bound<'_, PyAny>>,
    max_retries: Option<&Bound<'_, PyAny>>,
    base: RetryPolicy,
) -> Given<RetryPolicy> {
    let policy = retry.map_or(Ok(base), parse_retry)?;
    match max_retries {
        Some(value) => Ok(RetryPolicy { max_retries: parse_max_retries(value)?, ..policy }),
        None => Ok(policy),
    }
}

fn parse_retry(value: &Bound<'_, PyAny>) -> Given<RetryPolicy> {
    let part = |name: &str| {
        value.getattr(name).map_err(|_| wrong("retry", "is not a sparkbot.Retry; the number of retries is max_retries=…"))
    };
    let seconds = |name: &str| {
        number(&part(name)?).ok_or_else(|| wrong(name, "is not a number of seconds")).and_then(|seconds| pause(name, seconds))
    };
    Ok(RetryPolicy {
        max_retries: parse_max_retries(&part("max_retries")?)?,
        initial_delay: seconds("initial_delay")?,
        max_delay: seconds("max_delay")?,
        max_retry_after: seconds("max_retry_after")?,
        budget: budget(&part("budget")?)?,
    })
}

fn parse_max_retries(value: &Bound<'_, PyAny>) -> Given<u32> {
    let count = if value.is_instance_of::<PyBool>() { None } else { value.extract::<u32>().ok() };
    count.ok_or_else(|| wrong("max_retries", "is not a whole number of retries; 0 sends each request once"))
}

fn budget(value: &Bound<'_, PyAny>) -> Given<Option<f64>> {
    if value.is_none() {
        return Ok(None);
    }
    match number(value).filter(|part| (0.0..=1.0).contains(part)) {
        Some(part) => Ok(Some(part)),
        None => Err(wrong("budget", "is not a part from 0 to 1, such as 0.2 for a retry in five calls; None sets no limit")),
    }
}

pub fn validate(value: &Bound<'_, PyAny>) -> Given<Validate> {
    match value.cast::<PyString>().map(|text| text.to_string_lossy().into_owned()).as_deref() {
        Ok("error") => Ok(Validate::Error),
        Ok("warn") => Ok(Validate::Warn),
        Ok("off") => Ok(Validate::Off),
        _ => Err(wrong("validate", "is none of \"error\", \"warn\" and \"off\"")),
    }
}

pub fn bad_unicode(value: &Bound<'_, PyAny>) -> Given<InvalidUnicode> {
    match value.cast::<PyString>().map(|text| text.to_string_lossy().into_owned()).as_deref() {
        Ok("replace") => Ok(InvalidUnicode::Replace),
        Ok("error") => Ok(InvalidUnicode::Error),
        _ => Err(wrong("on_bad_unicode", "is neither \"replace\" nor \"error\"")),
    }
}

pub(super) fn headers(value: &Bound<'_, PyAny>) -> Given<HeaderMap> {
    let not_a_dict = || wrong("headers", "is not a dict of texts");
    let mut headers = HeaderMap::new();
    for (name, value) in value.cast::<PyDict>().map_err(|_| not_a_dict())?.iter() {
        let (name, value): (String, String) =
            (name.extract().map_err(|_| not_a_dict())?, value.extract().map_err(|_| not_a_dict())?);
        let parsed = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| wrong("headers", &format!("has {name:?}, which is no header's name")))?;
        if matches!(parsed.as_str(), "token" | "authorization" | "host" | "content-length" | "transfer-encoding") {
            return Err(wrong("headers", &format!("has {name:?}, which the client sets itself; the key goes into api_key")));
        }
        // The value is not quoted: it may be a secret.
        let problem = format!("has a value for {name:?} with a character that no header may have");
        headers.insert(parsed, HeaderValue::from_str(&value).map_err(|_| wrong("headers", &problem))?);
    }
    Ok(headers)
}

fn number(value: &Bound<'_, PyAny>) -> Option<f64> {
    if value.is_instance_of::<PyBool>() { None } else { value.extract::<f64>().ok() }
}

fn duration(name: &str, seconds: f64) -> Given<Duration> {
    let made = Duration::try_from_secs_f64(seconds).ok().filter(|duration| !duration.is_zero() && seconds <= 86_400.0);
    made.ok_or_else(|| wrong(name, &format!("is {seconds}; give seconds above 0 and up to 86400")))
}

fn pause(name: &str, seconds: f64) -> Given<Duration> {
    let made = Duration::try_from_secs_f64(seconds).ok().filter(|_| seconds <= 86_400.0);
    made.ok_or_else(|| wrong(name, &format!("is {seconds}; give seconds from 0 to 86400")))
}

fn wrong(field: &str, problem: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("{field} {problem}")).with(|details| details.field = Some(field.to_owned()))
}
