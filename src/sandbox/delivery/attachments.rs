//! The file of a message becomes a file of its chat, which can be downloaded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::sandbox::media::mime_types;
use crate::sandbox::state::blob_store::sha256_hex;
use crate::sandbox::state::document::{Document, fill, str_at, strings_at};
use crate::sandbox::state::{AccountState, schemas};

/// Stores the file of a message with `media`, unless the media names a stored file; completes the media.
pub fn attach(state: &mut AccountState, message: &mut Document) {
    let Some(mut media) = message.get("media").and_then(Value::as_object).cloned() else { return };
    let [device, chat, id, date, body] = strings_at(message, ["device", "chatWid", "id", "date", "body"]);
    if str_at(&media, "id").is_some() {
        return;
    }
    let (described, content) = source(state, &mut media);
    fill(&mut media, described);
    fill(&mut media, json!({"id": state.store.new_id(&schemas::CHAT_FILES, &device), "caption": body}));
    let flow = if str_at(message, "flow") == Some("outbound") { "out" } else { "in" };
    let mut file = json!({"device": device, "chat": chat, "message": id, "flow": flow, "createdAt": date});
    fill_from(&mut file, &media);
    if let Value::Object(mut file) = file {
        store(state, &mut file, content);
        for name in ["mime", "size", "filename"] {
            media.entry(name).or_insert_with(|| file.get(name).cloned().unwrap_or_default());
        }
    }
    message.insert("media".to_owned(), media.into());
}

fn fill_from(file: &mut Value, media: &Document) {
    if let Some(file) = file.as_object_mut() {
        let fields = ["id", "mime", "filename", "caption", "format", "size"];
        file.extend(fields.into_iter().filter_map(|name| Some((name.to_owned(), media.get(name)?.clone()))));
    }
}

/// The mime type, name and content of an uploaded file, or what an address says about one. A received file may have its
/// content in base64, which is removed from the media.
fn source(state: &AccountState, media: &mut Document) -> (Value, Option<Bytes>) {
    let encoded = media.shift_remove("content");
    if let Some(content) = encoded.as_ref().and_then(Value::as_str).and_then(|text| STANDARD.decode(text).ok()) {
        return (json!({"size": content.len()}), Some(content.into()));
    }
    if let Some(file) = str_at(media, "file").and_then(|id| state.store.get("files", "", id)) {
        let described = json!({"mime": file.get("mime"), "filename": file.get("filename"), "size": file.get("size")});
        return (described, Some(state.blobs.get_or_placeholder(file)));
    }
    let path = str_at(media, "url").unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| !name.is_empty());
    let named = str_at(media, "filename").or(name);
    let mime = named.and_then(mime_types::from_filename).or_else(|| name.and_then(mime_types::from_filename));
    (json!({"mime": mime.unwrap_or(mime_types::UNKNOWN), "filename": named}), None)
}

fn store(state: &mut AccountState, file: &mut Document, content: Option<Bytes>) {
    let [device, id] = strings_at(file, ["device", "id"]);
    if let Some(content) = content {
        file.insert("sha2".to_owned(), sha256_hex(&content).into());
        state.blobs.put(&id, content);
    }
    // Cannot fail: a file of a chat requires nothing.
    let _ = (schemas::CHAT_FILES.apply_defaults)(file);
    state.store.upsert(&schemas::CHAT_FILES, &device, &id, file.clone());
}
