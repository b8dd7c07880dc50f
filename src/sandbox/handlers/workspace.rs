//! Departments, and bulk deletes of quick replies and meeting links.

use serde_json::{Value, json};

use crate::sandbox::handlers::crud;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Creates a department; 404 if one of its agents is missing.
pub fn create_department(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_agents(state, call)?;
    crud::create(state, &schemas::DEPARTMENTS, call)
}

/// Changes a department; 404 if one of its agents is missing.
pub fn update_department(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_agents(state, call)?;
    crud::update(state, &schemas::DEPARTMENTS, call)
}

/// Checks that the agents of a department are users of the account.
fn ensure_agents(state: &AccountState, call: &Call) -> Result<(), ApiError> {
    let agents = call.strings("agents");
    agents.map(|agent| state.find("users", "", agent)).try_for_each(|user| user.map(drop))
}

/// Deletes the given quick replies, or none if one does not exist.
pub fn delete_quick_replies(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let is_all = |entry: &Value| entry.get("all") == Some(&Value::Bool(true));
    if call.items().iter().any(is_all) {
        return Ok(deleted_response(delete_where(&mut state.store, "quick_replies", call.device(), |_| true)));
    }
    let is_named = |entry: &Value, reply: &Document| {
        ["id", "shortcut"].iter().any(|key| entry.get(*key).is_some_and(|value| reply.get(*key) == Some(value)))
    };
    let replies = || state.store.documents("quick_replies", call.device()).into_iter().flatten();
    if call.items().iter().any(|entry| !replies().any(|(_, reply)| is_named(entry, reply))) {
        return Err(ApiError::new(404, "Quick reply not found"));
    }
    let is_deleted = |reply: &Document| call.items().iter().any(|entry| is_named(entry, reply));
    Ok(deleted_response(delete_where(&mut state.store, "quick_replies", call.device(), is_deleted)))
}

/// Deletes the meeting links that `ids` or `urls` name, and that match every other filter.
pub fn delete_meeting_links(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let filters: Vec<_> = call.fields().filter(|(wire, _)| *wire != "all").collect();
    if filters.is_empty() && !call.flag("all") {
        return Err(ApiError::invalid("body.all", "set all to true, or give a filter", "no links are selected"));
    }
    let (names, limits): (Vec<_>, Vec<_>) = filters.into_iter().partition(|(wire, _)| matches!(*wire, "ids" | "urls"));
    let is_deleted = |link: &Document| {
        let is_named = names.is_empty() || names.iter().any(|(wire, value)| matches(link, wire, value));
        is_named && limits.iter().all(|(wire, value)| matches(link, wire, value))
    };
    Ok(deleted_response(delete_where(&mut state.store, "meeting_links", call.device(), is_deleted)))
}

fn matches(link: &Document, wire: &str, value: &Value) -> bool {
    let is_one_of = |field: &str| value.as_array().is_some_and(|values| link.get(field).is_some_and(|own| values.contains(own)));
    let date = |field: &str| str_at(link, field).and_then(timestamp::parse);
    let compare = |field: &str, holds: fn(&i64, &i64) -> bool| {
        let limit = value.as_str().and_then(timestamp::parse);
        date(field).zip(limit).is_some_and(|(own, limit)| holds(&own, &limit))
    };
    match wire {
        "ids" => is_one_of("id"),
        "urls" => is_one_of("url"),
        "createdBefore" => compare("createdAt", i64::lt),
        "createdAfter" => compare("createdAt", i64::gt),
        "expiresBefore" => compare("expiresAt", i64::lt),
        "expiresAfter" => compare("expiresAt", i64::gt),
        _ => false,
    }
}

fn deleted_response(deleted: usize) -> Response {
    Response::ok(&json!({"deleted": deleted}))
}
