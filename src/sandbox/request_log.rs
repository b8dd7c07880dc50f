//! The request log: the last requests as they were sent, without the API key.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::HeaderMap;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::sandbox::media::multipart;
use crate::sandbox::{query, timestamp};

/// Maximum number of requests kept.
const MAX_ENTRIES: usize = 10_000;
/// The largest body kept.
const MAX_BODY: usize = 1 << 20;
const MASK: &str = "***";

/// A request and its response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedRequest {
    pub index: u64,
    pub time: String,
    pub method: String,
    /// As sent, percent-encoded.
    pub path: String,
    pub query: Vec<(String, String)>,
    /// By lowercase name.
    pub headers: IndexMap<String, String>,
    /// JSON if it parses as JSON, else text; null without a body, or with one of more than a megabyte. For a form its
    /// fields, with name, type and size of a file instead of its content.
    pub body: Value,
    pub body_size: usize,
    /// Null until the response is sent, and if the connection was reset.
    pub status: Option<u16>,
    /// Name of the operation.
    pub operation: Option<String>,
    /// Names in the query that are no parameters of the operation.
    pub unknown_query: Vec<String>,
    /// Kinds of the faults that were applied, joined by `+`.
    pub fault: Option<String>,
    pub elapsed_ms: Option<f64>,
    /// Number of the TCP connection, counted from 1.
    pub connection: u64,
    /// The `X-Request-Id` of the response.
    pub request_id: String,
}

/// A request as it arrived.
#[derive(Debug)]
pub struct ReceivedRequest {
    pub method: String,
    pub path: String,
    pub query: String,
    /// Lines of `name: value`: one allocation, which keeps no buffer of the connection alive.
    headers: String,
    body: Box<[u8]>,
    body_size: usize,
    pub connection: u64,
    received_at: SystemTime,
}

impl ReceivedRequest {
    /// Copies what the log keeps of a request; `connection` numbers the TCP connections.
    pub fn new(method: &http::Method, uri: &http::Uri, headers: &HeaderMap, body: &Bytes, connection: u64) -> Self {
        let mut lines = String::with_capacity(256);
        for (name, value) in headers {
            lines.push_str(name.as_str());
            lines.push_str(": ");
            lines.push_str(&String::from_utf8_lossy(value.as_bytes()));
            lines.push('\n');
        }
        Self {
            method: method.as_str().to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers: lines,
            body: logged_body(headers, body),
            body_size: body.len(),
            connection,
            received_at: SystemTime::now(),
        }
    }
}

fn logged_body(headers: &HeaderMap, body: &Bytes) -> Box<[u8]> {
    let form = multipart::boundary(headers).and_then(|boundary| multipart::summarize(&boundary, body));
    let form = form.map(|form| form.to_string().into_bytes());
    let body = form.as_deref().unwrap_or(body);
    if body.len() > MAX_BODY { Box::default() } else { body.into() }
}

/// A log entry before it is rendered.
#[derive(Debug)]
struct Entry {
    received: ReceivedRequest,
    operation: Option<&'static str>,
    unknown_query: Vec<String>,
    fault: Option<String>,
    status: Option<u16>,
    elapsed: Option<Duration>,
}

/// Identifies the entry of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId {
    generation: u64,
    index: u64,
}

impl RequestId {
    /// The value of the response's `X-Request-Id` header.
    pub fn header_value(self) -> String {
        request_id(self.index)
    }
}

fn request_id(index: u64) -> String {
    format!("sandbox-{index:08}")
}

/// The last requests, in the order in which they arrived.
#[derive(Debug, Default)]
pub struct RequestLog {
    entries: VecDeque<Entry>,
    /// Number of entries dropped at the front.
    dropped: u64,
    /// Number of times the log was cleared: a request that began before records no outcome after it.
    generation: u64,
    /// Number of changes.
    revision: u64,
}

impl RequestLog {
    /// Records the start of a request; the oldest entry is dropped if the log is full.
    pub fn begin(
        &mut self,
        received: ReceivedRequest,
        operation: Option<&'static str>,
        unknown_query: Vec<String>,
        faults: &[&str],
    ) -> RequestId {
        if self.entries.len() == MAX_ENTRIES {
            self.entries.pop_front();
            self.dropped += 1;
        }
        self.revision += 1;
        let fault = (!faults.is_empty()).then(|| faults.join("+"));
        self.entries.push_back(Entry { received, operation, unknown_query, fault, status: None, elapsed: None });
        RequestId { generation: self.generation, index: self.recorded() - 1 }
    }

    /// Records the outcome of a request.
    pub fn end(&mut self, id: RequestId, status: Option<u16>, elapsed: Duration) {
        let index = id.index.checked_sub(self.dropped).and_then(|index| usize::try_from(index).ok());
        let entry = index.filter(|_| id.generation == self.generation).and_then(|index| self.entries.get_mut(index));
        if let Some(entry) = entry {
            entry.status = status;
            entry.elapsed = Some(elapsed);
            self.revision += 1;
        }
    }

    /// Forgets all requests; the end of one that is in flight is then ignored.
    pub fn clear(&mut self) {
        *self = Self { generation: self.generation + 1, revision: self.revision + 1, ..Self::default() };
    }

    /// Number of changes; equal revisions mean equal entries.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Number of requests since the log was cleared.
    pub fn recorded(&self) -> u64 {
        self.dropped + self.entries.len() as u64
    }

    /// The last entries, newest first, with `key` masked everywhere.
    pub fn newest(&self, count: usize, key: &str) -> Vec<RecordedRequest> {
        let newest = (0..self.recorded()).rev().zip(self.entries.iter().rev());
        newest.take(count).map(|(index, entry)| render(index, entry, key)).collect()
    }

    /// All entries, oldest first, with `key` masked everywhere.
    pub fn list(&self, key: &str) -> Vec<RecordedRequest> {
        (self.dropped..).zip(&self.entries).map(|(index, entry)| render(index, entry, key)).collect()
    }
}

fn render(index: u64, entry: &Entry, key: &str) -> RecordedRequest {
    let redact = |text: &str| text.replace(key, MASK);
    let received = &entry.received;
    let since = received.received_at.duration_since(UNIX_EPOCH).unwrap_or_default();
    RecordedRequest {
        index,
        time: timestamp::format(i64::try_from(since.as_millis()).unwrap_or_default()),
        method: received.method.clone(),
        path: redact(&received.path),
        query: query::pairs(&received.query)
            .iter()
            .map(|(name, value)| (redact(name), if name == "token" { MASK.to_owned() } else { redact(value) }))
            .collect(),
        headers: headers(&received.headers, redact),
        body: body(&redact(&String::from_utf8_lossy(&received.body))),
        body_size: received.body_size,
        status: entry.status,
        operation: entry.operation.map(str::to_owned),
        unknown_query: entry.unknown_query.clone(),
        fault: entry.fault.clone(),
        elapsed_ms: entry.elapsed.map(|elapsed| elapsed.as_secs_f64() * 1000.0),
        connection: received.connection,
        request_id: request_id(index),
    }
}

/// Keys other than the sandbox's are masked too: one may be the key of another service.
fn headers(lines: &str, redact: impl Fn(&str) -> String) -> IndexMap<String, String> {
    let mut headers = IndexMap::new();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(": ")) {
        let value = match name {
            "token" => MASK.to_owned(),
            "authorization" if value.starts_with("Bearer ") => format!("Bearer {MASK}"),
            "authorization" => MASK.to_owned(),
            _ => redact(value),
        };
        let joined: &mut String = headers.entry(name.to_owned()).or_default();
        *joined = if joined.is_empty() { value } else { format!("{joined}, {value}") };
    }
    headers
}

fn body(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { serde_json::from_str(text).unwrap_or_else(|_| text.into()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn received(target: &str, body: &'static str) -> ReceivedRequest {
        let headers = [("token", "other-key"), ("authorization", "Bearer other-key"), ("x-note", "my secret-key")];
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        ReceivedRequest::new(&http::Method::GET, &target.parse().unwrap(), &headers, &Bytes::from_static(body.as_bytes()), 1)
    }

    #[test]
    fn no_key_is_logged() {
        let mut log = RequestLog::default();
        log.begin(received("/v1/secret-key?token=other-key&a=secret-key", r#"{"a":"secret-key"}"#), None, vec![], &[]);
        let listed = log.list("secret-key");
        let text = serde_json::to_string(&listed).unwrap();
        assert!(!text.contains("secret-key") && !text.contains("other-key"), "{text}");
        assert_eq!(listed[0].headers["authorization"], "Bearer ***");
        assert_eq!(listed[0].body, serde_json::json!({"a": "***"}));
    }

    #[test]
    fn a_cleared_log_ignores_earlier_requests() {
        let mut log = RequestLog::default();
        let early = log.begin(received("/", ""), None, vec![], &[]);
        log.clear();
        log.begin(received("/", "text"), None, vec![], &["latency", "reset"]);
        log.end(early, Some(200), Duration::ZERO);
        let listed = log.list("k");
        assert_eq!((listed[0].status, listed[0].index, listed[0].fault.as_deref()), (None, 0, Some("latency+reset")));
        assert_eq!(listed[0].body, "text");
    }
}
