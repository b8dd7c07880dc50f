//! Filters of outbound messages, campaigns, their contacts, and webhooks.

use serde_json::Value;

use crate::sandbox::handlers::filters::predicate::{Predicate, date_at};
use crate::sandbox::state::document::{Document, str_at};

pub fn predicate(kind: &str, wire: &'static str) -> Predicate {
    match (kind, wire) {
        ("outbound", "search") => Predicate::ContainsWords(&["message", "poll.name", "event.name", "media.filename"]),
        ("outbound", "agents") => Predicate::Equals("agent"),
        ("outbound", "target") => Predicate::AnyOf(|_, message| vec![target_type(message).to_owned()]),
        ("outbound", "waIds") => Predicate::Equals("waId"),
        ("outbound", "devices") => Predicate::Equals("device"),
        ("outbound", "after" | "createdAfter") => Predicate::After(|_, message| date_at(message, "createdAt")),
        ("outbound", "before" | "createdBefore") => Predicate::Before(|_, message| date_at(message, "createdAt")),
        ("campaigns", "device") => Predicate::Equals("device.id"),
        ("campaigns", "owner") => Predicate::AnyOf(|_, campaign| strings(campaign, &["owner.id", "user.id"])),
        ("campaigns", "phone") => Predicate::AnyOf(|_, campaign| contact_values(campaign, "phone")),
        ("campaigns", "group") => Predicate::AnyOf(|_, campaign| contact_values(campaign, "group")),
        ("campaigns", "after") => Predicate::After(|_, campaign| date_at(campaign, "createdAt")),
        ("campaigns", "before") => Predicate::Before(|_, campaign| date_at(campaign, "createdAt")),
        ("campaign_contacts", "search") => Predicate::ContainsWords(&["name", "phone", "group", "wid"]),
        ("campaign_contacts", "target") => Predicate::AnyOf(|_, contact| strings(contact, &["phone", "group"])),
        ("webhooks", "search") => Predicate::ContainsWords(&["name", "url"]),
        // A webhook without a device belongs to all devices.
        ("webhooks", "devices") => Predicate::AnyOf(|state, hook| match strings(hook, &["device", "device.id"]) {
            own if own.is_empty() => state.store.all("devices").flat_map(|device| strings(device, &["id"])).collect(),
            own => own,
        }),
        _ => Predicate::Equals(wire),
    }
}

fn target_type(message: &Document) -> &'static str {
    match str_at(message, "wid").and_then(|wid| wid.rsplit_once('@')) {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        _ => "user",
    }
}

fn strings(document: &Document, paths: &[&str]) -> Vec<String> {
    paths.iter().filter_map(|path| str_at(document, path)).map(str::to_owned).collect()
}

fn contact_values(campaign: &Document, field: &str) -> Vec<String> {
    let contacts = campaign.get("contacts").and_then(Value::as_array).into_iter().flatten();
    contacts.filter_map(|contact| contact.get(field)?.as_str()).map(str::to_owned).collect()
}
