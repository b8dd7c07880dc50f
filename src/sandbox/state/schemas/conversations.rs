//! What messages, notes and files of chats are completed with.

use serde_json::json;

use crate::sandbox::media::mime_types;
use crate::sandbox::state::blob_store;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, complete_plain, default, kind_of_wid, phone_of_wid, wid_of_phone};
use crate::sandbox::timestamp;

/// A message needs its chat: `chatWid`, or the `phone` it came from or went to.
pub fn complete_chat_message(message: &mut Document) -> Result<(), String> {
    let chat = chat_of(message).ok_or("give the chatWid of its chat, or the phone")?;
    let flow = str_at(message, "flow").unwrap_or("inbound").to_owned();
    let sent = match flow.as_str() {
        "outbound" => true,
        "inbound" => false,
        _ => return Err(format!("flow is {flow:?}; it is inbound or outbound")),
    };
    let id = str_at(message, "id").unwrap_or_default().to_owned();
    default(message, "wid", || id.into());
    default(message, "flow", || flow.into());
    default(message, "fromMe", || sent.into());
    default(message, "type", || kind_of_wid(&chat).into());
    default(message, "kind", || "text".into());
    default(message, "date", || timestamp::written(EPOCH).into());
    default(message, "ack", || if sent { "sent" } else { "delivered" }.into());
    default(message, "events", || json!({}));
    let (wid, number) = if sent { ("to", "toNumber") } else { ("from", "fromNumber") };
    default(message, wid, || chat.as_str().into());
    if let Some(phone) = phone_of_wid(&chat) {
        default(message, number, || phone.into());
    }
    Ok(())
}

fn chat_of(message: &mut Document) -> Option<String> {
    let wid = str_at(message, "chatWid").map(str::to_owned);
    let wid = wid.or_else(|| str_at(message, "phone").map(wid_of_phone))?;
    message.shift_remove("phone");
    message.insert("chatWid".to_owned(), wid.clone().into());
    Some(wid)
}

pub fn complete_note(note: &mut Document) -> Result<(), String> {
    if str_at(note, "chat").is_none() {
        return Err("chat is missing: give the wid of its chat".to_owned());
    }
    default(note, "message", || "".into());
    complete_plain(note)
}

pub fn complete_chat_file(file: &mut Document) -> Result<(), String> {
    default(file, "mime", || "image/png".into());
    let mime = str_at(file, "mime").unwrap_or_default().to_owned();
    let extension = mime_types::extension_of(&mime).unwrap_or("bin");
    let kind = str_at(file, "kind").unwrap_or(mime_types::kind(&mime)).to_owned();
    default(file, "kind", || kind.as_str().into());
    default(file, "type", || kind.into());
    default(file, "status", || "available".into());
    default(file, "flow", || "in".into());
    default(file, "extension", || extension.into());
    let named = format!("{}.{extension}", str_at(file, "id").unwrap_or_default());
    default(file, "filename", || named.into());
    complete_plain(file)?;
    // What a download delivers.
    let content = blob_store::placeholder(file);
    default(file, "size", || content.len().into());
    default(file, "sha2", || blob_store::sha256_hex(&content).into());
    Ok(())
}
