//! Messages in chats: recorded, edited, deleted, and who has received them.

use serde_json::{Value, json};

use super::chats;
use crate::sandbox::cascade::remove_where;
use crate::sandbox::check::Call;
use crate::sandbox::clock;
use crate::sandbox::collections::{self, phone_of_wid};
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::store::{Document, at, set_at, text_at};
use crate::sandbox::view;
use crate::sandbox::world::World;

/// WhatsApp lets a text be changed for so many minutes, and a message be taken back for everyone.
const EDITABLE: i64 = 20 * clock::MINUTE;
const REVOCABLE: i64 = 60 * clock::MINUTE;

/// Puts a message into its chat, which is made if it is not there, and answers the message's id.
pub fn record(world: &mut World, device: &str, mut message: Document) -> Result<String, Refusal> {
    let Some(kind) = collections::kind("messages") else { return Err(Refusal::new(404, "Message not found")) };
    let id = text_at(&message, "id").map(str::to_owned).unwrap_or_else(|| world.store.new_id(kind, device));
    message.shift_insert(0, "id".to_owned(), id.clone().into());
    message.insert("device".to_owned(), device.into());
    message.entry("date").or_insert_with(|| clock::now().into());
    (kind.complete)(&mut message).map_err(|problem| Refusal::new(400, problem))?;
    note_in_chat(world, device, &message)?;
    world.store.put(kind, device, &id, message);
    Ok(id)
}

/// Makes the message the chat's last one and counts it.
fn note_in_chat(world: &mut World, device: &str, message: &Document) -> Result<(), Refusal> {
    let (wid, date) = (text_at(message, "chatWid").unwrap_or_default(), message.get("date").cloned().unwrap_or_default());
    ensure_chat(world, device, wid, &date)?;
    let chat = world.find_mut("chats", device, wid)?;
    let last: Document = ["id", "body", "flow", "kind", "date"]
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), message.get(*key)?.clone())))
        .collect();
    let inbound = text_at(message, "flow") == Some("inbound");
    let (moment, count) = if inbound { ("lastInboundMessageAt", "inboundMessages") } else { ("lastOutboundMessageAt", "outboundMessages") };
    chat.insert("lastMessage".to_owned(), last.into());
    for field in ["date", "lastMessageAt", moment] {
        chat.insert(field.to_owned(), date.clone());
    }
    for path in ["stats.localMessages", &format!("stats.{count}")] {
        add_one(chat, path);
    }
    if inbound {
        add_one(chat, "unreadCount");
        add_one(chat, "meta.unreadCount");
    }
    Ok(())
}

fn add_one(chat: &mut Document, path: &str) {
    let known = at(chat, path).and_then(Value::as_i64).unwrap_or_default();
    set_at(chat, path, (known + 1).into());
}

fn ensure_chat(world: &mut World, device: &str, wid: &str, date: &Value) -> Result<(), Refusal> {
    let Some(kind) = collections::kind("chats") else { return Ok(()) };
    if world.store.get(kind.name, device, wid).is_some() {
        return Ok(());
    }
    let contact = world.store.get("contacts", device, wid);
    let name = contact.and_then(|contact| text_at(contact, "displayName").map(str::to_owned)).or_else(|| phone_of_wid(wid));
    let fields = json!({"device": device, "wid": wid, "name": name.as_deref().unwrap_or(wid), "firstMessageAt": date});
    let Value::Object(mut chat) = fields else { return Ok(()) };
    (kind.complete)(&mut chat).map_err(|problem| Refusal::new(400, problem))?;
    world.store.put(kind, device, wid, chat);
    Ok(())
}

/// Who has received and read the message: the other side, or the members of the group.
pub fn delivery_info(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let message = world.find("messages", call.device(), call.id())?;
    let ack = text_at(message, "ack").unwrap_or("pending");
    let receivers = receivers(world, call, message);
    let reached = |stages: &[&str], event: &str| -> Vec<Value> {
        let moment = at(message, &format!("events.{event}.reportedAt")).or_else(|| message.get("date"));
        let all = if stages.contains(&ack) { receivers.as_slice() } else { &[] };
        all.iter().map(|wid| json!({"wid": wid, "phone": phone_of_wid(wid), "date": moment})).collect()
    };
    Ok(Reply::ok(&json!({
        "id": call.id(),
        "chat": text_at(message, "chatWid"),
        "ack": ack,
        "receivers": receivers.len(),
        "delivered": reached(&["delivered", "read", "played"], "delivered"),
        "read": reached(&["read", "played"], "readed"),
    })))
}

fn receivers(world: &World, call: &Call, message: &Document) -> Vec<String> {
    let wid = text_at(message, "chatWid").unwrap_or_default();
    let chat = world.store.get("chats", call.device(), wid);
    let members = chat.map(|chat| view::participants(world, chat)).unwrap_or_default();
    let wids: Vec<String> = members.iter().filter_map(|member| member.get("wid")?.as_str()).map(str::to_owned).collect();
    match text_at(message, "flow") {
        Some("inbound") => Vec::new(),
        _ if wids.is_empty() => vec![wid.to_owned()],
        _ => wids,
    }
}

/// Only a sent text, and only while WhatsApp allows it.
pub fn edit(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let message = world.find_mut("messages", call.device(), call.id())?;
    if text_at(message, "flow") != Some("outbound") {
        return Err(Refusal::new(400, "Only sent messages can be edited"));
    }
    if age(message) > EDITABLE {
        return Err(Refusal::new(400, "Messages can be edited for 20 minutes only"));
    }
    message.insert("body".to_owned(), call.text("message").unwrap_or_default().into());
    message.insert("editedAt".to_owned(), clock::now().into());
    Ok(Reply::ok(message))
}

fn age(message: &Document) -> i64 {
    let date = text_at(message, "date").and_then(clock::read).unwrap_or_default();
    clock::milliseconds() - date
}

/// For everyone (`revoke`) only a young message of one's own, unless forced; with `clean` its files go too.
pub fn delete(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let says = |wire| call.query_value(wire).is_some_and(|value| value == "true");
    let message = world.find("messages", call.device(), call.id())?;
    if says("revoke") && !says("force") {
        ensure_revocable(message)?;
    }
    if says("revoke") {
        chats::ensure_online(world, call)?;
    }
    let answer = json!({"id": call.id(), "chat": text_at(message, "chatWid"), "deleted": true, "revoked": says("revoke")});
    world.store.remove("messages", call.device(), call.id());
    if says("clean") {
        remove_where(world, "chat_files", call.device(), |file| text_at(file, "message") == Some(call.id()));
    }
    Ok(Reply::ok(&answer))
}

fn ensure_revocable(message: &Document) -> Result<(), Refusal> {
    if text_at(message, "flow") != Some("outbound") {
        return Err(Refusal::new(400, "Only sent messages can be deleted for everyone"));
    }
    if age(message) > REVOCABLE {
        return Err(Refusal::new(400, "Messages can be deleted for everyone for 60 minutes only"));
    }
    Ok(())
}
