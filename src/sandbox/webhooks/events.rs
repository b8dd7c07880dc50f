//! What happens, told to webhooks: who hears of it, what they are told, and the log of the deliveries.

use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::Response;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery::device_of;
use crate::sandbox::state::store::{Document, known_fields, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Entries of a webhook's log that are kept.
const KEPT: usize = 500;
/// Failures in a row after which a webhook is given up.
const FAILURES: u64 = 12;

/// What operations that change something tell, by how their name begins. Sessions: `session_changed`.
const TOLD_OF: &[(&str, &str, &str)] = &[
    ("chats.", "chat:update", "chat"),
    ("contacts.", "contact:update", "contact"),
    ("groups.", "group:update", "group"),
    ("messages.", "message:update", "message"),
    ("user_status.", "status:update", "status"),
];

/// What an event is about.
#[derive(Debug, Clone)]
pub struct Subject {
    pub object: &'static str,
    pub id: String,
}

impl Subject {
    pub fn message(message: &Document) -> Self {
        Self { object: "message", id: text_at(message, "id").unwrap_or_default().to_owned() }
    }

    pub fn chat(chat: &Document) -> Self {
        Self { object: "chat", id: text_at(chat, "wid").unwrap_or_default().to_owned() }
    }
}

/// What to tell one webhook: one thing, or a list of the same kind.
#[derive(Debug, Clone)]
pub struct Job {
    pub webhook: String,
    pub url: String,
    pub event: &'static str,
    pub device: String,
    pub subjects: Vec<Subject>,
    pub body: String,
}

impl Job {
    /// Whether this is a list that has room for another's entry.
    pub fn takes(&self, other: &Self, most: usize) -> bool {
        let is_same = (&self.webhook, self.event, &self.device) == (&other.webhook, other.event, &other.device);
        is_same && self.body.starts_with('[') && self.subjects.len() + other.subjects.len() <= most
    }

    /// Puts another list's entries behind those of this one.
    pub fn append(&mut self, other: Self) {
        self.body.truncate(self.body.len().saturating_sub(1));
        self.body.push(',');
        self.body.push_str(other.body.strip_prefix('[').unwrap_or(&other.body));
        self.subjects.extend(other.subjects);
    }
}

/// What came of one attempt.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Answered {
        status: u16,
        kind: String,
        body: String,
    },
    /// No answer, and why.
    Failed(String),
    /// Not tried, and why.
    Refused(String),
}

impl Outcome {
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Answered { status: 200..=209, .. })
    }
}

/// What is to be told, and what was.
#[derive(Debug, Default)]
pub struct WebhookLog {
    pending: Vec<Job>,
    logs: HashMap<String, VecDeque<Document>>,
    told: u64,
    logged: u64,
}

impl WebhookLog {
    pub fn take_pending(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.pending)
    }

    /// A webhook's log, the newest entry first.
    pub fn log(&self, webhook: &str) -> impl Iterator<Item = &Document> {
        self.logs.get(webhook).into_iter().flatten()
    }
}

/// Tells every webhook that listens to the event; `data` is asked for only where one does.
pub fn tell(
    world: &mut AccountState,
    event: &'static str,
    device: &str,
    subject: Subject,
    data: impl FnOnce(&AccountState) -> Value,
) {
    let listeners: Vec<(String, String)> = world.store.all("webhooks").filter_map(|hook| listener(hook, event, device)).collect();
    if listeners.is_empty() {
        return;
    }
    world.hooks.told += 1;
    let id = format!("5e{:022x}", world.hooks.told);
    let body = envelope(world, &id, event, device, &subject, data(world)).to_string();
    for (webhook, url) in listeners {
        let (device, subjects, body) = (device.to_owned(), vec![subject.clone()], body.clone());
        world.hooks.pending.push(Job { webhook, url, event, device, subjects, body });
    }
}

/// Id and address of a webhook that is to hear of the event.
fn listener(hook: &Document, event: &str, device: &str) -> Option<(String, String)> {
    let events = hook.get("events").and_then(Value::as_array)?;
    let only = text_at(hook, "device").or_else(|| text_at(hook, "device.id"));
    let listens = text_at(hook, "status") == Some("active")
        && events.iter().any(|one| one.as_str() == Some(event))
        && only.is_none_or(|only| only == device);
    listens.then_some((text_at(hook, "id")?.to_owned(), text_at(hook, "url")?.to_owned()))
}

/// What is posted. Sent and failed messages are told as bare lists.
fn envelope(world: &AccountState, id: &str, event: &str, device: &str, subject: &Subject, data: Value) -> Value {
    if data.is_array() {
        return data;
    }
    let ack = data.get("ack").filter(|_| event == "message:out:ack").cloned();
    let mut envelope = json!({
        "id": id, "object": subject.object, "event": event, "created": timestamp::milliseconds() / 1000,
        "device": device_of(world, device), "data": data,
    });
    if let (Some(ack), Some(fields)) = (ack, envelope.as_object_mut()) {
        fields.insert("ack".to_owned(), ack);
    }
    envelope
}

/// Tells of what an operation has changed.
pub fn tell_of_call(world: &mut AccountState, call: &Call, reply: &Response) {
    let name = call.operation.name.as_str();
    let Some((_, event, object)) = TOLD_OF.iter().find(|(prefix, ..)| name.starts_with(prefix)) else { return };
    if call.operation.method == http::Method::GET || reply.status >= 300 {
        return;
    }
    let told: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    // A call that makes something has its id only in the answer.
    let made = told.get("id").and_then(Value::as_str).filter(|_| call.id() == call.device());
    let subject = Subject { object, id: made.unwrap_or(call.id()).to_owned() };
    tell(world, event, call.device(), subject, |_| told);
}

/// The state of the session that an operation may change.
pub fn session(world: &AccountState, call: &Call) -> Option<String> {
    let device = call.operation.name.starts_with("session.").then(|| world.store.get("devices", "", call.device()))?;
    device.map(|device| world.session_status(device).to_owned())
}

/// Tells that a device's session is in another state.
pub fn tell_of_session(world: &mut AccountState, call: &Call, before: Option<String>) {
    if before.is_some() && session(world, call) != before {
        tell_of_device(world, call.device());
    }
}

/// Tells of a device whose session has changed.
pub fn tell_of_device(world: &mut AccountState, device: &str) {
    let subject = Subject { object: "device", id: device.to_owned() };
    tell(world, "number:session", device, subject, |world| {
        let found = world.store.get("devices", "", device);
        found.map(|device| serializers::device(world, device).into()).unwrap_or_default()
    });
}

/// Notes what came of an attempt.
pub fn note(world: &mut AccountState, job: &Job, attempt: usize, outcome: &Outcome, milliseconds: u64) {
    let Some(hook) = world.store.get_mut("webhooks", "", &job.webhook) else { return };
    note_in_webhook(hook, attempt, outcome);
    let entry = log_entry(world, job, outcome, milliseconds);
    let log = world.hooks.logs.entry(job.webhook.clone()).or_default();
    log.push_front(entry);
    log.truncate(KEPT);
    if outcome.is_taken() {
        set_webhook_status(world, job, "success");
    }
}

fn note_in_webhook(hook: &mut Document, attempt: usize, outcome: &Outcome) {
    let moment = timestamp::now();
    hook.insert("lastRunAt".to_owned(), moment.clone().into());
    if attempt > 0 {
        hook.insert("lastRetryAt".to_owned(), moment.clone().into());
    }
    let earlier = hook.get("retries").and_then(Value::as_u64).unwrap_or(0);
    match outcome {
        // An address that is never tried says nothing about who is there.
        Outcome::Refused(_) => {}
        outcome if outcome.is_taken() => {
            hook.insert("retries".to_owned(), 0.into());
        }
        _ => {
            hook.insert("retries".to_owned(), (earlier + 1).into());
            hook.insert("lastFailureAt".to_owned(), moment.into());
        }
    }
}

fn log_entry(world: &mut AccountState, job: &Job, outcome: &Outcome, milliseconds: u64) -> Document {
    world.hooks.logged += 1;
    let (code, message, status, kind, body) = match outcome {
        Outcome::Answered { status, kind, body } => {
            ("answered", format!("The answer was {status}"), Some(*status), Some(kind), Some(body))
        }
        Outcome::Failed(problem) => ("failed", problem.clone(), None, None, None),
        Outcome::Refused(problem) => ("refused", problem.clone(), None, None, None),
    };
    let subject = job.subjects.first();
    let entry = json!({
        "id": format!("5f{:022x}", world.hooks.logged),
        "webhook": {"id": job.webhook, "url": job.url},
        "createdAt": timestamp::now(),
        "event": if outcome.is_taken() { "delivery" } else { "error" },
        "code": code, "message": message,
        "objectId": subject.map(|subject| &subject.id), "objectType": subject.map(|subject| subject.object), "objectEvent": job.event, "deviceId": job.device,
        "body": job.body,
        "responseTime": milliseconds, "responseStatus": status, "responseType": kind, "responseBody": body,
    });
    known_fields(entry)
}

/// All attempts have failed. After too many failures in a row nothing is told to the webhook until it is enabled again.
pub fn give_up(world: &mut AccountState, job: &Job) {
    set_webhook_status(world, job, "failed");
    let Some(hook) = world.store.get_mut("webhooks", "", &job.webhook) else { return };
    if hook.get("retries").and_then(Value::as_u64).is_some_and(|failures| failures >= FAILURES) {
        hook.insert("status".to_owned(), "failed".into());
    }
}

/// Notes in outbound messages whether their webhook heard of them.
fn set_webhook_status(world: &mut AccountState, job: &Job, status: &str) {
    for subject in &job.subjects {
        if let Some(message) = world.store.get_mut("outbound", "", &subject.id) {
            message.insert("webhookStatus".to_owned(), status.into());
        }
    }
}
