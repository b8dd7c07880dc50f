//! Faults: what goes wrong on purpose, for which requests, how often.
//!
//! A fault is an object with a `kind` and these fields, all but the kind's own optional:
//!
//! | kind | fields of its own | what happens |
//! |---|---|---|
//! | `status` | `status`, `message`, `headers`, `body`, `executed` | the answer has this status; `body` replaces the error shape |
//! | `latency` | `seconds`, `executed` | the answer is late; the request ran before the wait unless `executed` is false |
//! | `reset` | `executed` | the connection is reset once the request has been read |
//! | `truncate` | `bytes` | the request runs, its answer breaks off after so many bytes (default half) |
//! | `rate_limit` | `per_second`, `retry_after`, `message` | 429 for what is above the rate |
//! | `offline` | `device`, `message` | the device's session is offline: 503 for what needs it |
//!
//! Any fault: `operation` (`contacts.upsert_metadata`, `chats.*`), `method`, `path` (a prefix, or a pattern with `*`),
//! `after` (let so many matching requests pass first), `count` (strike so often, then be gone). The first fault that
//! strikes decides the answer; waits add up. `offline` with an operation, method or path strikes those instead.

pub(crate) mod plan;
#[cfg(test)]
mod tests;

use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::api;
use crate::sandbox::faults::plan::{Action, FaultPlan};
use crate::sandbox::response::{ApiError, Response, usual_message};

/// What can go wrong.
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

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The fields that only this kind has; the first of them must be given where `needs_first`.
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

    fn needs_first(self) -> bool {
        !matches!(self, Self::Reset | Self::Truncate)
    }
}

const COMMON: &[&str] = &["kind", "operation", "method", "path", "count", "after"];

/// A fault as the caller describes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Spec {
    pub kind: FaultKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<indexmap::IndexMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_second: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

/// A fault that cannot be: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError(String);

impl std::fmt::Display for FaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "fault: {}", self.0)
    }
}

impl std::error::Error for FaultError {}

impl Spec {
    /// Reads and checks what the caller gave.
    pub fn read(given: Value) -> Result<Self, FaultError> {
        let Value::Object(mut given) = given else { return wrong("give an object with a kind") };
        given.retain(|_, value| !value.is_null());
        let known = || FaultKind::NAMES.map(|(name, _)| name).join(", ");
        let name = given.get("kind").and_then(Value::as_str).unwrap_or_default();
        let Some(kind) = FaultKind::named(name) else { return wrong(format!("kind is {name:?}; there are {}", known())) };
        check_names(kind, &given)?;
        let spec: Self = serde_json::from_value(Value::Object(given)).map_err(|error| FaultError(error.to_string()))?;
        spec.check()?;
        Ok(spec)
    }

    fn check(&self) -> Result<(), FaultError> {
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return wrong("status is not between 200 and 599");
        }
        if self.seconds.is_some_and(|seconds| !(0.0..=3600.0).contains(&seconds)) {
            return wrong("seconds is not between 0 and 3600");
        }
        if self.per_second.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
            return wrong("per_second is not above 0");
        }
        if self.retry_after.is_some_and(|seconds| !(seconds >= 0.0 && seconds.is_finite())) {
            return wrong("retry_after is below 0");
        }
        for (name, value) in self.headers.iter().flatten() {
            let legal = http::HeaderName::try_from(name).is_ok() && http::HeaderValue::try_from(value).is_ok();
            ensure(legal, || format!("headers has {name:?}, which cannot be sent"))?;
        }
        let operation = self.operation.as_deref().filter(|name| !name.contains('*'));
        ensure(operation.is_none_or(|name| api::operation(name).is_ok()), || {
            format!("operation is {:?}; there is no operation of this name", self.operation.as_deref().unwrap_or_default())
        })
    }

    /// Whether the fault says itself which requests it is about.
    fn is_aimed(&self) -> bool {
        self.operation.is_some() || self.method.is_some() || self.path.is_some()
    }

    fn matches(&self, request: &RequestFacts<'_>) -> bool {
        let named = |pattern: &String| request.operation.is_some_and(|name| like(pattern, name));
        self.operation.as_ref().is_none_or(named)
            && self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(request.method))
            && self.path.as_ref().is_none_or(|path| like_path(path, request.path))
            && (self.kind != FaultKind::Offline || self.concerns_device(request))
    }

    fn concerns_device(&self, request: &RequestFacts<'_>) -> bool {
        self.device.as_deref() == request.device && (request.needs_session || self.is_aimed())
    }
}

/// What a fault can look at.
#[derive(Debug, Clone, Copy)]
pub struct RequestFacts<'a> {
    pub operation: Option<&'a str>,
    pub method: &'a str,
    /// Under the base path, decoded.
    pub path: &'a str,
    pub device: Option<&'a str>,
    pub needs_session: bool,
}

/// A fault in force.
#[derive(Debug, Serialize)]
pub struct Fault {
    pub id: u64,
    #[serde(flatten)]
    spec: Spec,
    /// How many requests it could have struck, and how many it struck.
    matched: u64,
    struck: u64,
    #[serde(skip)]
    bucket: Option<Bucket>,
}

/// Calls that may still pass a rate limit.
#[derive(Debug)]
struct Bucket {
    calls: f64,
    at: Instant,
}

impl Fault {
    fn is_spent(&self) -> bool {
        self.spec.count.is_some_and(|count| self.struck >= count)
    }

    /// Whether the fault strikes this request; counts it if so.
    fn strikes(&mut self, request: &RequestFacts<'_>) -> bool {
        if self.is_spent() || !self.spec.matches(request) {
            return false;
        }
        self.matched += 1;
        let strikes = self.matched > self.spec.after.unwrap_or(0) && !self.has_room();
        self.struck += u64::from(strikes);
        strikes
    }

    /// Whether a rate limit lets one more call pass.
    fn has_room(&mut self) -> bool {
        let Some(rate) = self.spec.per_second else { return false };
        let (now, most) = (Instant::now(), rate.max(1.0));
        let bucket = self.bucket.get_or_insert(Bucket { calls: most, at: now });
        bucket.calls = (bucket.calls + rate * now.duration_since(bucket.at).as_secs_f64()).min(most);
        bucket.at = now;
        let room = bucket.calls >= 1.0;
        bucket.calls -= f64::from(u8::from(room));
        room
    }

    /// What becomes of a struck request; a wait is no end of it.
    fn action(&self, request: &RequestFacts<'_>) -> Option<Action> {
        let executed = self.spec.executed.unwrap_or(false);
        match self.spec.kind {
            FaultKind::Latency => None,
            FaultKind::Status => Some(Action::Answer { reply: self.answer(self.spec.status.unwrap_or(500)), executed }),
            FaultKind::RateLimit => Some(Action::Answer { reply: self.answer(429), executed: false }),
            FaultKind::Offline => {
                let message = self.spec.message.clone();
                let refusal = message.map_or_else(|| offline(request.operation), |message| ApiError::new(503, message));
                Some(Action::Answer { reply: refusal.into(), executed: false })
            }
            FaultKind::Reset => Some(Action::Reset { executed }),
            FaultKind::Truncate => Some(Action::Truncate { bytes: self.spec.bytes }),
        }
    }

    fn answer(&self, status: u16) -> Response {
        let message = self.spec.message.as_deref().unwrap_or(usual_message(status));
        let mut reply = Response::from(ApiError::new(status, message));
        if let Some(body) = &self.spec.body {
            reply.body = body.clone().into();
            let markup = body.trim_start().starts_with('<');
            reply.content_type = if markup { "text/html" } else { "text/plain; charset=utf-8" }.into();
        }
        if let Some(seconds) = self.spec.retry_after {
            reply = reply.with_header("retry-after", &seconds.to_string());
        }
        self.spec.headers.iter().flatten().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }
}

/// What the service says of an operation that needs a session which is not online.
pub fn offline(operation: Option<&str>) -> ApiError {
    let message = if operation == Some("session.sync") { "Session sync failed" } else { "Session is not connected" };
    ApiError::new(503, message)
}

/// The faults in force, in the order in which they were added.
#[derive(Debug, Default)]
pub struct Faults {
    faults: Vec<Fault>,
    added: u64,
}

impl Faults {
    pub fn add(&mut self, given: Value) -> Result<u64, FaultError> {
        let spec = Spec::read(given)?;
        self.added += 1;
        self.faults.push(Fault { id: self.added, spec, matched: 0, struck: 0, bucket: None });
        Ok(self.added)
    }

    pub fn remove(&mut self, id: u64) -> bool {
        let before = self.faults.len();
        self.faults.retain(|fault| fault.id != id);
        self.faults.len() < before
    }

    pub fn clear(&mut self) {
        self.faults.clear();
    }

    /// Those that can still strike.
    pub fn list(&self) -> Vec<&Fault> {
        self.faults.iter().filter(|fault| !fault.is_spent()).collect()
    }

    /// The devices that are kept offline.
    pub fn offline_devices(&self) -> Vec<String> {
        let offline = self.faults.iter().filter(|fault| fault.spec.kind == FaultKind::Offline && !fault.is_spent());
        offline.filter_map(|fault| fault.spec.device.clone()).collect()
    }

    /// What is to become of a request.
    pub fn plan(&mut self, request: &RequestFacts<'_>) -> FaultPlan {
        let mut plan = FaultPlan::default();
        for fault in &mut self.faults {
            let decides = fault.spec.kind != FaultKind::Latency;
            if (decides && plan.action.is_some()) || !fault.strikes(request) {
                continue;
            }
            plan.names.push(fault.spec.kind.name());
            plan.wait += std::time::Duration::from_secs_f64(fault.spec.seconds.unwrap_or(0.0));
            plan.waits_first |= !decides && fault.spec.executed == Some(false);
            plan.action = plan.action.or_else(|| fault.action(request));
        }
        self.faults.retain(|fault| !fault.is_spent());
        plan
    }
}

fn check_names(kind: FaultKind, given: &Map<String, Value>) -> Result<(), FaultError> {
    let fields = kind.fields();
    if let Some(unknown) = given.keys().find(|name| !COMMON.contains(&name.as_str()) && !fields.contains(&name.as_str())) {
        let known = [fields, COMMON.get(1..).unwrap_or_default()].concat().join(", ");
        return wrong(format!("a {} fault has no field `{unknown}`; it has {known}", kind.name()));
    }
    let first = fields.first().filter(|first| kind.needs_first() && !given.contains_key(**first));
    first.map_or(Ok(()), |first| wrong(format!("a {} fault needs the field `{first}`", kind.name())))
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), FaultError> {
    if holds { Ok(()) } else { Err(FaultError(problem())) }
}

fn wrong<T>(problem: impl Into<String>) -> Result<T, FaultError> {
    Err(FaultError(problem.into()))
}

/// A pattern with `*` must fit the whole path, any other is its beginning; both may be written with the base path.
fn like_path(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix(super::BASE_PATH).filter(|rest| rest.starts_with('/')).unwrap_or(pattern);
    if pattern.contains('*') { like(pattern, path) } else { path.starts_with(pattern) }
}

/// Whether `text` fits a pattern in which `*` is anything.
fn like(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    true
}
