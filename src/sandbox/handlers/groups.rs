//! Groups: name, image, invitations, joining and leaving. Members are in `participants.rs`.
//!
//! Each device of the account has its own document of a group; changes apply to all of them.

use serde_json::{Value, json};

use crate::sandbox::handlers::{content, crud, members, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, set_at, str_at, without_nulls};
use crate::sandbox::state::schemas::add_invite;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Name of the collection.
pub const GROUPS: &str = "groups";

/// Creates a group with the device as its first member and admin.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let name = call.text("name").unwrap_or_default();
    ensure_name_unused(state, call, name, None)?;
    let mut participants = vec![members::device_member(state, call.device())];
    participants.extend(members::from_body(state, call, &[])?);
    let mut group = crud::new_document(state, &schemas::GROUPS, call)?;
    group.insert("totalParticipants".to_owned(), participants.len().into());
    group.insert("participants".to_owned(), participants.into());
    let wid = str_at(&group, "wid").unwrap_or_default().to_owned();
    state.store.upsert(&schemas::GROUPS, call.device(), &wid, group);
    upsert_chat(state, call.device(), &wid, name);
    group_response(state, call, &wid, 201)
}

/// Sets the given fields, keeps the others.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find(GROUPS, call.device(), call.id())?;
    if let Some(name) = call.text("name") {
        ensure_name_unused(state, call, name, Some(call.id()))?;
        for device in holders(state, call.id()) {
            upsert_chat(state, &device, call.id(), name);
        }
    }
    change(state, call.id(), |group| {
        for (path, value) in call.fields().filter(|(path, _)| *path != "permissions") {
            set_at(group, path, value.clone());
        }
        if let Some(permissions) = call.field("permissions").and_then(Value::as_object) {
            permissions.iter().for_each(|(name, value)| set_at(group, &format!("permissions.{name}"), value.clone()));
        }
    });
    group_response(state, call, call.id(), 200)
}

/// Replaces the picture of a group.
pub fn update_image(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let picture = content::decode_image(call)?;
    state.find(GROUPS, call.device(), call.id())?;
    let url = call.text("url").map_or_else(|| format!("/v1/groups/{}/image", call.id()), str::to_owned);
    change(state, call.id(), |group| set_at(group, "imageUrl", url.clone().into()));
    state.blobs.put(call.id(), picture);
    Ok(Response::ok(&json!({"success": true, "wid": call.id(), "imageUrl": url})))
}

/// Returns the invite code and link of a group.
pub fn invite_code(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    invite_response(state.find(GROUPS, call.device(), call.id())?)
}

/// Replaces the invite code; the old one becomes invalid.
pub fn revoke_invite_code(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let old = str_at(state.find(GROUPS, call.device(), call.id())?, "inviteCode").unwrap_or_default().to_owned();
    change(state, call.id(), |group| {
        group.shift_remove("inviteCode");
        group.shift_remove("inviteLink");
        add_invite(group, &old);
    });
    invite_code(state, call)
}

fn invite_response(group: &Document) -> Result<Response, ApiError> {
    Ok(Response::ok(&json!({"code": group.get("inviteCode"), "url": group.get("inviteLink")})))
}

/// Joins a group of another device of the account, or requests to if an admin has to approve.
pub fn join(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let code = call.invite_code();
    let group = state.store.all(GROUPS).find(|group| str_at(group, "inviteCode") == Some(code)).cloned();
    let group = group.ok_or_else(|| ApiError::new(404, "Invitation not found"))?;
    let wid = str_at(&group, "wid").unwrap_or_default().to_owned();
    let member = members::device_member(state, call.device());
    let is_member = state.store.get(GROUPS, call.device(), &wid).is_some() && members::is_member(&group, &member);
    if !is_member && members::needs_approval(&group) {
        change(state, &wid, |group| members::request_to_join(group, &member));
        return Ok(Response::json(202, &json!({"id": wid, "wid": wid, "status": "pending"})));
    }
    if !is_member {
        add_device(state, &wid, call.device());
    }
    group_response(state, call, &wid, 200)
}

/// Makes the device a member, with its own documents of the group and its chat.
pub fn add_device(state: &mut AccountState, wid: &str, device: &str) {
    let member = members::device_member(state, device);
    change(state, wid, |group| members::add(group, std::slice::from_ref(&member)));
    let Some(mut group) = state.store.all(GROUPS).find(|group| str_at(group, "wid") == Some(wid)).cloned() else { return };
    let name = str_at(&group, "name").unwrap_or_default().to_owned();
    group.insert("device".to_owned(), device.into());
    group.insert("isReadOnly".to_owned(), false.into());
    state.store.upsert(&schemas::GROUPS, device, wid, group);
    upsert_chat(state, device, wid, &name);
}

/// Leaves a group. The group and its chat are deleted unless `remove` is false.
pub fn leave(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let wid = call.text("id").unwrap_or_default();
    let group = state.find(GROUPS, call.device(), wid)?;
    let member = members::device_member(state, call.device());
    if !members::is_member(group, &member) && group.get("isReadOnly") == Some(&Value::Bool(true)) {
        return Err(ApiError::new(400, "The device has already left the group"));
    }
    change(state, wid, |group| members::remove(group, std::slice::from_ref(&member)));
    if call.field("remove") == Some(&Value::Bool(false)) {
        state.find_mut(GROUPS, call.device(), wid)?.insert("isReadOnly".to_owned(), true.into());
    } else {
        state.store.remove(GROUPS, call.device(), wid);
        state.store.remove("chats", call.device(), wid);
    }
    Ok(Response::ok(&json!({"id": wid, "left": true})))
}

/// Changes the group on every device that has it.
pub fn change(state: &mut AccountState, wid: &str, change: impl Fn(&mut Document)) {
    for device in holders(state, wid) {
        if let Some(group) = state.store.get_mut(GROUPS, &device, wid) {
            change(group);
            group.insert("updatedAt".to_owned(), timestamp::now().into());
        }
    }
}

/// The devices that have a group.
pub fn holders(state: &AccountState, wid: &str) -> Vec<String> {
    let groups = state.store.all(GROUPS).filter(|group| str_at(group, "wid") == Some(wid));
    groups.filter_map(|group| str_at(group, "device")).map(str::to_owned).collect()
}

fn ensure_name_unused(state: &AccountState, call: &Call, name: &str, own: Option<&str>) -> Result<(), ApiError> {
    let mut groups = state.store.documents(GROUPS, call.device()).into_iter().flatten();
    let is_used = groups.any(|(wid, group)| str_at(group, "name") == Some(name) && Some(wid.as_str()) != own);
    if is_used { Err(ApiError::new(409, "A group with this name already exists")) } else { Ok(()) }
}

/// Creates or renames the chat of a group.
fn upsert_chat(state: &mut AccountState, device: &str, wid: &str, name: &str) {
    if let Some(chat) = state.store.get_mut("chats", device, wid) {
        chat.insert("name".to_owned(), name.into());
        return;
    }
    let chat = json!({"device": device, "wid": wid, "name": name, "createdAt": timestamp::now()});
    let mut chat = without_nulls(chat);
    // Cannot fail: a chat only requires a wid.
    let _ = (schemas::CHATS.apply_defaults)(&mut chat);
    schemas::finish_chat(&mut chat);
    state.store.upsert(&schemas::CHATS, device, wid, chat);
}

fn group_response(state: &AccountState, call: &Call, wid: &str, status: u16) -> Result<Response, ApiError> {
    Ok(Response::json(status, &serializers::view(state, &schemas::GROUPS, state.find(GROUPS, call.device(), wid)?)))
}
