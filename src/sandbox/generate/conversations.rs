//! What was said in the chats: messages, files in them, notes.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{MINUTE, add, chosen, id};
use crate::sandbox::clock;
use crate::sandbox::collections::EPOCH;

const ASKED: [&str; 6] = [
    "Hello, is anybody there?",
    "Where is my order?",
    "Can I change the delivery address?",
    "¿Abren mañana?",
    "The invoice is for last month 🙂",
    "Thanks, that helps!",
];
const ANSWERED: [&str; 5] = [
    "Good morning, how can we help?",
    "It left our warehouse today.",
    "Of course: what is the new address?",
    "Sí, de 9 a 17 h.",
    "You are welcome. Have a nice day!",
];
/// MIME type and name of what is sent along.
const FILES: [(&str, &str); 4] =
    [("image/png", "photo.png"), ("application/pdf", "invoice.pdf"), ("audio/wav", "voice.wav"), ("text/plain", "address.txt")];
const NOTES: [&str; 3] = ["Wants a call on Monday.", "Has paid.", "Check the discount with Billing."];

/// Messages, files and notes of all chats, which get the counts and the last message that follow from them.
pub fn documents(rng: &mut Rng, known: &mut Value) -> Value {
    let authors: Vec<Value> = ids(known, "users");
    let (mut messages, mut files, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let chats = known.get_mut("chats").and_then(Value::as_array_mut).into_iter().flatten();
    for (index, chat) in chats.enumerate() {
        let mut said = said(rng, chat);
        if index.is_multiple_of(5) {
            files.extend(said.last_mut().map(|message| file(rng, index / 5, message)));
        }
        if index.is_multiple_of(6) {
            notes.push(note(rng, chat, &authors));
        }
        count(chat, &said, usize::from(index.is_multiple_of(6)));
        messages.extend(said);
    }
    json!({"messages": messages, "chat_files": files, "notes": notes})
}

fn ids(known: &Value, collection: &str) -> Vec<Value> {
    known.get(collection).and_then(Value::as_array).into_iter().flatten().filter_map(|one| one.get("id")).cloned().collect()
}

/// The last messages of a chat, oldest first; the newest is one that came in when the chat says.
fn said(rng: &mut Rng, chat: &Value) -> Vec<Value> {
    let last = chat["lastMessageAt"].as_str().and_then(clock::read).unwrap_or(EPOCH);
    let unread = chat["unreadCount"].as_u64().unwrap_or_default();
    let (all, mut moment, mut said) = (unread + rng.u64(1..4), last, Vec::new());
    for age in 0..all {
        let inbound = age == 0 || age < unread || rng.bool();
        said.push(message(rng, chat, inbound, age < unread, moment));
        moment -= rng.i64(1..600) * MINUTE;
    }
    said.reverse();
    said
}

fn message(rng: &mut Rng, chat: &Value, inbound: bool, unread: bool, moment: i64) -> Value {
    let texts: &[&str] = if inbound { &ASKED } else { &ANSWERED };
    let number = format!("3EB0{:016X}", rng.u64(..));
    let ack = if unread || !inbound && rng.bool() { "delivered" } else { "read" };
    let mut message = json!({
        "id": number, "device": chat["device"], "chatWid": chat["wid"], "flow": if inbound { "inbound" } else { "outbound" },
        "body": chosen(rng, texts), "date": clock::written(moment), "ack": ack,
    });
    add(&mut message, "meta", inbound.then(|| json!({"notifyName": chat["name"]})));
    message
}

/// A file, which the message is about from now on.
fn file(rng: &mut Rng, index: usize, message: &mut Value) -> Value {
    let (mime, filename) = FILES.iter().cycle().nth(index).copied().unwrap_or_default();
    let kind = crate::sandbox::media::kinds::kind(mime);
    let id = id(rng);
    let links = json!({"download": format!("/v1/chat/{}/files/{id}/download", message["device"].as_str().unwrap_or_default())});
    message["kind"] = kind.into();
    message["media"] = json!({
        "id": id, "status": "available", "mime": mime, "filename": filename, "caption": message["body"], "links": links,
    });
    json!({
        "id": id, "device": message["device"], "chat": message["chatWid"], "message": message["id"], "mime": mime, "kind": kind,
        "filename": filename, "caption": message["body"], "createdAt": message["date"], "links": links,
    })
}

fn note(rng: &mut Rng, chat: &Value, authors: &[Value]) -> Value {
    json!({
        "id": id(rng), "device": chat["device"], "chat": chat["wid"], "message": chosen(rng, &NOTES),
        "author": chosen(rng, authors), "createdAt": chat["lastMessageAt"],
    })
}

fn count(chat: &mut Value, said: &[Value], notes: usize) {
    let inbound = said.iter().filter(|message| message["flow"] == "inbound").count();
    chat["stats"] = json!({
        "notes": notes, "localMessages": said.len(), "inboundMessages": inbound, "outboundMessages": said.len() - inbound,
    });
    if let Some(last) = said.last() {
        let fields = ["id", "flow", "kind", "body", "date", "ack"].into_iter();
        chat["lastMessage"] = fields
            .filter_map(|field| Some((field, last.get(field)?)))
            .map(|(field, value)| (field.to_owned(), value.clone()))
            .collect();
    }
    let sent = said.iter().rev().find(|message| message["flow"] == "outbound").map(|message| message["date"].clone());
    add(chat, "lastOutboundMessageAt", sent);
}
