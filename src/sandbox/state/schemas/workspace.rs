//! Default fields of users, departments, labels, quick replies and meeting links.

use serde_json::json;

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, apply_common_defaults, set_default, set_defaults};
use crate::sandbox::timestamp;

/// Completes a member of the team as an active agent.
pub fn apply_user_defaults(user: &mut Document) -> Result<(), String> {
    set_defaults(user, json!({"displayName": "Agent", "role": "agent", "status": "active"}));
    Ok(())
}

/// Completes a department as one without agents.
pub fn apply_department_defaults(department: &mut Document) -> Result<(), String> {
    set_defaults(
        department,
        json!({"name": "Department", "agents": [], "icon": "briefcase", "color": "gold", "description": ""}),
    );
    apply_common_defaults(department)
}

/// Completes a label as an active one.
pub fn apply_label_defaults(label: &mut Document) -> Result<(), String> {
    set_defaults(label, json!({"color": "gold", "scope": "wa", "active": true, "description": ""}));
    Ok(())
}

/// Completes a quick reply as an active, public one.
pub fn apply_quick_reply_defaults(reply: &mut Document) -> Result<(), String> {
    set_defaults(reply, json!({"scope": "wa", "active": true, "permission": "public", "keywords": []}));
    apply_common_defaults(reply)
}

/// A meeting link expires after 30 days by default.
pub fn apply_meeting_link_defaults(link: &mut Document) -> Result<(), String> {
    apply_common_defaults(link)?;
    let token = str_at(link, "id").unwrap_or_default().to_uppercase();
    set_defaults(link, json!({"kind": "voice", "token": token, "message": ""}));
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
