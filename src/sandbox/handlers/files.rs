//! Uploaded files. What an address holds is not fetched: it stands for a file of its own, always the same.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::filters;
use crate::sandbox::media;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::blob_store;
use crate::sandbox::state::blob_store::{sha2, stand_in};
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::expiry;
use crate::sandbox::state::store::{Document, set_at, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const FILES: &str = "files";
/// Files that a call deletes unless it says otherwise.
const DELETED_AT_ONCE: u64 = 100;

/// Answers a list with the file. The same content a second time is refused with the id of the first.
pub fn upload(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let Some(kind) = schemas::kind(FILES) else { return Ok(Response::ok(&json!([]))) };
    let mut described = call.fields_with_defaults();
    let content = describe(&mut described, call)?;
    let sum = sha2(&content);
    if let Some(id) = world.store.all(FILES).find(|file| text_at(file, "sha2") == Some(&sum)).and_then(|file| text_at(file, "id"))
    {
        return Err(ApiError::new(409, format!("File already exists with ID {id}.")).with_meta(json!({"file": id})));
    }
    let mut file = crud::new_document(world, kind, call)?;
    file.extend(described);
    file.shift_remove("file");
    file.insert("size".to_owned(), content.len().into());
    file.insert("sha2".to_owned(), sum.into());
    let owner = world.store.all("users").next().map(|user| json!({"id": user.get("id"), "displayName": user.get("displayName")}));
    file.insert("user".to_owned(), owner.unwrap_or_default());
    let id = text_at(&file, "id").unwrap_or_default().to_owned();
    world.contents.put(&id, content);
    let answer = Response::json(201, &[&file]);
    world.store.put(kind, "", &id, file);
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
    Ok(content.unwrap_or_else(|| stand_in(file)))
}

/// Sets what is given; a new expiration counts from now.
pub fn update(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = world.find_mut(FILES, "", call.id())?;
    for (path, value) in call.fields() {
        set_at(file, path, value.clone());
    }
    if let Some(expires) = call.text("expiration").and_then(|text| expiry(&timestamp::now(), text)) {
        file.insert("expiresAt".to_owned(), expires.into());
    }
    file.insert("updatedAt".to_owned(), timestamp::now().into());
    Ok(Response::ok(file))
}

pub fn delete(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let answer = Response::ok(world.find(FILES, "", call.id())?);
    forget(world, call.id());
    Ok(answer)
}

/// Deletes the oldest files that every filter lets through.
pub fn bulk_delete(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let limit = call.field("limit").and_then(Value::as_u64).unwrap_or(DELETED_AT_ONCE);
    let given: Vec<(&str, Vec<String>)> =
        call.fields().filter(|(wire, _)| *wire != "limit").map(|(wire, value)| (wire, texts(value))).collect();
    let filters: Vec<_> = given.iter().map(|(wire, values)| filters::of_bulk(wire, values)).collect();
    let chosen = world.store.all(FILES).filter(|file| filters.iter().all(|filter| filter.passes(world, file)));
    let ids = chosen.filter_map(|file| text_at(file, "id")).take(usize::try_from(limit).unwrap_or_default());
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    for id in &ids {
        forget(world, id);
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

fn forget(world: &mut AccountState, id: &str) {
    world.store.remove(FILES, "", id);
    world.contents.remove(id);
}

pub fn download(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = world.find(FILES, "", call.id())?;
    let content = world.contents.of(file);
    let mime = text_at(file, "mime").unwrap_or(mime_types::UNKNOWN).to_owned();
    let name = text_at(file, "filename").unwrap_or("file").to_owned();
    let file = world.find_mut(FILES, "", call.id())?;
    let downloads = file.get("stats").and_then(|stats| stats.get("downloads")).and_then(Value::as_u64).unwrap_or_default();
    set_at(file, "stats.downloads", (downloads + 1).into());
    set_at(file, "lastAccessAt", timestamp::now().into());
    Ok(blob_store::attachment(&mime, &name, content))
}

/// A picture in place of the preview: the sandbox cannot draw what is in a file.
pub fn preview(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = world.find(FILES, "", call.id())?;
    Ok(Response::content("image/png", media::picture(text_at(file, "sha2").unwrap_or_default())))
}
