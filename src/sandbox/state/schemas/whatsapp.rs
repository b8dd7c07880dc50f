//! Default fields of groups, channels, products, status posts and uploaded files.

use serde_json::{Value, json};

use crate::sandbox::media::mime_types;
use crate::sandbox::state::blob_store::{placeholder, sha256_hex};
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, apply_common_defaults, set_default, set_defaults, wid_of_phone};
use crate::sandbox::timestamp;
use crate::sandbox::timestamp::DAY;

/// Default expiration of a file.
const DEFAULT_EXPIRATION: &str = "30d";

/// The wid of the group with this number.
pub fn group_wid(number: u64) -> String {
    format!("1203634{number:011}@g.us")
}

/// The wid of the channel with this number.
pub fn channel_wid(number: u64) -> String {
    format!("1203635{number:011}@newsletter")
}

/// The ID of the product with this number.
pub fn product_id(number: u64) -> String {
    format!("60{number:014}")
}

/// Completes a group; the invite code follows from its wid.
pub fn apply_group_defaults(group: &mut Document) -> Result<(), String> {
    let wid = str_at(group, "wid").unwrap_or_default().to_owned();
    set_defaults(group, json!({"id": wid, "name": wid, "kind": "group", "participants": []}));
    normalize_members(group)?;
    let members = group.get("participants").and_then(Value::as_array).map_or(0, Vec::len);
    set_defaults(group, json!({"totalParticipants": members, "ephemeral": "off"}));
    for field in ["isArchive", "isReadOnly", "isPinned"] {
        set_default(group, field, || false.into());
    }
    set_default(group, "unreadCount", || 0.into());
    add_invite(group, &wid);
    apply_common_defaults(group)
}

/// Members and pending requests to join (`pendingMembers`) require a phone number.
fn normalize_members(group: &mut Document) -> Result<(), String> {
    for field in ["participants", "pendingMembers"] {
        let Some(list) = group.get_mut(field) else { continue };
        let list = list.as_array_mut().ok_or_else(|| format!("{field} is a list of members"))?;
        for member in list {
            let member = member.as_object_mut().ok_or_else(|| format!("{field} holds objects with a phone"))?;
            let phone = str_at(member, "phone").ok_or_else(|| format!("a member in {field} has no phone"))?;
            let (wid, name) = (wid_of_phone(phone), phone.to_owned());
            set_defaults(member, json!({"wid": wid, "name": name}));
            if field == "participants" {
                set_defaults(member, json!({"isAdmin": false, "isSuperAdmin": false}));
            }
        }
    }
    Ok(())
}

/// Adds the invite code and link of a group, derived from `secret`.
pub fn add_invite(group: &mut Document, secret: &str) {
    let code: String = sha256_hex(format!("invite {secret}").as_bytes()).chars().take(22).collect();
    let code = str_at(group, "inviteCode").unwrap_or(&code).to_owned();
    set_defaults(group, json!({"inviteLink": format!("https://chat.whatsapp.com/{code}"), "inviteCode": code}));
}

/// Completes an own channel; the invite code follows from its wid.
pub fn apply_channel_defaults(channel: &mut Document) -> Result<(), String> {
    let wid = str_at(channel, "wid").unwrap_or_default().to_owned();
    let code: String = sha256_hex(wid.as_bytes()).chars().take(18).collect();
    set_defaults(channel, json!({"id": wid, "name": wid, "kind": "channel", "inviteCode": format!("0029Va{code}")}));
    let code = str_at(channel, "inviteCode").unwrap_or_default().to_owned();
    let defaults = json!({
        "inviteLink": format!("https://whatsapp.com/channel/{code}"), "isVerified": false, "permission": "owner",
        "totalParticipants": 0, "unreadCount": 0,
    });
    set_defaults(channel, defaults);
    apply_common_defaults(channel)
}

/// A public channel is in the default category of a search.
pub fn apply_public_channel_defaults(channel: &mut Document) -> Result<(), String> {
    set_defaults(channel, json!({"categories": ["recommended"], "permission": "public"}));
    apply_channel_defaults(channel)
}

/// Completes a product as one in stock.
pub fn apply_product_defaults(product: &mut Document) -> Result<(), String> {
    set_defaults(product, json!({"name": "Product", "availability": "in stock", "isHidden": false}));
    apply_common_defaults(product)
}

/// Completes a status post; own posts are outbound.
pub fn apply_status_defaults(post: &mut Document) -> Result<(), String> {
    let is_own = post.get("fromMe").and_then(Value::as_bool).unwrap_or(str_at(post, "flow") != Some("inbound"));
    let id = str_at(post, "id").unwrap_or_default().to_owned();
    let defaults = json!({
        "wid": id, "fromMe": is_own, "flow": if is_own { "outbound" } else { "inbound" }, "type": "text", "kind": "text",
        "chatWid": "status@broadcast", "ack": "sent", "date": timestamp::format(EPOCH),
    });
    set_defaults(post, defaults);
    Ok(())
}

/// Size and checksum default to those of the generated content.
pub fn apply_file_defaults(file: &mut Document) -> Result<(), String> {
    let name = str_at(file, "filename").map_or_else(|| format!("{}.txt", str_at(file, "id").unwrap_or_default()), str::to_owned);
    let mime = str_at(file, "mime").map_or_else(|| mime_types::guess(&name, b"").to_owned(), str::to_owned);
    if let Some(extension) = mime_types::extension(&name) {
        set_default(file, "ext", || extension.into());
    }
    set_defaults(file, json!({"kind": mime_types::kind(&mime), "filename": name, "mime": mime}));
    for (field, value) in [("status", "ready"), ("origin", "upload"), ("format", "native"), ("permission", "public")] {
        set_default(file, field, || value.into());
    }
    set_defaults(file, json!({"tags": [], "stats": {"downloads": 0, "deliveries": 0}}));
    apply_common_defaults(file)?;
    let duration = str_at(file, "expiration").unwrap_or(DEFAULT_EXPIRATION);
    let expires = expiry(str_at(file, "createdAt").unwrap_or_default(), duration);
    set_default(file, "expiresAt", || expires.into());
    let content = placeholder(file);
    set_default(file, "size", || content.len().into());
    set_default(file, "sha2", || sha256_hex(&content).into());
    Ok(())
}

/// The date `duration` after `since`.
pub fn expiry(since: &str, duration: &str) -> Option<String> {
    let years = duration.strip_suffix('y').and_then(|years| years.parse::<i64>().ok()).map(|years| years * 365 * DAY);
    Some(timestamp::format(timestamp::parse(since)? + years.or_else(|| timestamp::parse_duration(duration))?))
}
