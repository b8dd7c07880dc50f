//! What documents of messages to send, campaigns and webhooks are completed with.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, entry_object, str_at};
use crate::sandbox::state::outbound;
use crate::sandbox::state::schemas::defaults::{EPOCH, complete_address, default, wid_of_phone};
use crate::sandbox::timestamp;

pub fn complete_outbound(message: &mut Document) -> Result<(), String> {
    default(message, "status", || "queued".into());
    default(message, "deliveryStatus", || "pending".into());
    default(message, "webhookStatus", || "pending".into());
    default(message, "createdAt", || timestamp::written(EPOCH).into());
    default(message, "priority", || "normal".into());
    default(message, "source", || "api".into());
    default(message, "type", || "text".into());
    let wid = outbound::receiver_wid(message);
    if !wid.is_empty() {
        default(message, "wid", || wid.into());
    }
    Ok(())
}

pub fn complete_webhook(webhook: &mut Document) -> Result<(), String> {
    str_at(webhook, "url").ok_or("url is missing: give the address to tell")?;
    default(webhook, "name", || "Webhook".into());
    default(webhook, "status", || "active".into());
    default(webhook, "events", || json!([]));
    default(webhook, "retries", || 0.into());
    Ok(())
}

/// A caller gives the device's id and the contacts with a phone or a group.
pub fn complete_campaign(campaign: &mut Document) -> Result<(), String> {
    if let Some(device) = str_at(campaign, "device").map(str::to_owned) {
        campaign.insert("device".to_owned(), json!({"id": device}));
    }
    str_at(campaign, "device.id").ok_or("device is missing: give the id of the device that sends")?;
    default(campaign, "name", || "Campaign".into());
    default(campaign, "mode", || "single".into());
    default(campaign, "source", || "import".into());
    default(campaign, "status", || "draft".into());
    default(campaign, "message", || "Hello".into());
    default(campaign, "createdAt", || timestamp::written(EPOCH).into());
    default(campaign, "contacts", || json!([]));
    if let Some(settings) = entry_object(campaign, "settings") {
        default(settings, "speed", || 1.into());
    }
    let id = str_at(campaign, "id").unwrap_or_default().to_owned();
    let Some(contacts) = campaign.get_mut("contacts").and_then(Value::as_array_mut) else {
        return Err("contacts is not a list".to_owned());
    };
    contacts.iter_mut().enumerate().try_for_each(|(index, contact)| complete_contact(contact, &id, index))
}

fn complete_contact(contact: &mut Value, campaign: &str, index: usize) -> Result<(), String> {
    let place = format!("contacts[{index}]");
    let contact = contact.as_object_mut().ok_or_else(|| format!("{place} is no object"))?;
    if let Some(group) = str_at(contact, "group").map(str::to_owned) {
        default(contact, "wid", || group.into());
    }
    complete_address(contact).map_err(|problem| format!("{place}: {problem}"))?;
    if let Some(phone) = str_at(contact, "phone").map(str::to_owned) {
        default(contact, "wid", || wid_of_phone(&phone).into());
    }
    let kind = if contact.contains_key("group") { "group" } else { "phone" };
    // Sixteen digits of the campaign's id and eight of its own make an id that no other campaign's contact has.
    let shared = campaign.get(campaign.len().saturating_sub(16)..).unwrap_or_default();
    default(contact, "id", || format!("{shared:0>16}{index:08x}").into());
    default(contact, "campaign", || json!({"id": campaign}));
    default(contact, "kind", || kind.into());
    default(contact, "status", || "pending".into());
    default(contact, "ack", || "pending".into());
    default(contact, "retries", || 0.into());
    Ok(())
}
