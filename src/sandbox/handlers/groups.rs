//! Groups: what they are called, who leads into them, who leaves. Who is in them is in `members.rs`.
//!
//! Each device of the account has its own document of a group, so a change is made to all of them.

use serde_json::{Value, json};

use crate::sandbox::handlers::content;
use crate::sandbox::handlers::crud;
use crate::sandbox::handlers::members;
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, set_at, str_at};
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::invite;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

pub const GROUPS: &str = "groups";

/// The number is its first member and an admin.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let Some(kind) = schemas::kind(GROUPS) else { return Ok(Response::ok(&json!({}))) };
    let name = call.text("name").unwrap_or_default();
    ensure_free(state, call, name, None)?;
    let mut participants = vec![members::own(state, call.device())];
    participants.extend(members::given(state, call, &[])?);
    let mut group = crud::new_document(state, kind, call)?;
    group.insert("totalParticipants".to_owned(), participants.len().into());
    group.insert("participants".to_owned(), participants.into());
    let wid = str_at(&group, "wid").unwrap_or_default().to_owned();
    state.store.upsert(kind, call.device(), &wid, group);
    put_chat(state, call.device(), &wid, name);
    answer(state, call, &wid, 201)
}

/// Sets what is given and leaves the rest.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find(GROUPS, call.device(), call.id())?;
    if let Some(name) = call.text("name") {
        ensure_free(state, call, name, Some(call.id()))?;
        for device in holders(state, call.id()) {
            put_chat(state, &device, call.id(), name);
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
    answer(state, call, call.id(), 200)
}

pub fn update_image(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let picture = content::decode_image(call)?;
    state.find(GROUPS, call.device(), call.id())?;
    let url = call.text("url").map_or_else(|| format!("/v1/groups/{}/image", call.id()), str::to_owned);
    change(state, call.id(), |group| set_at(group, "imageUrl", url.clone().into()));
    state.blobs.put(call.id(), picture);
    Ok(Response::ok(&json!({"success": true, "wid": call.id(), "imageUrl": url})))
}

pub fn invite_code(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    invitation(state.find(GROUPS, call.device(), call.id())?)
}

/// The group gets a new code; the old one leads nowhere.
pub fn revoke_invite_code(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let old = str_at(state.find(GROUPS, call.device(), call.id())?, "inviteCode").unwrap_or_default().to_owned();
    change(state, call.id(), |group| {
        group.shift_remove("inviteCode");
        group.shift_remove("inviteLink");
        invite(group, &old);
    });
    invite_code(state, call)
}

fn invitation(group: &Document) -> Result<Response, ApiError> {
    Ok(Response::ok(&json!({"code": group.get("inviteCode"), "url": group.get("inviteLink")})))
}

/// Makes the number a member of a group that another number of the account is in. Where an admin has to let it in,
/// it waits.
pub fn join(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let link = call.text("code").or_else(|| call.text("url")).unwrap_or_default();
    let code = link.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let group = state.store.all(GROUPS).find(|group| str_at(group, "inviteCode") == Some(code)).cloned();
    let group = group.ok_or_else(|| ApiError::new(404, "Invitation not found"))?;
    let wid = str_at(&group, "wid").unwrap_or_default().to_owned();
    let own = members::own(state, call.device());
    let is_in = state.store.get(GROUPS, call.device(), &wid).is_some() && members::is_in(&group, &own);
    if !is_in && members::needs_approval(&group) {
        change(state, &wid, |group| members::ask(group, &own));
        return Ok(Response::json(202, &json!({"id": wid, "wid": wid, "status": "pending"})));
    }
    if !is_in {
        enter(state, &wid, call.device());
    }
    answer(state, call, &wid, 200)
}

/// The device becomes a member, and has the group and its chat from now on.
pub fn enter(state: &mut AccountState, wid: &str, device: &str) {
    let (Some(kind), own) = (schemas::kind(GROUPS), members::own(state, device)) else { return };
    change(state, wid, |group| members::add(group, std::slice::from_ref(&own)));
    let Some(mut group) = state.store.all(GROUPS).find(|group| str_at(group, "wid") == Some(wid)).cloned() else { return };
    let name = str_at(&group, "name").unwrap_or_default().to_owned();
    group.insert("device".to_owned(), device.into());
    group.insert("isReadOnly".to_owned(), false.into());
    state.store.upsert(kind, device, wid, group);
    put_chat(state, device, wid, &name);
}

/// The number is no member any more. With `remove`, which is meant unless it is false, the group and its chat go too.
pub fn leave(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let wid = call.text("id").unwrap_or_default();
    let group = state.find(GROUPS, call.device(), wid)?;
    let own = members::own(state, call.device());
    if !members::is_in(group, &own) && group.get("isReadOnly") == Some(&Value::Bool(true)) {
        return Err(ApiError::new(400, "The group has been left already"));
    }
    change(state, wid, |group| members::remove(group, std::slice::from_ref(&own)));
    if call.field("remove") == Some(&Value::Bool(false)) {
        state.find_mut(GROUPS, call.device(), wid)?.insert("isReadOnly".to_owned(), true.into());
    } else {
        state.store.remove(GROUPS, call.device(), wid);
        state.store.remove("chats", call.device(), wid);
    }
    Ok(Response::ok(&json!({"id": wid, "left": true})))
}

/// Changes the group wherever the account has it.
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

fn ensure_free(state: &AccountState, call: &Call, name: &str, own: Option<&str>) -> Result<(), ApiError> {
    let mut groups = state.store.documents(GROUPS, call.device()).into_iter().flatten();
    let taken = groups.any(|(wid, group)| str_at(group, "name") == Some(name) && Some(wid.as_str()) != own);
    if taken { Err(ApiError::new(409, "A group of this name already exists")) } else { Ok(()) }
}

/// The chat of a group, made or renamed.
fn put_chat(state: &mut AccountState, device: &str, wid: &str, name: &str) {
    let Some(kind) = schemas::kind("chats") else { return };
    if let Some(chat) = state.store.get_mut("chats", device, wid) {
        chat.insert("name".to_owned(), name.into());
        return;
    }
    let mut chat = Document::new();
    for (key, value) in [("id", state.store.new_id(kind, device)), ("device", device.to_owned()), ("wid", wid.to_owned())] {
        chat.insert(key.to_owned(), value.into());
    }
    chat.insert("name".to_owned(), name.into());
    // A wid is all that a chat needs.
    let _ = (kind.complete)(&mut chat);
    state.store.upsert(kind, device, wid, chat);
}

fn answer(state: &AccountState, call: &Call, wid: &str, status: u16) -> Result<Response, ApiError> {
    Ok(Response::json(status, &serializers::group(state.find(GROUPS, call.device(), wid)?)))
}
