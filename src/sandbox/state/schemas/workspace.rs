//! What users, departments, labels, quick replies and meeting links are completed with.

use serde_json::json;

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, complete_plain, default};
use crate::sandbox::timestamp;

pub fn complete_user(user: &mut Document) -> Result<(), String> {
    default(user, "displayName", || "Agent".into());
    default(user, "role", || "agent".into());
    default(user, "status", || "active".into());
    Ok(())
}

pub fn complete_department(department: &mut Document) -> Result<(), String> {
    default(department, "name", || "Department".into());
    default(department, "agents", || json!([]));
    complete_plain(department)
}

pub fn complete_label(label: &mut Document) -> Result<(), String> {
    default(label, "color", || "gold".into());
    default(label, "scope", || "wa".into());
    default(label, "active", || true.into());
    Ok(())
}

pub fn complete_quick_reply(reply: &mut Document) -> Result<(), String> {
    default(reply, "scope", || "wa".into());
    default(reply, "active", || true.into());
    default(reply, "permission", || "public".into());
    default(reply, "keywords", || json!([]));
    complete_plain(reply)
}

/// A link works for 30 days unless it says otherwise.
pub fn complete_meeting_link(link: &mut Document) -> Result<(), String> {
    complete_plain(link)?;
    let token = str_at(link, "id").unwrap_or_default().to_uppercase();
    default(link, "kind", || "voice".into());
    default(link, "token", || token.into());
    let url = format!(
        "https://call.whatsapp.com/{}/{}",
        str_at(link, "kind").unwrap_or_default(),
        str_at(link, "token").unwrap_or_default()
    );
    default(link, "url", || url.into());
    let lasts = str_at(link, "expiration").and_then(timestamp::duration).unwrap_or(30 * timestamp::DAY);
    let created = str_at(link, "createdAt").and_then(timestamp::read).unwrap_or(EPOCH);
    default(link, "expiresAt", || timestamp::written(created + lasts).into());
    Ok(())
}
