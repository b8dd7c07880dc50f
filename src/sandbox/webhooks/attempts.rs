//! Delivery attempts: their log entries, and what they change in the webhook and in the messages that it reports.

use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, without_nulls};
use crate::sandbox::timestamp;
use crate::sandbox::webhooks::outbox::WebhookDelivery;

/// Consecutive failures after which a webhook is disabled.
const MAX_FAILURES: u64 = 12;

/// The outcome of one attempt.
#[derive(Debug, PartialEq)]
pub enum AttemptOutcome {
    Response {
        status: u16,
        content_type: String,
        body: String,
    },
    /// No response, and why.
    Failed(String),
    /// Not sent, and why.
    Rejected(String),
}

impl AttemptOutcome {
    /// Whether the receiver accepted the delivery: its status is 200 to 209.
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Response { status: 200..=209, .. })
    }

    /// Whether another attempt cannot change the outcome.
    pub fn is_final(&self) -> bool {
        self.is_success() || matches!(self, Self::Rejected(_))
    }
}

/// Records an attempt in the webhook's document and log.
pub fn record(state: &mut AccountState, delivery: &WebhookDelivery, attempt: usize, outcome: &AttemptOutcome, elapsed: Duration) {
    let Some(webhook) = state.store.get_mut("webhooks", "", &delivery.webhook) else { return };
    update_webhook(webhook, attempt, outcome);
    let entry = log_entry(&state.webhook_log.new_id(), delivery, outcome, elapsed);
    state.webhook_log.push(&delivery.webhook, entry);
    if outcome.is_success() {
        set_webhook_status(state, delivery, "success");
    }
}

fn update_webhook(webhook: &mut Document, attempt: usize, outcome: &AttemptOutcome) {
    let now = timestamp::now();
    webhook.insert("lastRunAt".to_owned(), now.clone().into());
    if attempt > 0 {
        webhook.insert("lastRetryAt".to_owned(), now.clone().into());
    }
    let failures = webhook.get("retries").and_then(Value::as_u64).unwrap_or(0);
    match outcome {
        // Nothing was sent, so this is no failure of the receiver.
        AttemptOutcome::Rejected(_) => {}
        outcome if outcome.is_success() => {
            webhook.insert("retries".to_owned(), 0.into());
        }
        _ => {
            webhook.insert("retries".to_owned(), (failures + 1).into());
            webhook.insert("lastFailureAt".to_owned(), now.into());
        }
    }
}

fn log_entry(id: &str, delivery: &WebhookDelivery, outcome: &AttemptOutcome, elapsed: Duration) -> Document {
    let (code, message, status, content_type, body) = match outcome {
        AttemptOutcome::Response { status, content_type, body } => {
            ("responded", format!("The status was {status}"), Some(*status), Some(content_type), Some(body))
        }
        AttemptOutcome::Failed(problem) => ("failed", problem.clone(), None, None, None),
        AttemptOutcome::Rejected(problem) => ("refused", problem.clone(), None, None, None),
    };
    let subject = delivery.subjects.first();
    without_nulls(json!({
        "id": id,
        "webhook": {"id": delivery.webhook, "url": delivery.url},
        "createdAt": timestamp::now(),
        "event": if outcome.is_success() { "delivery" } else { "error" },
        "code": code,
        "message": message,
        "objectId": subject.map(|subject| &subject.id),
        "objectType": subject.map(|subject| subject.object),
        "objectEvent": delivery.event,
        "deviceId": delivery.device,
        "body": delivery.body,
        "responseTime": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        "responseStatus": status,
        "responseType": content_type,
        "responseBody": body,
    }))
}

/// Records that every attempt failed; disables the webhook after too many consecutive failures.
pub fn record_failure(state: &mut AccountState, delivery: &WebhookDelivery) {
    set_webhook_status(state, delivery, "failed");
    let Some(webhook) = state.store.get_mut("webhooks", "", &delivery.webhook) else { return };
    if webhook.get("retries").and_then(Value::as_u64).is_some_and(|failures| failures >= MAX_FAILURES) {
        webhook.insert("status".to_owned(), "failed".into());
    }
}

/// Sets the `webhookStatus` of the outbound messages that a delivery is about.
fn set_webhook_status(state: &mut AccountState, delivery: &WebhookDelivery, status: &str) {
    for subject in &delivery.subjects {
        if let Some(message) = state.store.get_mut("outbound", "", &subject.id) {
            message.insert("webhookStatus".to_owned(), status.into());
        }
    }
}
