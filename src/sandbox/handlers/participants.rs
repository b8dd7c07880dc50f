//! Members of groups, and pending requests to join.

use serde_json::{Value, json};

use crate::sandbox::handlers::groups::{GROUPS, add_device, change};
use crate::sandbox::handlers::members::{
    PENDING, add, edit, ensure_member, from_body, member, phone, phones_of, remove, set_admin,
};
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::str_at;
use crate::sandbox::state::schemas::phone_of_wid;
use crate::sandbox::validate::Call;

/// Adds all of them, or none if one cannot be added.
pub fn add_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let phones = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    let added = from_body(state, call, &phones)?;
    change(state, call.id(), |group| add(group, &added));
    participants_response(state, call)
}

/// Changes which members are admins.
pub fn update_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let items: Vec<_> = call.list("participants").iter().collect();
    let phones = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    items.iter().try_for_each(|item| ensure_member(&phones, &phone(item)))?;
    change(state, call.id(), |group| {
        edit(group, "participants", |list| list.iter_mut().for_each(|member| set_admin(member, &items)));
    });
    participants_response(state, call)
}

/// Removes participants by phone or wid; 400, without effect, if one of them is not in the group.
pub fn remove_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let phones = phones_of(state.find(GROUPS, call.device(), call.id())?, "participants");
    let removed = call.items().iter().filter_map(Value::as_str);
    let removed = removed.map(|id| phone_of_wid(id).unwrap_or_else(|| id.to_owned()));
    let removed: Vec<Value> =
        removed.map(|phone| ensure_member(&phones, &phone).map(|()| json!({"phone": phone}))).collect::<Result<_, _>>()?;
    change(state, call.id(), |group| remove(group, &removed));
    participants_response(state, call)
}

/// Lists the people who asked to join a group.
pub fn list_pending(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let group = state.find(GROUPS, call.device(), call.id())?;
    Ok(Response::ok(group.get(PENDING).unwrap_or(&json!([]))))
}

/// Approves some or all requests to join.
pub fn approve(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let members = take_pending(state, call)?;
    change(state, call.id(), |group| add(group, &members));
    let devices = state
        .store
        .all("devices")
        .filter(|device| members.iter().any(|member| Some(phone(member).as_str()) == str_at(device, "phone")));
    let devices: Vec<String> = devices.filter_map(|device| str_at(device, "id")).map(str::to_owned).collect();
    for device in devices {
        add_device(state, call.id(), &device);
    }
    decision_response(state, call, "approved", &members)
}

/// Rejects some or all requests to join.
pub fn reject(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let members = take_pending(state, call)?;
    decision_response(state, call, "rejected", &members)
}

/// Removes the requests that are decided, and returns them as members.
fn take_pending(state: &mut AccountState, call: &Call) -> Result<Vec<Value>, ApiError> {
    let pending = phones_of(state.find(GROUPS, call.device(), call.id())?, PENDING);
    let phones = call.strings("phones");
    let chosen: Vec<String> = if call.flag("all") { pending.clone() } else { phones.map(str::to_owned).collect() };
    chosen.iter().try_for_each(|phone| ensure_member(&pending, phone))?;
    change(state, call.id(), |group| edit(group, PENDING, |list| list.retain(|request| !chosen.contains(&phone(request)))));
    Ok(chosen.iter().map(|phone| member(state, call.device(), phone, false)).collect())
}

fn decision_response(state: &AccountState, call: &Call, key: &str, members: &[Value]) -> Result<Response, ApiError> {
    let phones: Vec<_> = members.iter().map(phone).collect();
    let total = state.find(GROUPS, call.device(), call.id())?.get("totalParticipants");
    Ok(Response::ok(&json!({key: phones, "totalParticipants": total})))
}

fn participants_response(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let group = state.find(GROUPS, call.device(), call.id())?;
    let participants = serializers::participants(state, group);
    Ok(Response::ok(&json!({"totalParticipants": group.get("totalParticipants"), "participants": participants})))
}
