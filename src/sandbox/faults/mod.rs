//! Faults: errors, delays and broken connections that tests inject into matching requests.
//!
//! A fault is an object with a `kind` and these fields:
//!
//! | kind | its own fields | effect |
//! |---|---|---|
//! | `status` | `status`, `message`, `headers`, `body`, `executed` | the response has this status; `body` replaces the error object |
//! | `latency` | `seconds`, `executed` | the response is delayed; with `executed` false the request runs after the delay |
//! | `reset` | `executed` | the connection is reset once the request has been read |
//! | `truncate` | `bytes` | the request runs, and its response ends after that many bytes (default: half) |
//! | `rate_limit` | `per_second`, `retry_after`, `message` | 429 for requests above the rate |
//! | `offline` | `device`, `message` | the device's session is offline: 503 for operations that need it |
//!
//! Fields of every kind: `operation` (`contacts.upsert_metadata`, `chats.*`), `method`, `path` (a prefix, or a pattern with
//! `*`), `after` (skip that many matching requests), `count` (apply that often, then expire). The first fault that
//! applies determines the response; delays add up. `offline` with an operation, method or path applies to those
//! requests instead.

pub(crate) mod plan;
#[cfg(test)]
mod tests;

use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::api;
use crate::sandbox::faults::plan::{FaultAction, FaultPlan};
use crate::sandbox::options::BASE_PATH;
use crate::sandbox::response::{ApiError, Response, default_message};
use crate::sandbox::state::document::{Document, without_nulls};

/// The kind of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    Status,
    Latency,
    Reset,
    Truncate,
    RateLimit,
    Offline,
}

impl FaultKind {
    const NAMES: [(&'static str, FaultKind); 6] = [
        ("status", FaultKind::Status),
        ("latency", FaultKind::Latency),
        ("reset", FaultKind::Reset),
        ("truncate", FaultKind::Truncate),
        ("rate_limit", FaultKind::RateLimit),
        ("offline", FaultKind::Offline),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The fields that only this kind has.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Status => &["status", "message", "headers", "body", "executed"],
            Self::Latency => &["seconds", "executed"],
            Self::Reset => &["executed"],
            Self::Truncate => &["bytes"],
            Self::RateLimit => &["per_second", "retry_after", "message"],
            Self::Offline => &["device", "message"],
        }
    }

    /// The field that this kind requires.
    fn required_field(self) -> Option<&'static str> {
        if matches!(self, Self::Reset | Self::Truncate) { None } else { self.fields().first().copied() }
    }
}

/// Fields of every kind.
const COMMON_FIELDS: &[&str] = &["kind", "operation", "method", "path", "count", "after"];

/// The definition of a fault.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Spec {
    pub kind: FaultKind,
    pub operation: Option<String>,
    pub method: Option<String>,
    pub path: Option<String>,
    pub count: Option<u64>,
    pub after: Option<u64>,
    pub status: Option<u16>,
    pub message: Option<String>,
    pub headers: Option<indexmap::IndexMap<String, String>>,
    pub body: Option<String>,
    pub executed: Option<bool>,
    pub seconds: Option<f64>,
    pub bytes: Option<usize>,
    pub per_second: Option<f64>,
    pub retry_after: Option<f64>,
    pub device: Option<String>,
}

/// An invalid fault: the field, and the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError(String);

impl std::fmt::Display for FaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "fault: {}", self.0)
    }
}

impl std::error::Error for FaultError {}

impl Spec {
    /// Parses and validates a fault.
    pub fn from_json(fault: Value) -> Result<Self, FaultError> {
        let Value::Object(mut fields) = fault else { return invalid("give an object with a kind") };
        fields.retain(|_, value| !value.is_null());
        let name = fields.get("kind").and_then(Value::as_str).unwrap_or_default();
        let Some(kind) = FaultKind::from_name(name) else {
            let kinds = FaultKind::NAMES.map(|(name, _)| name).join(", ");
            return invalid(format!("kind is {name:?}; there are {kinds}"));
        };
        validate_fields(kind, &fields)?;
        let spec: Self = serde_json::from_value(Value::Object(fields)).map_err(|error| FaultError(error.to_string()))?;
        spec.validate()?;
        Ok(spec)
    }

    fn validate(&self) -> Result<(), FaultError> {
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return invalid("status is not between 200 and 599");
        }
        if self.seconds.is_some_and(|seconds| !(0.0..=3600.0).contains(&seconds)) {
            return invalid("seconds is not between 0 and 3600");
        }
        if self.per_second.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
            return invalid("per_second is not above 0");
        }
        if self.retry_after.is_some_and(|seconds| !(seconds >= 0.0 && seconds.is_finite())) {
            return invalid("retry_after is below 0");
        }
        for (name, value) in self.headers.iter().flatten() {
            let is_valid = http::HeaderName::try_from(name).is_ok() && http::HeaderValue::try_from(value).is_ok();
            require(is_valid, || format!("headers has {name:?}, which cannot be sent"))?;
        }
        let operation = self.operation.as_deref().filter(|name| !name.contains('*'));
        require(operation.is_none_or(|name| api::operation(name).is_ok()), || {
            format!("operation is {:?}; there is no operation of this name", self.operation.as_deref().unwrap_or_default())
        })
    }

    /// Whether the fault has an operation, method or path of its own.
    fn has_target(&self) -> bool {
        self.operation.is_some() || self.method.is_some() || self.path.is_some()
    }

    fn matches(&self, request: &RequestFacts<'_>) -> bool {
        let has_name = |pattern: &String| request.operation.is_some_and(|name| matches_glob(pattern, name));
        self.operation.as_ref().is_none_or(has_name)
            && self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(request.method))
            && self.path.as_ref().is_none_or(|path| matches_path(path, request.path))
            && (self.kind != FaultKind::Offline || self.matches_device(request))
    }

    fn matches_device(&self, request: &RequestFacts<'_>) -> bool {
        self.device.as_deref() == request.device && (request.needs_session || self.has_target())
    }
}

/// The facts of a request that faults match against.
#[derive(Debug, Clone, Copy)]
pub struct RequestFacts<'a> {
    pub operation: Option<&'a str>,
    pub method: &'a str,
    /// Decoded, without the base path.
    pub path: &'a str,
    pub device: Option<&'a str>,
    pub needs_session: bool,
}

/// An active fault.
#[derive(Debug, Serialize)]
pub struct Fault {
    pub id: u64,
    #[serde(flatten)]
    spec: Spec,
    /// Number of matching requests, and of those that the fault was applied to.
    matched: u64,
    struck: u64,
    #[serde(skip)]
    bucket: Option<TokenBucket>,
}

/// Tokens of a rate limit: one for each request, refilled at `rate` per second.
#[derive(Debug)]
struct TokenBucket {
    rate: f64,
    tokens: f64,
    refilled_at: Instant,
}

impl TokenBucket {
    fn new(rate: f64) -> Self {
        Self { rate, tokens: rate.max(1.0), refilled_at: Instant::now() }
    }

    fn try_acquire(&mut self) -> bool {
        let now = Instant::now();
        let refilled = self.rate * now.duration_since(self.refilled_at).as_secs_f64();
        self.tokens = (self.tokens + refilled).min(self.rate.max(1.0));
        self.refilled_at = now;
        let acquired = self.tokens >= 1.0;
        self.tokens -= f64::from(u8::from(acquired));
        acquired
    }
}

impl Fault {
    fn is_exhausted(&self) -> bool {
        self.spec.count.is_some_and(|count| self.struck >= count)
    }

    /// Whether the fault applies to this request, which is counted.
    fn applies_to(&mut self, request: &RequestFacts<'_>) -> bool {
        if self.is_exhausted() || !self.spec.matches(request) {
            return false;
        }
        self.matched += 1;
        let applies = self.matched > self.spec.after.unwrap_or(0) && !self.is_within_rate();
        self.struck += u64::from(applies);
        applies
    }

    /// Whether a rate limit admits one more request.
    fn is_within_rate(&mut self) -> bool {
        let Some(rate) = self.spec.per_second else { return false };
        self.bucket.get_or_insert_with(|| TokenBucket::new(rate)).try_acquire()
    }

    /// How a request ends; a delay alone does not end it.
    fn action(&self, request: &RequestFacts<'_>) -> Option<FaultAction> {
        let executed = self.spec.executed.unwrap_or(false);
        match self.spec.kind {
            FaultKind::Latency => None,
            FaultKind::Status => {
                Some(FaultAction::Respond { response: self.response(self.spec.status.unwrap_or(500)), executed })
            }
            FaultKind::RateLimit => Some(FaultAction::Respond { response: self.response(429), executed: false }),
            FaultKind::Offline => {
                let message = self.spec.message.clone();
                let error = message.map_or_else(|| ApiError::offline(request.operation), |message| ApiError::new(503, message));
                Some(FaultAction::Respond { response: error.into(), executed: false })
            }
            FaultKind::Reset => Some(FaultAction::Reset { executed }),
            FaultKind::Truncate => Some(FaultAction::Truncate { bytes: self.spec.bytes }),
        }
    }

    fn response(&self, status: u16) -> Response {
        let message = self.spec.message.as_deref().unwrap_or(default_message(status));
        let mut response = Response::from(ApiError::new(status, message));
        if let Some(body) = &self.spec.body {
            response.body = body.clone().into();
            let is_html = body.trim_start().starts_with('<');
            response.content_type = if is_html { "text/html" } else { "text/plain; charset=utf-8" }.into();
        }
        if let Some(seconds) = self.spec.retry_after {
            response = response.with_header("retry-after", &seconds.to_string());
        }
        self.spec.headers.iter().flatten().fold(response, |response, (name, value)| response.with_header(name, value))
    }
}

/// The active faults, in the order in which they were added.
#[derive(Debug, Default)]
pub struct Faults {
    faults: Vec<Fault>,
    added: u64,
}

impl Faults {
    /// Adds a fault and returns its id.
    pub fn add(&mut self, fault: Value) -> Result<u64, FaultError> {
        let spec = Spec::from_json(fault)?;
        self.added += 1;
        self.faults.push(Fault { id: self.added, spec, matched: 0, struck: 0, bucket: None });
        Ok(self.added)
    }

    /// Removes a fault; false if there is none with this ID.
    pub fn remove(&mut self, id: u64) -> bool {
        let before = self.faults.len();
        self.faults.retain(|fault| fault.id != id);
        self.faults.len() < before
    }

    /// Removes all faults; IDs are not reused.
    pub fn clear(&mut self) {
        self.faults.clear();
    }

    /// The faults that still apply.
    pub fn list(&self) -> Vec<Document> {
        let active = self.faults.iter().filter(|fault| !fault.is_exhausted());
        active.filter_map(|fault| serde_json::to_value(fault).ok()).map(without_nulls).collect()
    }

    /// The devices that faults keep offline.
    pub fn offline_devices(&self) -> Vec<String> {
        let offline = self.faults.iter().filter(|fault| fault.spec.kind == FaultKind::Offline && !fault.is_exhausted());
        offline.filter_map(|fault| fault.spec.device.clone()).collect()
    }

    /// Plans what happens to a request, and counts it.
    pub fn plan(&mut self, request: &RequestFacts<'_>) -> FaultPlan {
        let mut plan = FaultPlan::default();
        for fault in &mut self.faults {
            let is_delay = fault.spec.kind == FaultKind::Latency;
            if (!is_delay && plan.action.is_some()) || !fault.applies_to(request) {
                continue;
            }
            plan.names.push(fault.spec.kind.name());
            plan.delay += std::time::Duration::from_secs_f64(fault.spec.seconds.unwrap_or(0.0));
            plan.delay_first |= is_delay && fault.spec.executed == Some(false);
            plan.action = plan.action.or_else(|| fault.action(request));
        }
        self.faults.retain(|fault| !fault.is_exhausted());
        plan
    }
}

fn validate_fields(kind: FaultKind, fields: &Map<String, Value>) -> Result<(), FaultError> {
    let own = kind.fields();
    let is_known = |name: &str| COMMON_FIELDS.contains(&name) || own.contains(&name);
    if let Some(unknown) = fields.keys().find(|name| !is_known(name)) {
        let known = [own, COMMON_FIELDS.get(1..).unwrap_or_default()].concat().join(", ");
        return invalid(format!("a {} fault has no field `{unknown}`; it has {known}", kind.name()));
    }
    let missing = kind.required_field().filter(|field| !fields.contains_key(*field));
    missing.map_or(Ok(()), |field| invalid(format!("a {} fault needs the field `{field}`", kind.name())))
}

fn require(condition: bool, problem: impl FnOnce() -> String) -> Result<(), FaultError> {
    if condition { Ok(()) } else { Err(FaultError(problem())) }
}

fn invalid<T>(problem: impl Into<String>) -> Result<T, FaultError> {
    Err(FaultError(problem.into()))
}

/// Whether a path matches: a pattern with `*` as a whole, any other as a prefix. The base path may be included.
fn matches_path(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix(BASE_PATH).filter(|rest| rest.starts_with('/')).unwrap_or(pattern);
    if pattern.contains('*') { matches_glob(pattern, path) } else { path.starts_with(pattern) }
}

/// Whether `text` matches a pattern in which `*` stands for any text.
fn matches_glob(pattern: &str, text: &str) -> bool {
    let Some((prefix, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(prefix) else { return false };
    let (middle, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some((_, after)) = text.split_once(part) else { return false };
        text = after;
    }
    text.ends_with(suffix)
}
