//! Uploaded files. What an address holds is not fetched: it stands for a file of its own, always the same.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::sandbox::handlers::content;
use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::filters;
use crate::sandbox::media;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::blob_store::{placeholder, sha256_hex};
use crate::sandbox::state::document::{Document, set_at, str_at};
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::expiry;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const FILES: &str = "files";
/// Files that a call deletes unless it says otherwise.
const DELETED_AT_ONCE: u64 = 100;

/// Answers a list with the file. The same content a second time is refused with the id of the first.
pub fn upload(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let Some(kind) = schemas::kind(FILES) else { return Ok(Response::ok(&json!([]))) };
    let mut described = call.fields_with_defaults();
    let content = describe(&mut described, call)?;
    let sum = sha256_hex(&content);
    if let Some(id) = state.store.all(FILES).find(|file| str_at(file, "sha2") == Some(&sum)).and_then(|file| str_at(file, "id")) {
        return Err(ApiError::new(409, format!("File already exists with ID {id}.")).with_meta(json!({"file": id})));
    }
    let mut file = crud::new_document(state, kind, call)?;
    file.extend(described);
    file.shift_remove("file");
    file.insert("size".to_owned(), content.len().into());
    file.insert("sha2".to_owned(), sum.into());
    let owner = state.store.all("users").next().map(|user| json!({"id": user.get("id"), "displayName": user.get("displayName")}));
    file.insert("user".to_owned(), owner.unwrap_or_default());
    let id = str_at(&file, "id").unwrap_or_default().to_owned();
    state.blobs.put(&id, content);
    let answer = Response::json(201, &[&file]);
    state.store.upsert(kind, "", &id, file);
    Ok(answer)
}

/// Name, type and origin of what is uploaded; its content.
fn describe(file: &mut Document, call: &Call) -> Result<Bytes, ApiError> {
    let (name, mime, origin, content) = match (&call.file, call.text("url")) {
        (Some(part), _) => {
            let name = call.text("filename").or(part.filename.as_deref()).unwrap_or("file");
            let said = part.content_type.as_deref().filter(|mime| *mime != mime_types::UNKNOWN);
            (name, said.unwrap_or_else(|| mime_types::mime(name, &part.content)), "upload", Some(part.content.clone()))
        }
        (None, Some(url)) => {
            let last = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let name = call.text("filename").unwrap_or(last);
            (name, mime_types::of_name(name).or_else(|| mime_types::of_name(last)).unwrap_or(mime_types::UNKNOWN), "remote", None)
        }
        (None, None) => {
            let problem = "must be sent as multipart/form-data";
            return Err(ApiError::invalid("body.file", format!("file {problem}"), problem));
        }
    };
    let extension = mime_types::extension(name).or_else(|| mime_types::extension_of(mime).map(str::to_owned));
    for (field, value) in [("filename", name), ("mime", mime), ("kind", mime_types::kind(mime)), ("origin", origin)] {
        file.insert(field.to_owned(), value.into());
    }
    if let Some(extension) = extension {
        file.insert("ext".to_owned(), extension.into());
    }
    Ok(content.unwrap_or_else(|| placeholder(file)))
}

/// Sets what is given; a new expiration counts from now.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = state.find_mut(FILES, "", call.id())?;
    for (path, value) in call.fields() {
        set_at(file, path, value.clone());
    }
    if let Some(expires) = call.text("expiration").and_then(|text| expiry(&timestamp::now(), text)) {
        file.insert("expiresAt".to_owned(), expires.into());
    }
    file.insert("updatedAt".to_owned(), timestamp::now().into());
    Ok(Response::ok(file))
}

pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let answer = Response::ok(state.find(FILES, "", call.id())?);
    forget(state, call.id());
    Ok(answer)
}

/// Deletes the oldest files that every filter lets through.
pub fn bulk_delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let limit = call.field("limit").and_then(Value::as_u64).unwrap_or(DELETED_AT_ONCE);
    let given: Vec<(&str, Vec<String>)> =
        call.fields().filter(|(wire, _)| *wire != "limit").map(|(wire, value)| (wire, texts(value))).collect();
    let filters: Vec<_> = given.iter().map(|(wire, values)| filters::of_bulk(wire, values)).collect();
    let chosen = state.store.all(FILES).filter(|file| filters.iter().all(|filter| filter.passes(state, file)));
    let ids = chosen.filter_map(|file| str_at(file, "id")).take(usize::try_from(limit).unwrap_or_default());
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    for id in &ids {
        forget(state, id);
    }
    Ok(Response::ok(&json!({"deleted": ids.len(), "files": ids})))
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn forget(state: &mut AccountState, id: &str) {
    state.store.remove(FILES, "", id);
    state.blobs.remove(id);
}

pub fn download(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = state.find(FILES, "", call.id())?;
    let content = state.blobs.get_or_placeholder(file);
    let mime = str_at(file, "mime").unwrap_or(mime_types::UNKNOWN).to_owned();
    let name = str_at(file, "filename").unwrap_or("file").to_owned();
    let file = state.find_mut(FILES, "", call.id())?;
    let downloads = file.get("stats").and_then(|stats| stats.get("downloads")).and_then(Value::as_u64).unwrap_or_default();
    set_at(file, "stats.downloads", (downloads + 1).into());
    set_at(file, "lastAccessAt", timestamp::now().into());
    Ok(content::attachment(&mime, &name, content))
}

/// A picture in place of the preview: the sandbox cannot draw what is in a file.
pub fn preview(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = state.find(FILES, "", call.id())?;
    Ok(Response::content("image/png", media::picture(str_at(file, "sha2").unwrap_or_default())))
}
