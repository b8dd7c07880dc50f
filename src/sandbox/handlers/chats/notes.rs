//! Notes of the team in a chat.

use serde_json::{Value, json};

use crate::sandbox::handlers::chats;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{set_at, str_at};
use crate::sandbox::state::schemas;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("chats", call.device(), call.id())?;
    let author = match call.text("author") {
        Some(id) => Some(Value::from(state.find("users", "", id).map(|_| id)?)),
        None => chats::assigner(state, call),
    };
    let Some(kind) = schemas::kind("notes") else { return Err(ApiError::new(404, "Note not found")) };
    let id = state.store.new_id(kind, call.device());
    let mut note = call.fields_with_defaults();
    let moment = timestamp::now();
    for (key, value) in [("id", id.as_str()), ("device", call.device()), ("chat", call.id()), ("createdAt", &moment)] {
        note.insert(key.to_owned(), value.into());
    }
    note.insert("author".to_owned(), author.unwrap_or_default());
    let answer = Response::json(201, &note);
    state.store.upsert(kind, call.device(), &id, note);
    count(state, call)?;
    Ok(answer)
}

/// Deletes all of them or, where one is not there, none.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("chats", call.device(), call.id())?;
    let ids = call.field("ids").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for id in ids.iter().filter_map(Value::as_str) {
        let note = state.find("notes", call.device(), id)?;
        if str_at(note, "chat") != Some(call.id()) {
            return Err(ApiError::new(404, "Note not found"));
        }
    }
    let named = |id: Option<&Value>| id.is_some_and(|id| ids.contains(id));
    let deleted = delete_where(&mut state.store, "notes", call.device(), |note| named(note.get("id")));
    count(state, call)?;
    Ok(Response::ok(&json!({"deleted": deleted})))
}

/// Writes into the chat how many notes it has.
fn count(state: &mut AccountState, call: &Call) -> Result<(), ApiError> {
    let notes = state.store.documents("notes", call.device()).into_iter().flatten();
    let own = notes.filter(|(_, note)| str_at(note, "chat") == Some(call.id())).count();
    set_at(state.find_mut("chats", call.device(), call.id())?, "stats.notes", own.into());
    Ok(())
}
