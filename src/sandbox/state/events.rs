//! Events that changes to the account cause. Handlers and the delivery simulator record them; the app applies them:
//! message events reschedule deliveries, webhook events are posted to the webhooks that subscribe to them.

use serde_json::Value;

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::store::Store;

/// A change to an outbound message that affects when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageEvent {
    /// The message is in the queue of its device.
    Queued { id: String },
    /// The queued message changed; `rescheduled` if its device or its delivery time did.
    Changed { id: String, rescheduled: bool },
    /// The message moved to the queue of another device.
    Routed { id: String },
}

/// An event with its subscribers at the time it happened.
#[derive(Debug)]
pub struct WebhookEvent {
    pub name: &'static str,
    pub device: String,
    pub subject: EventSubject,
    pub data: Value,
    pub subscribers: Vec<Subscriber>,
}

/// The object that an event is about.
#[derive(Debug, Clone)]
pub struct EventSubject {
    pub object: &'static str,
    pub id: String,
}

impl EventSubject {
    /// A message, by its ID.
    pub fn message(message: &Document) -> Self {
        Self { object: "message", id: str_at(message, "id").unwrap_or_default().to_owned() }
    }

    /// A chat, by its wid.
    pub fn chat(chat: &Document) -> Self {
        Self { object: "chat", id: str_at(chat, "wid").unwrap_or_default().to_owned() }
    }
}

/// A webhook that receives an event.
#[derive(Debug, Clone)]
pub struct Subscriber {
    pub webhook: String,
    pub url: String,
}

/// The active webhooks that subscribe to an event of a device.
pub fn subscribers(store: &Store, event: &str, device: &str) -> Vec<Subscriber> {
    store.all("webhooks").filter_map(|webhook| subscriber(webhook, event, device)).collect()
}

/// The webhook, if it is active and subscribes to an event of a device.
pub fn subscriber(webhook: &Document, event: &str, device: &str) -> Option<Subscriber> {
    let events = webhook.get("events").and_then(Value::as_array)?;
    let filter = str_at(webhook, "device").or_else(|| str_at(webhook, "device.id"));
    let subscribes = str_at(webhook, "status") == Some("active")
        && events.iter().any(|name| name.as_str() == Some(event))
        && filter.is_none_or(|filter| filter == device);
    subscribes.then_some(Subscriber { webhook: str_at(webhook, "id")?.to_owned(), url: str_at(webhook, "url")?.to_owned() })
}
