//! Filters of messages to send, campaigns with their contacts, and webhooks.

use serde_json::Value;

use crate::sandbox::handlers::filters::predicate::{Test, moment};
use crate::sandbox::state::document::{Document, str_at};

pub fn test(kind: &str, wire: &'static str) -> Test {
    match (kind, wire) {
        ("outbound", "search") => Test::Words(&["message", "poll.name", "event.name", "media.filename"]),
        ("outbound", "agents") => Test::Is("agent"),
        ("outbound", "target") => Test::Among(|_, message| vec![target(message).to_owned()]),
        ("outbound", "waIds") => Test::Is("waId"),
        ("outbound", "devices") => Test::Is("device"),
        ("outbound", "after" | "createdAfter") => Test::After(|_, message| moment(message, "createdAt")),
        ("outbound", "before" | "createdBefore") => Test::Before(|_, message| moment(message, "createdAt")),
        ("campaigns", "device") => Test::Is("device.id"),
        ("campaigns", "owner") => Test::Among(|_, campaign| texts(campaign, &["owner.id", "user.id"])),
        ("campaigns", "phone") => Test::Among(|_, campaign| of_contacts(campaign, "phone")),
        ("campaigns", "group") => Test::Among(|_, campaign| of_contacts(campaign, "group")),
        ("campaigns", "after") => Test::After(|_, campaign| moment(campaign, "createdAt")),
        ("campaigns", "before") => Test::Before(|_, campaign| moment(campaign, "createdAt")),
        ("campaign_contacts", "search") => Test::Words(&["name", "phone", "group", "wid"]),
        ("campaign_contacts", "target") => Test::Among(|_, contact| texts(contact, &["phone", "group"])),
        ("webhooks", "search") => Test::Words(&["name", "url"]),
        // A webhook without a device is every device's.
        ("webhooks", "devices") => Test::Among(|state, hook| match texts(hook, &["device", "device.id"]) {
            own if own.is_empty() => state.store.all("devices").flat_map(|device| texts(device, &["id"])).collect(),
            own => own,
        }),
        _ => Test::Is(wire),
    }
}

fn target(message: &Document) -> &'static str {
    match str_at(message, "wid").and_then(|wid| wid.rsplit_once('@')) {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        _ => "user",
    }
}

fn texts(document: &Document, paths: &[&str]) -> Vec<String> {
    paths.iter().filter_map(|path| str_at(document, path)).map(str::to_owned).collect()
}

fn of_contacts(campaign: &Document, field: &str) -> Vec<String> {
    let contacts = campaign.get("contacts").and_then(Value::as_array).into_iter().flatten();
    contacts.filter_map(|contact| contact.get(field)?.as_str()).map(str::to_owned).collect()
}
