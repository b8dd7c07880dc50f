//! The steps of an outbound message: sent, delivered, failed.

use serde_json::{Value, json};

use crate::sandbox::delivery::conversation::NewMessage;
use crate::sandbox::delivery::schedule::{Schedule, ScheduledStep, Step};
use crate::sandbox::delivery::{actions, conversation, reactions};
use crate::sandbox::handlers::{campaigns, phone_lookup, serializers};
use crate::sandbox::state::document::{Document, entry_object, str_at, strings_at};
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::state::{AccountState, outbound};
use crate::sandbox::timestamp;

/// Milliseconds between two steps of a message.
pub const STEP_INTERVAL: i64 = 50;

/// Runs a step, unless the message was deleted or has left the status that the step applies to.
pub fn run(state: &mut AccountState, schedule: &mut Schedule, step: &ScheduledStep, now: i64) {
    let Some(message) = state.store.get("outbound", "", &step.message).cloned() else { return };
    match (step.step, str_at(&message, "status").unwrap_or_default()) {
        (Step::Send, "queued") => try_send(state, schedule, message, now),
        (Step::Deliver, "sent") => acknowledge(state, message, "delivered", now),
        (Step::Expire, "queued") => fail(state, message, "expired"),
        _ => {}
    }
}

fn try_send(state: &mut AccountState, schedule: &mut Schedule, message: Document, now: i64) {
    let [id, device] = strings_at(&message, ["id", "device"]);
    if let Some(due) = outbound::deliver_at(&message).filter(|due| *due > now) {
        return schedule.add(due, &id, Step::Send);
    }
    if !outbound::can_send(state, &device) {
        return schedule.hold(device, id);
    }
    if str_at(&message, "phone").is_some_and(|phone| !phone_lookup::is_in_use(phone)) {
        return fail(state, message, "number:notfound");
    }
    send(state, message, now);
    schedule.add(now + STEP_INTERVAL, &id, Step::Deliver);
}

/// Sends a message.
pub fn send(state: &mut AccountState, mut message: Document, now: i64) {
    let date = timestamp::format(now);
    let content = conversation::content(&message);
    let chat_message = conversation::add(state, &NewMessage { flow: "outbound", ack: "sent", content });
    for (field, value) in [("status", "sent"), ("deliveryStatus", "sent"), ("sentAt", &date), ("processedAt", &date)] {
        message.insert(field.to_owned(), value.into());
    }
    message.insert("waId".to_owned(), chat_message.get("id").cloned().unwrap_or_default());
    set_event_date(&mut message, "sent", &date);
    outbound::save(state, message.clone());
    actions::apply(state, &message);
    let device = str_at(&message, "device").unwrap_or_default();
    let subject = EventSubject::message(&chat_message);
    state.record_webhook_event("message:out:new", device, subject, |state| serializers::event_data(state, &chat_message));
    let entries = list_event(&message, "message:out:sent", &date);
    state.record_webhook_event("message:out:sent", device, EventSubject::message(&message), |_| entries);
    if let Some((target, emoji)) = str_at(&message, "reactionMessage").zip(str_at(&message, "reaction")) {
        let own = str_at(&chat_message, "from").unwrap_or_default();
        reactions::set(state, (device, target), own, emoji);
    }
    campaigns::record_progress(state, &message);
}

/// Records that a message was delivered, read or played.
pub fn acknowledge(state: &mut AccountState, mut message: Document, ack: &str, now: i64) {
    let date = timestamp::format(now);
    let status = if ack == "delivered" { ack } else { "read" };
    message.insert("status".to_owned(), status.into());
    message.insert("deliveryStatus".to_owned(), ack.into());
    set_event_date(&mut message, ack, &date);
    outbound::save(state, message.clone());
    let device = str_at(&message, "device").unwrap_or_default();
    let chat_message = str_at(&message, "waId").and_then(|id| state.store.get_mut("messages", device, id));
    if let Some(chat_message) = chat_message {
        chat_message.insert("ack".to_owned(), ack.into());
        set_event_date(chat_message, ack, &date);
        let chat_message = chat_message.clone();
        let subject = EventSubject::message(&message);
        state.record_webhook_event("message:out:ack", device, subject, |state| serializers::event_data(state, &chat_message));
    }
    campaigns::record_progress(state, &message);
}

/// Records that a message failed, and why.
pub fn fail(state: &mut AccountState, mut message: Document, reason: &str) {
    let date = timestamp::now();
    for (field, value) in [("status", "failed"), ("deliveryStatus", "failed"), ("failureReason", reason), ("failedAt", &date)] {
        message.insert(field.to_owned(), value.into());
    }
    if reason == "expired" {
        message.insert("expiredAt".to_owned(), date.clone().into());
    }
    set_event_date(&mut message, "failed", &date);
    outbound::save(state, message.clone());
    let entries = list_event(&message, "message:out:failed", &date);
    let device = str_at(&message, "device").unwrap_or_default();
    state.record_webhook_event("message:out:failed", device, EventSubject::message(&message), |_| entries);
    campaigns::record_progress(state, &message);
}

/// Sets the date in a message's `events`.
fn set_event_date(message: &mut Document, event: &str, date: &str) {
    if let Some(events) = entry_object(message, "events") {
        events.insert(event.to_owned(), json!({"date": date}));
    }
}

/// The data of `message:out:sent` and `message:out:failed`: a list of entries.
fn list_event(message: &Document, event: &str, date: &str) -> Value {
    let id = str_at(message, "id").unwrap_or_default();
    let user = message.get("user").cloned().unwrap_or_default();
    json!([{"event": event, "date": date, "entity": "message", "entityId": id, "entityUrl": format!("/v1/messages/{id}"), "user": user, "data": message}])
}
