//! Who is in a group, and who asks to be let in.

use serde_json::{Value, json};

use crate::sandbox::handlers::groups::{GROUPS, change, enter};
use crate::sandbox::handlers::members::{PENDING, add, edit, ensure_known, given, member, phone, phones_of, remove, set_admin};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::str_at;
use crate::sandbox::validate::Call;

/// Adds all of them or, when one cannot be added, none.
pub fn add_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let there = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    let added = given(state, call, &there)?;
    change(state, call.id(), |group| add(group, &added));
    size(state, call)
}

/// Makes members admins, or takes that away.
pub fn update_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let items: Vec<_> = call.field("participants").and_then(Value::as_array).into_iter().flatten().collect();
    let there = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    items.iter().try_for_each(|item| ensure_known(&there, &phone(item)))?;
    change(state, call.id(), |group| {
        edit(group, "participants", |list| list.iter_mut().for_each(|member| set_admin(member, &items)));
    });
    size(state, call)
}

pub fn remove_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let there = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    let leaving = call.items().iter().filter_map(Value::as_str);
    let leaving: Vec<Value> =
        leaving.map(|phone| ensure_known(&there, phone).map(|()| json!({"phone": phone}))).collect::<Result<_, _>>()?;
    change(state, call.id(), |group| remove(group, &leaving));
    size(state, call)
}

pub fn list_pending(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let group = state.find(GROUPS, call.device(), call.id())?;
    Ok(Response::ok(group.get(PENDING).unwrap_or(&json!([]))))
}

/// Lets those in who are named, or everybody.
pub fn approve(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let decided = decide(state, call)?;
    change(state, call.id(), |group| add(group, &decided));
    let devices = state
        .store
        .all("devices")
        .filter(|device| decided.iter().any(|one| Some(phone(one).as_str()) == str_at(device, "phone")));
    let devices: Vec<String> = devices.filter_map(|device| str_at(device, "id")).map(str::to_owned).collect();
    for device in devices {
        enter(state, call.id(), &device);
    }
    decision(state, call, "approved", &decided)
}

/// Refuses those who are named, or everybody.
pub fn reject(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let decided = decide(state, call)?;
    decision(state, call, "rejected", &decided)
}

/// Takes those off the list who are decided on.
fn decide(state: &mut AccountState, call: &Call) -> Result<Vec<Value>, ApiError> {
    let asking = phones_of(state.find(GROUPS, call.device(), call.id())?, PENDING);
    let named = call.field("phones").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let chosen: Vec<String> = if call.flag("all") { asking.clone() } else { named.map(str::to_owned).collect() };
    chosen.iter().try_for_each(|phone| ensure_known(&asking, phone))?;
    change(state, call.id(), |group| edit(group, PENDING, |list| list.retain(|one| !chosen.contains(&phone(one)))));
    Ok(chosen.iter().map(|phone| member(state, call.device(), phone, false)).collect())
}

fn decision(state: &AccountState, call: &Call, word: &str, decided: &[Value]) -> Result<Response, ApiError> {
    let phones: Vec<_> = decided.iter().map(phone).collect();
    let total = state.find(GROUPS, call.device(), call.id())?.get("totalParticipants");
    Ok(Response::ok(&json!({word: phones, "totalParticipants": total})))
}

fn size(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let group = state.find(GROUPS, call.device(), call.id())?;
    Ok(Response::ok(&json!({"totalParticipants": group.get("totalParticipants"), "participants": group.get("participants")})))
}
