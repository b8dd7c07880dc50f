//! What groups, channels, products, status posts and uploaded files are completed with.

use serde_json::{Value, json};

use crate::sandbox::media::mime_types;
use crate::sandbox::state::blob_store::{placeholder, sha256_hex};
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, complete_plain, default, wid_of_phone};
use crate::sandbox::timestamp;
use crate::sandbox::timestamp::DAY;

/// How long a file is kept that says nothing.
const KEPT: &str = "30d";

pub fn group_wid(number: u64) -> String {
    format!("1203634{number:011}@g.us")
}

pub fn channel_wid(number: u64) -> String {
    format!("1203635{number:011}@newsletter")
}

pub fn product_id(number: u64) -> String {
    format!("60{number:014}")
}

pub fn complete_group(group: &mut Document) -> Result<(), String> {
    let wid = str_at(group, "wid").unwrap_or_default().to_owned();
    default(group, "id", || wid.clone().into());
    default(group, "name", || wid.clone().into());
    default(group, "kind", || "group".into());
    default(group, "participants", || json!([]));
    complete_members(group)?;
    let members = group.get("participants").and_then(Value::as_array).map_or(0, Vec::len);
    default(group, "totalParticipants", || members.into());
    default(group, "ephemeral", || "off".into());
    for field in ["isArchive", "isReadOnly", "isPinned"] {
        default(group, field, || false.into());
    }
    default(group, "unreadCount", || 0.into());
    invite(group, &wid);
    complete_plain(group)
}

/// A member needs a phone number; whoever asks to be let in is on the list `pendingMembers`.
fn complete_members(group: &mut Document) -> Result<(), String> {
    for field in ["participants", "pendingMembers"] {
        let Some(list) = group.get_mut(field) else { continue };
        let list = list.as_array_mut().ok_or_else(|| format!("{field} is a list of members"))?;
        for member in list {
            let member = member.as_object_mut().ok_or_else(|| format!("{field} holds objects with a phone"))?;
            let phone = str_at(member, "phone").ok_or_else(|| format!("a member in {field} has no phone"))?;
            let wid = wid_of_phone(phone);
            default(member, "wid", || wid.into());
            if field == "participants" {
                default(member, "isAdmin", || false.into());
                default(member, "isSuperAdmin", || false.into());
            }
        }
    }
    Ok(())
}

/// The code and link that lead into a group; another one for another `secret`.
pub fn invite(group: &mut Document, secret: &str) {
    let code: String = sha256_hex(format!("invite {secret}").as_bytes()).chars().take(22).collect();
    let code = str_at(group, "inviteCode").unwrap_or(&code).to_owned();
    default(group, "inviteLink", || format!("https://chat.whatsapp.com/{code}").into());
    default(group, "inviteCode", || code.into());
}

pub fn complete_channel(channel: &mut Document) -> Result<(), String> {
    let wid = str_at(channel, "wid").unwrap_or_default().to_owned();
    let code: String = sha256_hex(wid.as_bytes()).chars().take(18).collect();
    default(channel, "id", || wid.clone().into());
    default(channel, "name", || wid.into());
    default(channel, "kind", || "channel".into());
    default(channel, "inviteCode", || format!("0029Va{code}").into());
    let code = str_at(channel, "inviteCode").unwrap_or_default().to_owned();
    default(channel, "inviteLink", || format!("https://whatsapp.com/channel/{code}").into());
    default(channel, "isVerified", || false.into());
    default(channel, "permission", || "owner".into());
    default(channel, "totalParticipants", || 0.into());
    default(channel, "unreadCount", || 0.into());
    complete_plain(channel)
}

/// A channel that anybody may find, in the category that a search looks in unless it says another.
pub fn complete_public_channel(channel: &mut Document) -> Result<(), String> {
    default(channel, "categories", || json!(["recommended"]));
    default(channel, "permission", || "public".into());
    complete_channel(channel)
}

pub fn complete_product(product: &mut Document) -> Result<(), String> {
    default(product, "name", || "Product".into());
    default(product, "availability", || "in stock".into());
    default(product, "isHidden", || false.into());
    complete_plain(product)
}

pub fn complete_status(post: &mut Document) -> Result<(), String> {
    let is_own = post.get("fromMe").and_then(Value::as_bool).unwrap_or(str_at(post, "flow") != Some("inbound"));
    let id = str_at(post, "id").unwrap_or_default().to_owned();
    default(post, "wid", || id.into());
    default(post, "fromMe", || is_own.into());
    default(post, "flow", || if is_own { "outbound" } else { "inbound" }.into());
    default(post, "type", || "text".into());
    default(post, "kind", || "text".into());
    default(post, "chatWid", || "status@broadcast".into());
    default(post, "ack", || "sent".into());
    default(post, "date", || timestamp::written(EPOCH).into());
    Ok(())
}

/// A file without a size or sum has those of what a download answers.
pub fn complete_file(file: &mut Document) -> Result<(), String> {
    let name = str_at(file, "filename").map_or_else(|| format!("{}.txt", str_at(file, "id").unwrap_or_default()), str::to_owned);
    let mime = str_at(file, "mime").map_or_else(|| mime_types::mime(&name, b"").to_owned(), str::to_owned);
    if let Some(extension) = mime_types::extension(&name) {
        default(file, "ext", || extension.into());
    }
    default(file, "kind", || mime_types::kind(&mime).into());
    default(file, "filename", || name.into());
    default(file, "mime", || mime.into());
    for (field, value) in [("status", "ready"), ("origin", "upload"), ("format", "native"), ("permission", "public")] {
        default(file, field, || value.into());
    }
    default(file, "tags", || json!([]));
    default(file, "stats", || json!({"downloads": 0, "deliveries": 0}));
    complete_plain(file)?;
    let lasts = str_at(file, "expiration").unwrap_or(KEPT);
    let expires = expiry(str_at(file, "createdAt").unwrap_or_default(), lasts);
    default(file, "expiresAt", || expires.into());
    let content = placeholder(file);
    default(file, "size", || content.len().into());
    default(file, "sha2", || sha256_hex(&content).into());
    Ok(())
}

/// The moment at which something that is kept so long from `since` is deleted.
pub fn expiry(since: &str, lasts: &str) -> Option<String> {
    let years = lasts.strip_suffix('y').and_then(|years| years.parse::<i64>().ok()).map(|years| years * 365 * DAY);
    Some(timestamp::written(timestamp::read(since)? + years.or_else(|| timestamp::duration(lasts))?))
}
