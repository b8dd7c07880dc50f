//! Outbound messages, campaigns and their contacts, and webhooks, as answers show them.
//!
//! The filters of lists keep the older names of states, under which documents are stored; answers have those of the
//! service's own definitions.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers::device;
use crate::sandbox::handlers::serializers::message::{kind, name_options};
use crate::sandbox::media::mime_types;
use crate::sandbox::query::Query;
use crate::sandbox::state::document::{Document, fill, str_at, value_at};
use crate::sandbox::state::{AccountState, facts};

/// Field, stored state, and state in answers.
const OUTBOUND_STATES: &[(&str, &str, &str)] = &[
    ("status", "sent", "processed"),
    ("status", "delivered", "processed"),
    ("status", "read", "processed"),
    ("status", "pending", "queued"),
    ("deliveryStatus", "pending", "queued"),
    ("webhookStatus", "success", "notified"),
];

/// An outbound message.
pub fn outbound(state: &AccountState, document: &Document) -> Document {
    let mut message = facts::public_message(document);
    for (field, stored, shown) in OUTBOUND_STATES {
        if str_at(document, field) == Some(stored) {
            message.insert((*field).to_owned(), (*shown).into());
        }
    }
    message.insert("type".to_owned(), kind(document).into());
    let device = str_at(document, "device").and_then(|id| state.store.get("devices", "", id));
    fill(
        &mut message,
        json!({
            "user": device.map(|device| facts::device_owner(state, device)), "entity": "message", "waType": "chat", "flow": "out", "source": "api", "priority": "normal", "sendReadAck": false,
            "retentionPolicy": "plan_defaults", "deliveryOptions": {"previewUrl": true},
            "retry": {"max": 25, "delay": 0, "count": 0},
        }),
    );
    add_content(&mut message);
    message
}

fn add_content(message: &mut Document) {
    if let Some(poll) = message.get_mut("poll").and_then(Value::as_object_mut) {
        name_options(poll);
        fill(poll, json!({"multiple": false}));
    }
    if let Some(forwarded) = value_at(message, "forward.message").cloned() {
        message.insert("forward".to_owned(), forwarded);
    }
    let kind = kind(message).to_owned();
    let Some(media) = message.get_mut("media").and_then(Value::as_object_mut) else { return };
    let mime = str_at(media, "filename").or_else(|| str_at(media, "url")).and_then(mime_types::from_filename);
    let kind = match kind.as_str() {
        "voice" => "audio",
        kind @ ("image" | "video" | "audio") => kind,
        _ => "document",
    };
    fill(media, json!({"kind": kind, "format": "native", "viewOnce": false, "mime": mime}));
}

/// An outbound message with the fields that the query includes.
pub fn outbound_with(state: &AccountState, message: &Document, query: &Query) -> Document {
    let mut serialized = outbound(state, message);
    for value in query.get("include").unwrap_or_default() {
        let included = match value.as_str() {
            "device" => Some(device::summary(state, str_at(message, "device").unwrap_or_default())),
            "agent" => str_at(message, "agent").and_then(|id| state.store.get("users", "", id)).map(|user| user.clone().into()),
            _ => message.get(value).cloned(),
        };
        included.into_iter().for_each(|included| drop(serialized.insert(value.clone(), included)));
    }
    serialized
}

/// A campaign with statistics instead of its contacts.
pub fn campaign(state: &AccountState, document: &Document) -> Document {
    let contacts = facts::campaign_contacts(document);
    let count = |field: &str, value: &str| contacts.iter().filter(|contact| str_at(contact, field) == Some(value)).count();
    let (delivered, failed) = (count("status", "delivered"), count("status", "failed"));
    let stats = json!({
        "total": contacts.len(), "processed": delivered + failed, "delivered": delivered, "read": count("ack", "read"),
        "failed": failed, "excluded": count("status", "excluded"), "invalid": count("status", "invalid"),
    });
    let mut campaign = document.clone();
    campaign.shift_remove("contacts");
    campaign.insert("stats".to_owned(), stats);
    let owner = facts::account_owner(state);
    fill(
        &mut campaign,
        json!({
            "user": owner, "owner": owner, "unsubscribe": {"active": false, "word": "STOP", "message": ""},
            "settings": {"speed": 1, "timezone": "UTC", "hours": {"start": 0, "end": 24}},
        }),
    );
    campaign
}

/// A recipient of a campaign; one with a phone number is a user.
pub fn campaign_contact(document: &Document) -> Document {
    let mut contact = document.clone();
    if str_at(document, "kind") == Some("phone") {
        contact.insert("kind".to_owned(), "user".into());
    }
    contact
}

/// A webhook of the account's owner.
pub fn webhook(state: &AccountState, document: &Document) -> Document {
    let mut webhook = document.clone();
    fill(&mut webhook, json!({"user": facts::account_owner(state), "retries": 0}));
    webhook
}

/// An uploaded file; one that is ready is active.
pub fn file(state: &AccountState, document: &Document) -> Document {
    let mut file = document.clone();
    if str_at(document, "status") == Some("ready") {
        file.insert("status".to_owned(), "active".into());
    }
    fill(&mut file, json!({"user": facts::account_owner(state), "meta": {}, "stats": {"downloads": 0, "deliveries": 0}}));
    file
}
