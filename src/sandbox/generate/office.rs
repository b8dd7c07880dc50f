//! The team, and what it works with: labels, quick replies, meeting links.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{LABELS, add, chosen, id, moment};
use crate::sandbox::clock;
use crate::sandbox::collections::EPOCH;

const COLORS: [&str; 6] = ["gold", "emerald", "ruby", "tomato", "violet", "aqua"];
const REPLIES: [(&str, &str, &str); 4] = [
    ("hours", "We are open from 9 to 17, Monday to Friday.", "public"),
    ("address", "You find us at 12 Example Street.", "public"),
    ("thanks", "Thank you for your message! 🙂", "readonly"),
    ("refund", "Your refund is on its way and arrives within 5 days.", "private"),
];
const DAY: i64 = clock::DAY;

/// Each device has all of them; the team has been seen.
pub fn documents(rng: &mut Rng, known: &mut Value) -> Value {
    for user in known["users"].as_array_mut().into_iter().flatten() {
        let seen = moment(rng, 30);
        add(user, "availability", Some(json!({"mode": "auto", "updatedAt": seen})));
        add(user, "lastLoginAt", Some(seen.clone().into()));
        add(user, "lastSeenAt", Some(seen.into()));
    }
    let list = |name: &str| known[name].as_array().cloned().unwrap_or_default();
    let (users, devices) = (list("users"), list("devices"));
    let (mut labels, mut replies, mut links) = (Vec::new(), Vec::new(), Vec::new());
    for device in devices.iter().map(|device| &device["id"]) {
        labels.extend(LABELS.iter().zip(COLORS).map(|(name, color)| json!({"name": name, "device": device, "color": color})));
        replies.extend(REPLIES.iter().map(|one| reply(rng, device, *one, &users)));
        links.extend(["video", "voice", "video"].iter().map(|kind| link(rng, device, kind)));
    }
    json!({"labels": labels, "quick_replies": replies, "meeting_links": links})
}

fn reply(rng: &mut Rng, device: &Value, (shortcut, message, permission): (&str, &str, &str), users: &[Value]) -> Value {
    json!({
        "id": id(rng), "device": device, "shortcut": shortcut, "message": message, "permission": permission,
        "agent": chosen(rng, users).map(|user| user["id"].clone()), "keywords": [shortcut], "createdAt": moment(rng, 200),
    })
}

fn link(rng: &mut Rng, device: &Value, kind: &str) -> Value {
    let expires = clock::written(EPOCH + rng.i64(1..30) * DAY);
    json!({"id": id(rng), "device": device, "kind": kind, "message": "Let us talk.", "createdAt": moment(rng, 1), "expiresAt": expires})
}
