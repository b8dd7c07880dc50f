//! Chats, groups and their members as answers and events show them.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers::contact::contact_at;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, fill, str_at, value_at, without_nulls};

/// A chat with its contact, or the group or channel that it belongs to.
pub fn chat(state: &AccountState, document: &Document) -> Document {
    let mut chat = document.clone();
    let text = |name: &str| str_at(document, name).unwrap_or_default();
    let (device, wid) = (text("device"), text("wid"));
    if let Some(contact) = contact_at(state, device, wid) {
        chat.insert("contact".to_owned(), contact.into());
    }
    match state.store.get("groups", device, wid) {
        Some(group) => drop(chat.insert("group".to_owned(), group_of_chat(&listed(state, group)).into())),
        None if wid.ends_with("@g.us") => fill(&mut chat, json!({"group": group_of_chat(&unlisted(state, document))})),
        None => {}
    }
    if let Some(channel) = state.store.get("channels", device, wid) {
        fill(&mut chat, json!({"channel": channel_of_chat(&listed(state, channel))}));
    }
    fill(&mut chat, json!({"fromNumber": document.get("phone"), "links": links(device, wid)}));
    chat
}

/// Paths of a chat and of what belongs to it.
fn links(device: &str, wid: &str) -> Value {
    let base = format!("/v1/chat/{device}");
    json!({
        "chat": format!("{base}/chats/{wid}"),
        "contact": wid.ends_with("@c.us").then(|| format!("{base}/contacts/{wid}")),
        "messages": format!("{base}/messages?chat={wid}"),
    })
}

/// The group of a chat that is in no list: the device is its only known member.
fn unlisted(state: &AccountState, chat: &Document) -> Document {
    let field = |name: &str| chat.get(name).cloned().unwrap_or_default();
    let device = state.store.get("devices", "", str_at(chat, "device").unwrap_or_default());
    let own = device.map(|device| json!({"wid": device.get("wid"), "phone": device.get("phone"), "isAdmin": false}));
    let group = json!({"createdAt": field("createdAt"), "totalParticipants": 1, "participants": [own]});
    listed(state, &without_nulls(group))
}

/// What a chat says about its group.
fn group_of_chat(group: &Document) -> Document {
    let permission = |name: &str, value: &str| value_at(group, &format!("permissions.{name}")).is_some_and(|own| own == value);
    let field = |name: &str| group.get(name).cloned().unwrap_or_default();
    let members = members(group);
    let owner = owner(&members);
    let mut fields = Document::new();
    fill(
        &mut fields,
        json!({
            "syncedAt": field("lastSyncAt"), "owner": owner, "description": field("description"),
            "descriptionOwner": owner, "descriptionUpdatedAt": field("updatedAt"), "subjectUpdatedAt": field("updatedAt"),
            "isCommunityAnnounce": field("isCommunityAnnounce"), "community": field("communityParentGroup"),
            "totalParticipants": field("totalParticipants"), "announce": permission("send", "admins"),
            "restrict": permission("edit", "admins"), "membershipInvite": !permission("invite", "admins"),
            "membershipApproval": value_at(group, "permissions.approval") == Some(&Value::Bool(true)),
            "image": str_at(group, "imageUrl").map(|url| json!({"url": url})),
            "participants": members,
        }),
    );
    fields
}

/// The wid of the member that owns the group.
fn owner(members: &[Value]) -> Option<&str> {
    let owner = members.iter().find(|member| member.get("isSuperAdmin") == Some(&Value::Bool(true)));
    owner.or(members.first())?.get("wid")?.as_str()
}

/// What a chat says about its channel.
fn channel_of_chat(channel: &Document) -> Value {
    let field = |name: &str| channel.get(name).cloned().unwrap_or_default();
    let is_owner = str_at(channel, "permission") == Some("owner");
    json!({
        "privacy": "public", "nameUpdatedAt": field("updatedAt"), "descriptionUpdatedAt": field("updatedAt"), "description": field("description"), "owner": is_owner,
        "membership": if is_owner { "owner" } else { "subscriber" }, "inviteCode": field("inviteCode"), "suspended": false,
        "verified": field("isVerified"), "geosuspended": false, "followers": field("totalParticipants"), "website": field("website"),
        "image": str_at(channel, "imageUrl").map(|url| json!({"url": url})),
    })
}

/// A group with its members, without the pending requests to join.
pub fn group(state: &AccountState, document: &Document) -> Document {
    let mut group = listed(state, document);
    group.shift_remove("pendingMembers");
    group.insert("participants".to_owned(), members(document).into());
    group
}

/// A group or channel as lists show it.
pub fn listed(state: &AccountState, document: &Document) -> Document {
    let text = |name: &str| str_at(document, name);
    let chat = text("device").zip(text("wid")).and_then(|(device, wid)| state.store.get("chats", device, wid));
    let created = text("createdAt");
    let mut listed = document.clone();
    fill(
        &mut listed,
        json!({
            "description": "", "website": "", "isArchive": false, "isReadOnly": false, "isPinned": false, "isVerified": false,
            "isCommunityAnnounce": false, "unreadCount": 0, "updatedAt": created, "lastSyncAt": created,
            "lastMessageAt": chat.and_then(|chat| chat.get("lastMessageAt")).cloned().or(created.map(Value::from)),
        }),
    );
    listed
}

/// The members of a group, each with an id.
pub fn members(group: &Document) -> Vec<Value> {
    let members = group.get("participants").and_then(Value::as_array).into_iter().flatten();
    members.map(with_id).collect()
}

fn with_id(member: &Value) -> Value {
    let mut member = member.clone();
    if let Some(fields) = member.as_object_mut() {
        let id = fields.get("wid").cloned();
        fill(fields, json!({"id": id}));
    }
    member
}

/// The members of a group chat: those of its group, or else those in the chat.
pub fn participants(state: &AccountState, chat: &Document) -> Vec<Value> {
    let address = str_at(chat, "device").zip(str_at(chat, "wid"));
    let group = address.and_then(|(device, wid)| state.store.get("groups", device, wid));
    let own = || value_at(chat, "group").and_then(Value::as_object);
    group.or_else(own).map(members).unwrap_or_default()
}
