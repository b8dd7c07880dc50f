//! The journal: the last requests, as they were on the wire, without the key.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::HeaderMap;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::sandbox::media::multipart;
use crate::sandbox::query;
use crate::sandbox::timestamp;

/// How many requests are kept.
pub const KEPT: usize = 10_000;
/// The largest body that is kept.
const KEPT_BODY: usize = 1 << 20;
const MASK: &str = "***";

/// A request and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedRequest {
    pub index: u64,
    pub time: String,
    pub method: String,
    /// As it was on the wire.
    pub path: String,
    pub query: Vec<(String, String)>,
    /// By lower-case name.
    pub headers: IndexMap<String, String>,
    /// JSON where it is JSON, else text; null where there was none, or one of more than a megabyte. Of a form its
    /// fields, with name, type and size of a file in place of its content.
    pub body: Value,
    pub body_size: usize,
    /// Null until the request is answered, and where the connection was reset.
    pub status: Option<u16>,
    /// Name of the row.
    pub operation: Option<String>,
    /// Names in the query that the row does not have.
    pub unknown_query: Vec<String>,
    /// Kinds of the faults that struck, joined by `+`.
    pub fault: Option<String>,
    pub elapsed_ms: Option<f64>,
    /// Number of the TCP connection, counted from 1.
    pub connection: u64,
    /// The `X-Request-Id` of the answer.
    pub request_id: String,
}

/// A request as it arrived.
#[derive(Debug)]
pub struct ReceivedRequest {
    pub method: String,
    pub path: String,
    pub query: String,
    /// Lines of `name: value`: one allocation, and none of the connection's buffers is kept alive.
    headers: String,
    body: Box<[u8]>,
    body_size: usize,
    pub connection: u64,
    at: SystemTime,
}

impl ReceivedRequest {
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
            body: kept(headers, body),
            body_size: body.len(),
            connection,
            at: SystemTime::now(),
        }
    }
}

fn kept(headers: &HeaderMap, body: &Bytes) -> Box<[u8]> {
    let form = multipart::boundary(headers).and_then(|boundary| multipart::described(&boundary, body));
    let described = form.map(|form| form.to_string().into_bytes());
    let kept = described.as_deref().unwrap_or(body);
    if kept.len() > KEPT_BODY { Box::default() } else { kept.into() }
}

/// An entry before anybody has asked for it.
#[derive(Debug)]
struct Entry {
    received: ReceivedRequest,
    operation: Option<&'static str>,
    unknown_query: Vec<String>,
    fault: Option<String>,
    status: Option<u16>,
    elapsed: Option<Duration>,
}

/// Where the outcome of a request is to be noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId {
    era: u64,
    index: u64,
}

impl RequestId {
    /// The answer's `X-Request-Id`.
    pub fn request_id(self) -> String {
        request_id(self.index)
    }
}

fn request_id(index: u64) -> String {
    format!("sandbox-{index:08}")
}

/// The last requests.
#[derive(Debug, Default)]
pub struct RequestLog {
    entries: VecDeque<Entry>,
    /// How many entries have left at the front.
    forgotten: u64,
    /// How often the journal was cleared: a request that began before notes nothing in the new one.
    era: u64,
}

impl RequestLog {
    pub fn begin(
        &mut self,
        received: ReceivedRequest,
        operation: Option<&'static str>,
        unknown_query: Vec<String>,
        faults: &[&str],
    ) -> RequestId {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
            self.forgotten += 1;
        }
        let fault = (!faults.is_empty()).then(|| faults.join("+"));
        self.entries.push_back(Entry { received, operation, unknown_query, fault, status: None, elapsed: None });
        RequestId { era: self.era, index: self.forgotten + self.entries.len() as u64 - 1 }
    }

    /// Notes how a request ended.
    pub fn end(&mut self, ticket: RequestId, status: Option<u16>, elapsed: Duration) {
        let place = ticket.index.checked_sub(self.forgotten).and_then(|place| usize::try_from(place).ok());
        let entry = place.filter(|_| ticket.era == self.era).and_then(|place| self.entries.get_mut(place));
        if let Some(entry) = entry {
            entry.status = status;
            entry.elapsed = Some(elapsed);
        }
    }

    pub fn clear(&mut self) {
        *self = Self { era: self.era + 1, ..Self::default() };
    }

    /// All entries, oldest first; `key` is masked wherever it is.
    pub fn list(&self, key: &str) -> Vec<RecordedRequest> {
        (self.forgotten..).zip(&self.entries).map(|(index, entry)| recorded(index, entry, key)).collect()
    }
}

fn recorded(index: u64, entry: &Entry, key: &str) -> RecordedRequest {
    let hide = |text: &str| text.replace(key, MASK);
    let received = &entry.received;
    let since = received.at.duration_since(UNIX_EPOCH).unwrap_or_default();
    RecordedRequest {
        index,
        time: timestamp::written(i64::try_from(since.as_millis()).unwrap_or_default()),
        method: received.method.clone(),
        path: hide(&received.path),
        query: query::pairs(&received.query)
            .iter()
            .map(|(name, value)| (hide(name), masked(name, "token", hide(value))))
            .collect(),
        headers: headers(&received.headers, hide),
        body: body(&hide(&String::from_utf8_lossy(&received.body))),
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

/// A wrong key is hidden too: it may be the right one of some other service.
fn masked(name: &str, secret: &str, value: String) -> String {
    if name == secret { MASK.to_owned() } else { value }
}

fn headers(lines: &str, hide: impl Fn(&str) -> String) -> IndexMap<String, String> {
    let mut headers = IndexMap::new();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(": ")) {
        let value = match name {
            "token" => MASK.to_owned(),
            "authorization" if value.starts_with("Bearer ") => format!("Bearer {MASK}"),
            "authorization" => MASK.to_owned(),
            _ => hide(value),
        };
        let known: &mut String = headers.entry(name.to_owned()).or_default();
        *known = if known.is_empty() { value } else { format!("{known}, {value}") };
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
    fn no_key_is_in_the_journal() {
        let mut journal = RequestLog::default();
        journal.begin(received("/v1/secret-key?token=other-key&a=secret-key", r#"{"a":"secret-key"}"#), None, vec![], &[]);
        let listed = journal.list("secret-key");
        let text = serde_json::to_string(&listed).unwrap();
        assert!(!text.contains("secret-key") && !text.contains("other-key"), "{text}");
        assert_eq!(listed[0].headers["authorization"], "Bearer ***");
        assert_eq!(listed[0].body, serde_json::json!({"a": "***"}));
    }

    #[test]
    fn only_the_last_requests_are_kept() {
        let mut journal = RequestLog::default();
        let tickets: Vec<_> = (0..KEPT + 5).map(|_| journal.begin(received("/", ""), None, vec![], &[])).collect();
        for ticket in &tickets {
            journal.end(*ticket, Some(200), Duration::ZERO);
        }
        let listed = journal.list("k");
        assert_eq!((listed.len(), listed[0].index, listed[KEPT - 1].index), (KEPT, 5, KEPT as u64 + 4));
        assert!(listed.iter().all(|request| request.status == Some(200)));
    }

    #[test]
    fn a_request_from_before_the_clearing_notes_nothing_after_it() {
        let mut journal = RequestLog::default();
        let early = journal.begin(received("/", ""), None, vec![], &[]);
        journal.clear();
        journal.begin(received("/", "text"), None, vec![], &["latency", "reset"]);
        journal.end(early, Some(200), Duration::ZERO);
        let listed = journal.list("k");
        assert_eq!((listed[0].status, listed[0].index, listed[0].fault.as_deref()), (None, 0, Some("latency+reset")));
        assert_eq!(listed[0].body, "text");
    }
}
