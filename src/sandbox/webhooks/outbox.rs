//! Deliveries that are not dispatched yet, and the options that make them late, repeated or batched.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::events::{EventSubject, WebhookEvent};
use crate::sandbox::timestamp;
use crate::sandbox::webhooks::signing::{Signature, Signing};

/// The longest list of events that the service is known to post.
const MAX_BATCH: usize = 25;
const MAX_COPIES: usize = 10;

/// How webhooks are delivered.
#[derive(Debug, Clone, Copy)]
pub struct WebhookDeliveryOptions {
    /// How often each delivery is posted.
    pub copies: usize,
    /// Whether the newest delivery is posted first.
    pub reverse: bool,
    /// Maximum number of sent or failed messages in one delivery.
    pub batch: usize,
}

impl Default for WebhookDeliveryOptions {
    fn default() -> Self {
        Self { copies: 1, reverse: false, batch: 1 }
    }
}

impl WebhookDeliveryOptions {
    /// Parses the options of deliveries; 400 for an unknown field or a value out of range.
    pub fn from_json(options: &Value) -> Result<Self, ApiError> {
        let invalid = |field: &str, problem: &str| ApiError::new(400, format!("webhooks: {field} {problem}"));
        let Value::Object(fields) = options else { return Err(ApiError::new(400, "webhooks: must be an object")) };
        if let Some(unknown) = fields.keys().find(|name| !["copies", "reverse", "batch"].contains(&name.as_str())) {
            return Err(invalid(unknown, "is unknown; the fields are copies, reverse, batch"));
        }
        let count = |field: &str, max: usize| {
            let count = fields.get(field).map_or(Some(1), Value::as_u64).and_then(|count| usize::try_from(count).ok());
            count.filter(|count| (1..=max).contains(count)).ok_or_else(|| invalid(field, &format!("is not between 1 and {max}")))
        };
        let reverse = fields.get("reverse").map_or(Some(false), Value::as_bool);
        let reverse = reverse.ok_or_else(|| invalid("reverse", "is not true or false"))?;
        Ok(Self { copies: count("copies", MAX_COPIES)?, reverse, batch: count("batch", MAX_BATCH)? })
    }

    /// Whether deliveries wait for the next drain: order and batches need several events.
    fn is_deferred(self) -> bool {
        self.reverse || self.batch > 1
    }

    fn arrange(self, mut deliveries: Vec<WebhookDelivery>) -> Vec<WebhookDelivery> {
        if self.reverse {
            deliveries.reverse();
        }
        let mut batches: Vec<WebhookDelivery> = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            match batches.iter_mut().rev().find(|batch| batch.can_append(&delivery, self.batch)) {
                Some(batch) => batch.append(delivery),
                None => batches.push(delivery),
            }
        }
        batches.into_iter().flat_map(|batch| std::iter::repeat_n(batch, self.copies)).collect()
    }
}

/// One POST to one webhook: an event, or a list of events of the same name.
#[derive(Debug, Clone)]
pub struct WebhookDelivery {
    pub webhook: String,
    pub url: String,
    pub event: &'static str,
    pub device: String,
    pub subjects: Vec<EventSubject>,
    pub body: String,
    pub signature: Option<Signature>,
}

impl WebhookDelivery {
    fn can_append(&self, other: &Self, max: usize) -> bool {
        let is_same = (&self.webhook, self.event, &self.device) == (&other.webhook, other.event, &other.device);
        is_same && self.body.starts_with('[') && self.subjects.len() + other.subjects.len() <= max
    }

    /// Appends the entries of another list.
    fn append(&mut self, other: Self) {
        self.body.truncate(self.body.len().saturating_sub(1));
        self.body.push(',');
        self.body.push_str(other.body.strip_prefix('[').unwrap_or(&other.body));
        self.subjects.extend(other.subjects);
    }
}

/// Deliveries in the order of their events.
#[derive(Debug, Default)]
pub struct WebhookOutbox {
    pub options: WebhookDeliveryOptions,
    /// Signs deliveries; nothing is signed by default.
    pub signing: Option<Signing>,
    pending: Vec<WebhookDelivery>,
    events: u64,
}

impl WebhookOutbox {
    /// Creates a delivery for each subscriber of an event.
    pub fn push(&mut self, state: &AccountState, event: WebhookEvent) {
        self.events += 1;
        let WebhookEvent { name, device, subject, data, subscribers } = event;
        let id = event_id(name, &subject, self.events);
        let body = envelope(state, &id, name, &device, &subject, data).to_string();
        self.pending.extend(subscribers.into_iter().map(|subscriber| WebhookDelivery {
            webhook: subscriber.webhook,
            url: subscriber.url,
            event: name,
            device: device.clone(),
            subjects: vec![subject.clone()],
            body: body.clone(),
            signature: None,
        }));
    }

    /// Removes and returns the deliveries to dispatch now: none while the options defer them.
    pub fn take_ready(&mut self) -> Vec<WebhookDelivery> {
        if self.options.is_deferred() { Vec::new() } else { self.take_all() }
    }

    /// Removes and returns all deliveries, deferred ones too.
    pub fn take_all(&mut self) -> Vec<WebhookDelivery> {
        let mut deliveries = self.options.arrange(std::mem::take(&mut self.pending));
        for delivery in &mut deliveries {
            delivery.signature = self.signing.as_ref().map(|signing| signing.sign(&delivery.body));
        }
        deliveries
    }
}

/// The id of an event. That of a new received message is the id of the message, as in the captured ones.
fn event_id(name: &str, subject: &EventSubject, number: u64) -> String {
    if name == "message:in:new" { subject.id.clone() } else { format!("5e{number:022x}") }
}

/// The body of a delivery. Sent and failed messages are posted as lists without an envelope.
fn envelope(state: &AccountState, id: &str, event: &str, device: &str, subject: &EventSubject, data: Value) -> Value {
    if data.is_array() {
        return data;
    }
    let ack = data.get("ack").filter(|_| event == "message:out:ack").cloned();
    let mut envelope = json!({
        "id": id, "object": subject.object, "event": event, "created": timestamp::now_millis() / 1000,
        "device": serializers::device_summary(state, device), "data": data,
    });
    if let (Some(ack), Some(fields)) = (ack, envelope.as_object_mut()) {
        fields.insert("ack".to_owned(), ack);
    }
    envelope
}
