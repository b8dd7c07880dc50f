//! Devices as answers show them: settings, session, queue, subscription and counts.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers::{metrics, settings};
use crate::sandbox::state::document::{Document, entry_object, fill, str_at, value_at, without_nulls};
use crate::sandbox::state::schemas::EPOCH;
use crate::sandbox::state::{AccountState, facts};
use crate::sandbox::timestamp;

/// Capacity of a device's queue.
const QUEUE_CAPACITY: usize = 10_000;
/// The plan of a device that names none: one with chats.
const DEFAULT_PLAN: &str = "io-professional";
/// The version of a device that names none.
const VERSION: u32 = 2;
const YEAR: i64 = 365 * timestamp::DAY;

/// A device with everything that the account knows about it.
pub fn device(state: &AccountState, document: &Document) -> Document {
    let mut device = document.clone();
    let id = str_at(document, "id").unwrap_or_default();
    device.insert("queue".to_owned(), queue(state, document));
    device.insert("session".to_owned(), session(state, document));
    let usage = metrics::usage(state, id);
    fill(
        &mut device,
        json!({
            "user": facts::device_owner(state, document), "plan": plan(document), "connector": "web", "version": VERSION, "description": "", "agents": [], "logs": [],
            "quickReplies": {"entries": entries(state, "quick_replies", id)}, "labels": {"entries": entries(state, "labels", id)},
            "groupChats": {"lastSyncAt": value_at(document, "session.lastSyncAt"), "count": entries(state, "groups", id).len()},
            "billing": {"subscription": subscription(document, &usage)}, "stats": metrics::stats(&usage), "links": links(id),
        }),
    );
    fill(&mut device, settings::of_device());
    if document.contains_key("phone") {
        fill(&mut device, of_phone(document, id));
    }
    if let Some(metrics) = entry_object(&mut device, "metrics") {
        metrics.extend(metrics::metrics(state, id));
    }
    device
}

fn entries<'a>(state: &'a AccountState, collection: &str, device: &str) -> Vec<&'a Document> {
    state.store.documents(collection, device).into_iter().flat_map(|documents| documents.values()).collect()
}

/// The current session of a device.
pub fn session(state: &AccountState, device: &Document) -> Value {
    let mut session = device.get("session").and_then(Value::as_object).cloned().unwrap_or_default();
    session.insert("status".to_owned(), state.session_status(device).into());
    let uptime = session.get("uptime").cloned().unwrap_or_default();
    fill(
        &mut session,
        json!({
            "uptimeOnline": uptime, "appVersion": "2.3000.0", "newNumber": false, "linkedDevices": 1, "screenLock": false,
            "chatLock": false, "logs": [],
        }),
    );
    session.into()
}

/// The queue of a device.
pub fn queue(state: &AccountState, device: &Document) -> Value {
    let queued = state.store.documents("queue", str_at(device, "id").unwrap_or_default());
    let size = queued.map_or(0, |messages| messages.len());
    let scheduled = queued.into_iter().flatten().filter(|(_, message)| message.contains_key("deliverAt")).count();
    json!({
        "size": size,
        "total": size,
        "available": QUEUE_CAPACITY.saturating_sub(size),
        "status": str_at(device, "queue.status").unwrap_or("active"),
        "statusUpdatedAt": str_at(device, "queue.statusUpdatedAt").or_else(|| str_at(device, "createdAt")),
        "messages": size - scheduled,
        "scheduled": scheduled,
    })
}

/// The device as messages and webhook events embed it.
pub fn summary(state: &AccountState, id: &str) -> Value {
    let Some(device) = state.store.get("devices", "", id) else { return Value::Null };
    let [phone, alias, version] = ["phone", "alias", "version"].map(|name| device.get(name));
    let mut summary = without_nulls(json!({"id": id, "phone": phone, "alias": alias, "plan": plan(device), "version": version}));
    fill(&mut summary, json!({"version": VERSION}));
    summary.into()
}

fn plan(device: &Document) -> &str {
    ["plan", "billing.subscription.plan"].iter().find_map(|path| str_at(device, path)).unwrap_or(DEFAULT_PLAN)
}

/// The product of a plan is in its name.
fn product(plan: &str) -> &'static str {
    match plan.split_once('-') {
        Some(("io", _)) => "io",
        Some((_, "agent")) => "agent",
        _ => "gateway",
    }
}

fn subscription(device: &Document, usage: &metrics::Usage<'_>) -> Value {
    let (plan, created) = (plan(device), str_at(device, "createdAt"));
    json!({
        "plan": plan, "planCode": plan, "product": product(plan), "status": "active", "isTrial": false, "createdAt": created,
        "startsAt": created, "startedAt": created, "updatedAt": created, "changedAt": created,
        "endsAt": timestamp::format(EPOCH + 10 * YEAR), "usage": metrics::billed(usage),
    })
}

/// What a device with a phone shows: its profile, and the phone itself.
fn of_phone(device: &Document, id: &str) -> Value {
    let synced = value_at(device, "session.lastSyncAt");
    let name = str_at(device, "alias").filter(|alias| !alias.is_empty()).or_else(|| str_at(device, "phone"));
    json!({
        "profile": {
            "name": name, "info": "", "status": "", "lastSyncAt": synced, "imagePath": format!("/v1/devices/{id}/profile/image"),
        },
        "info": {
            "updatedAt": synced, "language": "en", "deviceless": true, "name": name, "isBusiness": true, "waVersion": "2.3000.0",
            "platform": {"name": "android", "version": "14"},
        },
    })
}

/// The requests that concern a device.
fn links(id: &str) -> Value {
    let path = |end: &str| json!({"method": "GET", "url": format!("/v1/devices/{id}{end}")});
    json!({
        "device": path(""), "scan": path("/scan"), "sync": path("/sync"), "health": path("/health"),
        "profileImage": path("/profile/image"), "messages": {"method": "GET", "url": format!("/v1/messages?devices={id}")},
    })
}
