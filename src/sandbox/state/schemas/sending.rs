//! Default fields of outbound messages, campaigns and webhooks.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, entry_object, str_at};
use crate::sandbox::state::outbound;
use crate::sandbox::state::schemas::defaults::{EPOCH, derive_address, set_default, set_defaults, wid_of_phone};
use crate::sandbox::timestamp;

/// Completes an outbound message as a queued one.
pub fn apply_outbound_defaults(message: &mut Document) -> Result<(), String> {
    let defaults = json!({
        "status": "queued", "deliveryStatus": "pending", "webhookStatus": "pending", "createdAt": timestamp::format(EPOCH),
        "priority": "normal", "source": "api", "type": "text",
    });
    set_defaults(message, defaults);
    let wid = outbound::receiver_wid(message);
    if !wid.is_empty() {
        set_default(message, "wid", || wid.into());
    }
    Ok(())
}

/// Completes a webhook as an active one. Fails without a URL.
pub fn apply_webhook_defaults(webhook: &mut Document) -> Result<(), String> {
    str_at(webhook, "url").ok_or("url is missing: give the address that receives the events")?;
    set_defaults(webhook, json!({"name": "Webhook", "status": "active", "events": [], "retries": 0}));
    Ok(())
}

/// A campaign requires the id of its device; its contacts require a phone or a group.
pub fn apply_campaign_defaults(campaign: &mut Document) -> Result<(), String> {
    if let Some(device) = str_at(campaign, "device").map(str::to_owned) {
        campaign.insert("device".to_owned(), json!({"id": device}));
    }
    str_at(campaign, "device.id").ok_or("device is missing: give the id of the device that sends")?;
    let defaults = json!({
        "name": "Campaign", "mode": "single", "source": "import", "status": "draft", "message": "Hello",
        "createdAt": timestamp::format(EPOCH), "contacts": [],
    });
    set_defaults(campaign, defaults);
    if let Some(settings) = entry_object(campaign, "settings") {
        set_default(settings, "speed", || 1.into());
    }
    let id = str_at(campaign, "id").unwrap_or_default().to_owned();
    let Some(contacts) = campaign.get_mut("contacts").and_then(Value::as_array_mut) else {
        return Err("contacts is not a list".to_owned());
    };
    contacts.iter_mut().enumerate().try_for_each(|(index, contact)| apply_contact_defaults(contact, &id, index))
}

fn apply_contact_defaults(contact: &mut Value, campaign: &str, index: usize) -> Result<(), String> {
    let location = format!("contacts[{index}]");
    let contact = contact.as_object_mut().ok_or_else(|| format!("{location} is no object"))?;
    if let Some(group) = str_at(contact, "group").map(str::to_owned) {
        set_default(contact, "wid", || group.into());
    }
    derive_address(contact).map_err(|problem| format!("{location}: {problem}"))?;
    if let Some(phone) = str_at(contact, "phone").map(str::to_owned) {
        set_default(contact, "wid", || wid_of_phone(&phone).into());
    }
    let kind = if contact.contains_key("group") { "group" } else { "phone" };
    // The end of the campaign's id and the index make an id that is unique across campaigns.
    let suffix = campaign.get(campaign.len().saturating_sub(16)..).unwrap_or_default();
    let defaults = json!({
        "id": format!("{suffix:0>16}{index:08x}"), "campaign": {"id": campaign}, "kind": kind, "status": "pending",
        "ack": "pending", "retries": 0,
    });
    set_defaults(contact, defaults);
    Ok(())
}
