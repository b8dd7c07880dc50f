//! Uploaded files. Addresses are never fetched: each one yields a generated file, always the same.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::sandbox::handlers::{content, crud, filters, serializers};
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::blob_store::{placeholder, sha256_hex};
use crate::sandbox::state::document::{Document, set_at, str_at};
use crate::sandbox::state::schemas::expiry;
use crate::sandbox::state::{AccountState, facts, schemas};
use crate::sandbox::validate::Call;
use crate::sandbox::{media, timestamp};

const FILES: &str = "files";
/// Maximum number of files that a bulk delete removes by default.
const DEFAULT_DELETE_LIMIT: u64 = 100;

/// Stores a file and returns it in a list; duplicate content is a conflict that names the existing file.
pub fn upload(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let mut fields = call.fields_with_defaults();
    let content = describe(&mut fields, call)?;
    let checksum = sha256_hex(&content);
    if let Some(id) =
        state.store.all(FILES).find(|file| str_at(file, "sha2") == Some(&checksum)).and_then(|file| str_at(file, "id"))
    {
        return Err(ApiError::new(409, format!("File already exists with ID {id}.")).with_meta(json!({"file": id})));
    }
    let mut file = crud::new_document(state, &schemas::FILES, call)?;
    file.extend(fields);
    file.shift_remove("file");
    file.insert("size".to_owned(), content.len().into());
    file.insert("sha2".to_owned(), checksum.into());
    file.insert("user".to_owned(), facts::account_owner(state));
    let id = str_at(&file, "id").unwrap_or_default().to_owned();
    state.blobs.put(&id, content);
    let response = Response::json(201, &[serializers::view(state, &schemas::FILES, &file)]);
    state.store.upsert(&schemas::FILES, "", &id, file);
    Ok(response)
}

/// Sets name, type and origin of the uploaded file, and returns its content.
fn describe(file: &mut Document, call: &Call) -> Result<Bytes, ApiError> {
    let (name, mime, origin, content) = match (&call.file, call.text("url")) {
        (Some(part), _) => {
            let name = call.text("filename").or(part.filename.as_deref()).unwrap_or("file");
            let declared = part.content_type.as_deref().filter(|mime| *mime != mime_types::UNKNOWN);
            (name, declared.unwrap_or_else(|| mime_types::guess(name, &part.content)), "upload", Some(part.content.clone()))
        }
        (None, Some(url)) => {
            let path_name = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let name = call.text("filename").unwrap_or(path_name);
            (
                name,
                mime_types::from_filename(name).or_else(|| mime_types::from_filename(path_name)).unwrap_or(mime_types::UNKNOWN),
                "remote",
                None,
            )
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

/// Sets the given fields; a new expiration counts from now.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = state.find_mut(FILES, "", call.id())?;
    call.fields().for_each(|(path, value)| set_at(file, path, value.clone()));
    if let Some(expires) = call.text("expiration").and_then(|text| expiry(&timestamp::now(), text)) {
        file.insert("expiresAt".to_owned(), expires.into());
    }
    file.insert("updatedAt".to_owned(), timestamp::now().into());
    file_response(state, call)
}

/// Deletes a file and its content, and returns its document.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let response = file_response(state, call);
    remove(state, call.id());
    response
}

fn file_response(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    Ok(Response::ok(&serializers::view(state, &schemas::FILES, state.find(FILES, "", call.id())?)))
}

/// Deletes the oldest files that match every filter.
pub fn bulk_delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let limit = call.field("limit").and_then(Value::as_u64).unwrap_or(DEFAULT_DELETE_LIMIT);
    let conditions: Vec<(&str, Vec<String>)> =
        call.fields().filter(|(wire, _)| *wire != "limit").map(|(wire, value)| (wire, as_strings(value))).collect();
    let filters: Vec<_> = conditions.iter().map(|(wire, values)| filters::for_bulk_delete(wire, values)).collect();
    let files = state.store.all(FILES).filter(|file| filters.iter().all(|filter| filter.matches(state, file)));
    let ids = files.filter_map(|file| str_at(file, "id")).take(usize::try_from(limit).unwrap_or_default());
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    for id in &ids {
        remove(state, id);
    }
    Ok(Response::ok(&json!({"deleted": ids.len(), "files": ids})))
}

fn as_strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(as_strings).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn remove(state: &mut AccountState, id: &str) {
    state.store.remove(FILES, "", id);
    state.blobs.remove(id);
}

/// Returns the content of a file as an attachment, and counts the download.
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

/// Returns a generated image: the sandbox does not render files.
pub fn preview(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let file = state.find(FILES, "", call.id())?;
    Ok(Response::content("image/png", media::placeholder_image(str_at(file, "sha2").unwrap_or_default())))
}
