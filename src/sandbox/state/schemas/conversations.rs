//! Default fields of messages, notes and files in chats.

use serde_json::json;

use crate::sandbox::media::mime_types;
use crate::sandbox::state::blob_store;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{
    EPOCH, apply_common_defaults, phone_of_wid, set_default, set_defaults, wid_of_phone,
};
use crate::sandbox::timestamp;

/// Types of chats; no content is of a type with one of these names.
const CHAT_TYPES: [&str; 4] = ["chat", "group", "channel", "community"];

/// A message requires its chat: `chatWid`, or the `phone` of the contact.
pub fn apply_chat_message_defaults(message: &mut Document) -> Result<(), String> {
    let chat = chat_of(message).ok_or("give the chatWid of its chat, or the phone")?;
    let flow = str_at(message, "flow").unwrap_or("inbound").to_owned();
    let is_sent = match flow.as_str() {
        "outbound" => true,
        "inbound" => false,
        _ => return Err(format!("flow is {flow:?}; it is inbound or outbound")),
    };
    let id = str_at(message, "id").unwrap_or_default().to_owned();
    let kind = content_kind(message).to_owned();
    message.insert("type".to_owned(), kind.as_str().into());
    let defaults = json!({
        "wid": id, "flow": flow, "fromMe": is_sent, "kind": kind,
        "date": timestamp::format(EPOCH), "ack": if is_sent { "sent" } else { "delivered" }, "events": {},
    });
    set_defaults(message, defaults);
    let (wid, number) = if is_sent { ("to", "toNumber") } else { ("from", "fromNumber") };
    set_default(message, wid, || chat.as_str().into());
    if let Some(phone) = phone_of_wid(&chat) {
        set_default(message, number, || phone.into());
    }
    Ok(())
}

/// The kind of a message's content. Older seeds have it in `kind` only, and the type of the chat in `type`.
fn content_kind(message: &Document) -> &str {
    let is_content = |kind: &&str| !CHAT_TYPES.contains(kind);
    str_at(message, "kind").or_else(|| str_at(message, "type").filter(is_content)).unwrap_or("text")
}

fn chat_of(message: &mut Document) -> Option<String> {
    let wid = str_at(message, "chatWid").map(str::to_owned);
    let wid = wid.or_else(|| str_at(message, "phone").map(wid_of_phone))?;
    message.shift_remove("phone");
    message.insert("chatWid".to_owned(), wid.clone().into());
    Some(wid)
}

/// Completes a note. Fails without a chat.
pub fn apply_note_defaults(note: &mut Document) -> Result<(), String> {
    if str_at(note, "chat").is_none() {
        return Err("chat is missing: give the wid of its chat".to_owned());
    }
    set_default(note, "message", || "".into());
    apply_common_defaults(note)
}

/// Completes a file of a chat; the kind and the name follow from its type.
pub fn apply_chat_file_defaults(file: &mut Document) -> Result<(), String> {
    set_default(file, "mime", || "image/png".into());
    let mime = str_at(file, "mime").unwrap_or_default().to_owned();
    let extension = mime_types::extension_of(&mime).unwrap_or("bin");
    let kind = str_at(file, "kind").unwrap_or(mime_types::kind(&mime)).to_owned();
    set_defaults(file, json!({"kind": kind, "type": kind, "status": "available", "flow": "in", "extension": extension}));
    let filename = format!("{}.{extension}", str_at(file, "id").unwrap_or_default());
    set_default(file, "filename", || filename.into());
    apply_common_defaults(file)?;
    // Size and checksum of the content that a download returns.
    let content = blob_store::placeholder(file);
    set_default(file, "size", || content.len().into());
    set_default(file, "sha2", || blob_store::sha256_hex(&content).into());
    Ok(())
}
