//! Internal notes in chats.

use serde_json::{Value, json};

use crate::sandbox::handlers::{chats, crud};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{set_at, str_at};
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Creates a note in a chat; its author is the given agent, or the one that the key belongs to.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("chats", call.device(), call.id())?;
    let author = match call.text("author") {
        Some(id) => Some(Value::from(state.find("users", "", id).map(|_| id)?)),
        None => chats::assigner(state, call),
    };
    let id = state.store.new_id(&schemas::NOTES, call.device());
    let mut note = call.fields_with_defaults();
    let now = timestamp::now();
    for (key, value) in [("id", id.as_str()), ("device", call.device()), ("chat", call.id()), ("createdAt", &now)] {
        note.insert(key.to_owned(), value.into());
    }
    note.insert("author".to_owned(), author.unwrap_or_default());
    let response = crud::insert(state, &schemas::NOTES, call, note);
    update_count(state, call)?;
    Ok(response)
}

/// Deletes the given notes, or none if one does not exist.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("chats", call.device(), call.id())?;
    let ids = call.list("ids");
    for id in ids.iter().filter_map(Value::as_str) {
        let note = state.find("notes", call.device(), id)?;
        if str_at(note, "chat") != Some(call.id()) {
            return Err(ApiError::new(404, "Note not found"));
        }
    }
    let is_deleted = |id: Option<&Value>| id.is_some_and(|id| ids.contains(id));
    let deleted = delete_where(&mut state.store, "notes", call.device(), |note| is_deleted(note.get("id")));
    update_count(state, call)?;
    Ok(Response::ok(&json!({"deleted": deleted})))
}

/// Updates the number of notes in the chat, and the last one.
fn update_count(state: &mut AccountState, call: &Call) -> Result<(), ApiError> {
    let notes = state.store.documents("notes", call.device()).into_iter().flatten();
    let own: Vec<_> = notes.map(|(_, note)| note).filter(|note| str_at(note, "chat") == Some(call.id())).cloned().collect();
    let chat = state.find_mut("chats", call.device(), call.id())?;
    set_at(chat, "stats.notes", own.len().into());
    ["lastNote", "lastNoteAt"].iter().for_each(|name| drop(chat.shift_remove(*name)));
    own.last().into_iter().for_each(|note| schemas::set_last_note(chat, note));
    Ok(())
}
