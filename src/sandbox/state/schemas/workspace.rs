//! Default fields of users, departments, labels, quick replies and meeting links.

use serde_json::json;

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, apply_common_defaults, set_default};
use crate::sandbox::timestamp;

pub fn apply_user_defaults(user: &mut Document) -> Result<(), String> {
    set_default(user, "displayName", || "Agent".into());
    set_default(user, "role", || "agent".into());
    set_default(user, "status", || "active".into());
    Ok(())
}

pub fn apply_department_defaults(department: &mut Document) -> Result<(), String> {
    set_default(department, "name", || "Department".into());
    set_default(department, "agents", || json!([]));
    apply_common_defaults(department)
}

pub fn apply_label_defaults(label: &mut Document) -> Result<(), String> {
    set_default(label, "color", || "gold".into());
    set_default(label, "scope", || "wa".into());
    set_default(label, "active", || true.into());
    Ok(())
}

pub fn apply_quick_reply_defaults(reply: &mut Document) -> Result<(), String> {
    set_default(reply, "scope", || "wa".into());
    set_default(reply, "active", || true.into());
    set_default(reply, "permission", || "public".into());
    set_default(reply, "keywords", || json!([]));
    apply_common_defaults(reply)
}

/// A meeting link expires after 30 days by default.
pub fn apply_meeting_link_defaults(link: &mut Document) -> Result<(), String> {
    apply_common_defaults(link)?;
    let token = str_at(link, "id").unwrap_or_default().to_uppercase();
    set_default(link, "kind", || "voice".into());
    set_default(link, "token", || token.into());
    let url = format!(
        "https://call.whatsapp.com/{}/{}",
        str_at(link, "kind").unwrap_or_default(),
        str_at(link, "token").unwrap_or_default()
    );
    set_default(link, "url", || url.into());
    let duration = str_at(link, "expiration").and_then(timestamp::parse_duration).unwrap_or(30 * timestamp::DAY);
    let created = str_at(link, "createdAt").and_then(timestamp::parse).unwrap_or(EPOCH);
    set_default(link, "expiresAt", || timestamp::format(created + duration).into());
    Ok(())
}
