//! The steps of a message: it leaves the queue, it arrives, or it comes to nothing.

use serde_json::{Value, json};

use crate::sandbox::handlers::{campaigns, phone_lookup};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery::conversation;
use crate::sandbox::state::delivery::conversation::NewMessage;
use crate::sandbox::state::delivery::{STEP, Step, act, can_send, due, store};
use crate::sandbox::state::store::{Document, object_in, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::webhooks::events;
use crate::sandbox::webhooks::events::Subject;

pub fn take(world: &mut AccountState, id: &str, step: Step, now: i64) {
    let Some(message) = world.store.get("outbound", "", id).cloned() else { return };
    match (step, text_at(&message, "status").unwrap_or_default()) {
        (Step::Leave, "queued") => leave(world, message, now),
        (Step::Arrive, "sent") => arrive(world, message, now),
        (Step::Expire, "queued") => fail(world, message, "expired"),
        _ => {}
    }
}

fn leave(world: &mut AccountState, message: Document, now: i64) {
    let text = |name| text_at(&message, name).unwrap_or_default().to_owned();
    let (id, device) = (text("id"), text("device"));
    if let Some(moment) = due(&message).filter(|moment| *moment > now) {
        return world.outbox.start(moment, &id, Step::Leave);
    }
    if !can_send(world, &device) {
        return world.outbox.held.entry(device).or_default().push(id);
    }
    if text_at(&message, "phone").is_some_and(|phone| !phone_lookup::is_in_use(phone)) {
        return fail(world, message, "number:notfound");
    }
    send(world, message, now);
    world.outbox.start(now + STEP, &id, Step::Arrive);
}

fn send(world: &mut AccountState, mut message: Document, now: i64) {
    let moment = timestamp::written(now);
    let content = conversation::content(&message);
    let in_chat = conversation::add(world, &NewMessage { flow: "outbound", ack: "sent", content });
    for (field, value) in [("status", "sent"), ("deliveryStatus", "sent"), ("sentAt", &moment), ("processedAt", &moment)] {
        message.insert(field.to_owned(), value.into());
    }
    message.insert("waId".to_owned(), in_chat.get("id").cloned().unwrap_or_default());
    note(&mut message, "sent", &moment);
    store(world, message.clone());
    act(world, &message);
    let device = text_at(&message, "device").unwrap_or_default();
    events::tell(world, "message:out:new", device, Subject::message(&in_chat), |world| conversation::told(world, &in_chat));
    let update = list_entry(&message, "message:out:sent", &moment);
    events::tell(world, "message:out:sent", device, Subject::message(&message), |_| update);
    if let Some("reaction") = text_at(&message, "type") {
        events::tell(world, "message:reaction", device, Subject::message(&in_chat), |world| conversation::told(world, &in_chat));
    }
    campaigns::note(world, &message);
}

fn arrive(world: &mut AccountState, mut message: Document, now: i64) {
    let moment = timestamp::written(now);
    message.insert("status".to_owned(), "delivered".into());
    message.insert("deliveryStatus".to_owned(), "delivered".into());
    note(&mut message, "delivered", &moment);
    store(world, message.clone());
    let device = text_at(&message, "device").unwrap_or_default();
    let in_chat = text_at(&message, "waId").and_then(|id| world.store.get_mut("messages", device, id));
    if let Some(in_chat) = in_chat {
        in_chat.insert("ack".to_owned(), "delivered".into());
        note(in_chat, "delivered", &moment);
        let in_chat = in_chat.clone();
        events::tell(world, "message:out:ack", device, Subject::message(&message), |world| conversation::told(world, &in_chat));
    }
    campaigns::note(world, &message);
}

fn fail(world: &mut AccountState, mut message: Document, reason: &str) {
    let moment = timestamp::now();
    for (field, value) in [("status", "failed"), ("deliveryStatus", "failed"), ("failureReason", reason), ("failedAt", &moment)] {
        message.insert(field.to_owned(), value.into());
    }
    if reason == "expired" {
        message.insert("expiredAt".to_owned(), moment.clone().into());
    }
    note(&mut message, "failed", &moment);
    store(world, message.clone());
    let update = list_entry(&message, "message:out:failed", &moment);
    let device = text_at(&message, "device").unwrap_or_default();
    events::tell(world, "message:out:failed", device, Subject::message(&message), |_| update);
    campaigns::note(world, &message);
}

/// Notes among a message's events when something happened to it.
fn note(message: &mut Document, event: &str, moment: &str) {
    if let Some(events) = object_in(message, "events") {
        events.insert(event.to_owned(), json!({"date": moment}));
    }
}

/// What `message:out:sent` and `message:out:failed` tell: entries in a list.
fn list_entry(message: &Document, event: &str, moment: &str) -> Value {
    let id = text_at(message, "id").unwrap_or_default();
    let user = message.get("user").cloned().unwrap_or_default();
    json!([{"event": event, "date": moment, "entity": "message", "entityId": id, "entityUrl": format!("/v1/messages/{id}"), "user": user, "data": message}])
}
