//! Outbound messages and the queues of devices.
//!
//! Every message is in `outbound`; while it is queued it is in its device's `queue` too. Each change that affects
//! when a message is sent is recorded as an event for the delivery simulator.

use crate::sandbox::state::document::{Document, str_at, strings_at};
use crate::sandbox::state::events::MessageEvent;
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;

/// Adds a message to the queue of its device.
pub fn enqueue(state: &mut AccountState, mut message: Document) -> Document {
    let [id] = strings_at(&message, ["id"]);
    message.insert("status".to_owned(), "queued".into());
    save(state, message.clone());
    state.record_message_event(MessageEvent::Queued { id });
    message
}

/// Saves a message, also in the queue of its device while it is queued.
pub fn save(state: &mut AccountState, message: Document) {
    let [id, device, status] = strings_at(&message, ["id", "device", "status"]);
    if status == "queued" {
        state.store.upsert(&schemas::QUEUE, &device, &id, message.clone());
    } else {
        state.store.remove("queue", &device, &id);
    }
    state.store.upsert(&schemas::OUTBOUND, "", &id, message);
}

/// Replaces a queued message.
pub fn change(state: &mut AccountState, earlier: &Document, message: Document) {
    let ([id, device], [earlier_device]) = (strings_at(&message, ["id", "device"]), strings_at(earlier, ["device"]));
    let rescheduled = deliver_at(&message) != deliver_at(earlier) || device != earlier_device;
    state.store.remove("queue", &earlier_device, &id);
    save(state, message);
    state.record_message_event(MessageEvent::Changed { id, rescheduled });
}

/// Removes a message from the outbound messages and from its queue.
pub fn remove(state: &mut AccountState, id: &str) -> Option<Document> {
    let message = state.store.remove("outbound", "", id)?;
    state.store.remove("queue", str_at(&message, "device")?, id);
    Some(message)
}

/// Moves all queued messages of a device to the queue of another.
pub fn route(state: &mut AccountState, device: &str, target: &str) {
    for (id, mut message) in state.store.drain_owner("queue", device) {
        message.insert("device".to_owned(), target.into());
        save(state, message);
        state.record_message_event(MessageEvent::Routed { id });
    }
}

/// When a scheduled message is due, in milliseconds since 1970.
pub fn deliver_at(message: &Document) -> Option<i64> {
    timestamp::parse(str_at(message, "deliverAt")?)
}

/// Whether a device's session is online and its queue is not paused.
pub fn can_send(state: &AccountState, device: &str) -> bool {
    let Some(device) = state.store.get("devices", "", device) else { return false };
    state.session_status(device) == "online" && matches!(queue_status(device), "active" | "reject")
}

/// The status of a device's queue; `active` if none was set.
pub fn queue_status(device: &Document) -> &str {
    str_at(device, "queue.status").unwrap_or("active")
}

/// The wid of the receiver.
pub fn receiver_wid(message: &Document) -> String {
    let phone = str_at(message, "phone").map(wid_of_phone);
    let other = || ["group", "channel", "chat"].iter().find_map(|name| str_at(message, name)).map(str::to_owned);
    phone.or_else(other).unwrap_or_default()
}
