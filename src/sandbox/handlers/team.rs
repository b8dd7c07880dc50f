//! Team members and their access to devices.

use serde_json::{Value, json};

use crate::sandbox::handlers::chats::attributes;
use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, set_at, str_at};
use crate::sandbox::state::{AccountState, facts, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Lists the members of the team who have access to a device.
pub fn list_device_members(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let members = state.store.all("users").filter(|user| facts::has_access(user, call.device()));
    let members: Vec<_> = members.map(|user| serializers::view(state, &schemas::USERS, user)).collect();
    Ok(Response::ok(&crud::page(call, &members)?))
}

/// Returns the owner of the account, the first user, with the `name` that other clients read.
pub fn me(state: &mut AccountState, _: &Call) -> Result<Response, ApiError> {
    let owner = state.store.all("users").next().ok_or_else(|| ApiError::new(404, "User not found"))?;
    let mut account = serializers::view(state, &schemas::USERS, owner);
    account.insert("name".to_owned(), account.get("displayName").cloned().unwrap_or_default());
    Ok(Response::ok(&account))
}

/// Creates a member; invited ones are pending. The password is not stored.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_email_unused(state, call.text("email"), "")?;
    let mut user = crud::new_document(state, &schemas::USERS, call)?;
    let is_invited = call.flag("invite");
    normalize(&mut user);
    user.insert("status".to_owned(), if is_invited { "pending" } else { "active" }.into());
    user.insert("devices".to_owned(), json!([call.device()]));
    user.insert("availability".to_owned(), json!({"mode": "auto", "updatedAt": timestamp::now()}));
    Ok(crud::insert(state, &schemas::USERS, call, user))
}

/// Changes a member of the team; 409 if another member has the email.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("users", "", call.subject())?;
    ensure_email_unused(state, call.text("email"), call.subject())?;
    let user = state.find_mut("users", "", call.subject())?;
    call.fields().for_each(|(path, value)| set_at(user, path, value.clone()));
    user.insert("updatedAt".to_owned(), timestamp::now().into());
    normalize(user);
    user_response(state, call)
}

/// Moves the color to the settings, and removes the fields that are never returned.
fn normalize(user: &mut Document) {
    for secret in ["password", "invite"] {
        user.shift_remove(secret);
    }
    if let Some(color) = user.shift_remove("color") {
        set_at(user, "settings.color", color);
    }
}

fn ensure_email_unused(state: &AccountState, email: Option<&str>, own: &str) -> Result<(), ApiError> {
    let Some(email) = email else { return Ok(()) };
    let is_other = |user: &&Document| str_at(user, "email") == Some(email) && str_at(user, "id") != Some(own);
    match state.store.all("users").find(is_other) {
        Some(_) => Err(ApiError::new(409, "A team member with this email exists already")),
        None => Ok(()),
    }
}

/// Gives a member access to a device.
pub fn grant_access(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let user = state.find_mut("users", "", call.subject())?;
    if !facts::has_access(user, call.device())
        && let Some(devices) = user.get_mut("devices").and_then(Value::as_array_mut)
    {
        devices.push(call.device().into());
    }
    user_response(state, call)
}

fn user_response(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    Ok(Response::ok(&serializers::view(state, &schemas::USERS, state.find("users", "", call.subject())?)))
}

/// A member to remove from a device or from the team.
struct Removal {
    member: String,
    /// What happens to the member's chats.
    action: String,
    successor: Option<String>,
    /// Whether the user is deleted.
    remove: bool,
}

/// Takes a member's access to a device away, and releases or reassigns the member's chats there.
pub fn revoke_access(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let fields = json!({
        "id": call.text("id"), "email": call.text("email"), "action": call.text("action"),
        "assign": call.text("assign"), "remove": call.flag("remove"),
    });
    let removal = parse_removal(state, &fields)?;
    let chats = release_chats(state, &removal, Some(call.device()))?;
    let devices: Vec<Value> = state.store.all("devices").filter_map(|device| device.get("id")).cloned().collect();
    let user = state.find_mut("users", "", &removal.member)?;
    let own = user.get("devices").and_then(Value::as_array).cloned().unwrap_or(devices);
    let left: Vec<Value> = own.into_iter().filter(|id| id.as_str() != Some(call.device())).collect();
    user.insert("devices".to_owned(), left.into());
    let response =
        Response::ok(&json!({"id": removal.member, "device": call.device(), "chats": chats, "removed": removal.remove}));
    if removal.remove {
        remove(state, &removal.member);
    }
    Ok(response)
}

/// Deletes members; without `force`, none if one of them has open chats.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let removals = call.list("users").iter().map(|user| parse_removal(state, user)).collect::<Result<Vec<_>, _>>()?;
    for removal in removals.iter().filter(|_| !call.flag("force")) {
        if open_chats(state, &removal.member) > 0 {
            return Err(ApiError::new(409, format!("Agent {} has open chats: set force to delete anyway", removal.member)));
        }
    }
    let mut deleted = Vec::new();
    for removal in &removals {
        let chats = release_chats(state, removal, None)?;
        deleted.push(json!({"id": removal.member, "chats": chats, "removed": removal.remove}));
        if removal.remove {
            remove(state, &removal.member);
        } else if let Some(user) = state.store.get_mut("users", "", &removal.member) {
            user.insert("devices".to_owned(), json!([]));
            user.insert("status".to_owned(), "suspended".into());
        }
    }
    Ok(Response::ok(&json!({"deleted": deleted})))
}

/// Resolves the member by id or email, and the other member who takes over the chats.
fn parse_removal(state: &AccountState, fields: &Value) -> Result<Removal, ApiError> {
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let name = text("id").or_else(|| text("email"));
    let known =
        state.store.all("users").find(|user| name.is_some() && (str_at(user, "id") == name || str_at(user, "email") == name));
    let member = known.and_then(|user| str_at(user, "id")).ok_or_else(|| ApiError::new(404, "Agent not found"))?.to_owned();
    let successor = text("assign").map(|id| state.find("users", "", id).map(|_| id.to_owned())).transpose()?;
    let action = text("action").unwrap_or_default().to_owned();
    if action == "reassign" && successor.as_ref().is_none_or(|successor| *successor == member) {
        return Err(ApiError::invalid(
            "body.assign",
            "reassign needs assign, the id of another member",
            "is missing or the same member",
        ));
    }
    let remove = fields.get("remove").and_then(Value::as_bool).unwrap_or_default();
    Ok(Removal { member, action, successor, remove })
}

/// Device and wid of the chats assigned to a member.
fn chats_of(state: &AccountState, member: &str, device: Option<&str>) -> Vec<(String, String)> {
    let own = |chat: &&Document| str_at(chat, "owner.agent") == Some(member);
    let here = |chat: &&Document| device.is_none() || str_at(chat, "device") == device;
    let address = |chat: &Document| Some((str_at(chat, "device")?.to_owned(), str_at(chat, "wid")?.to_owned()));
    state.store.all("chats").filter(own).filter(here).filter_map(address).collect()
}

fn open_chats(state: &AccountState, member: &str) -> usize {
    let is_open = |chat: &Document| matches!(str_at(chat, "status"), Some("active" | "pending"));
    let chats = chats_of(state, member, None);
    chats.iter().filter(|(device, wid)| state.store.get("chats", device, wid).is_some_and(is_open)).count()
}

/// Reassigns, unassigns or resolves the member's chats, and returns their number.
fn release_chats(state: &mut AccountState, removal: &Removal, device: Option<&str>) -> Result<usize, ApiError> {
    let chats = chats_of(state, &removal.member, device);
    for (device, wid) in &chats {
        let chat = state.find_mut("chats", device, wid)?;
        if removal.action == "reassign" {
            attributes::assign(chat, removal.successor.clone(), None, None);
            continue;
        }
        attributes::unassign_agent(chat);
        if removal.action == "resolve" {
            attributes::set_status(chat, "resolved");
        }
    }
    Ok(chats.len())
}

/// Deletes a user, also from the departments.
fn remove(state: &mut AccountState, member: &str) {
    state.store.remove("users", "", member);
    let departments: Vec<_> = state.store.all("departments").filter_map(address).collect();
    for (device, id) in departments {
        let agents = state.store.get_mut("departments", &device, &id).and_then(|department| department.get_mut("agents"));
        if let Some(agents) = agents.and_then(Value::as_array_mut) {
            agents.retain(|agent| agent.as_str() != Some(member));
        }
    }
}

fn address(document: &Document) -> Option<(String, String)> {
    Some((str_at(document, "device")?.to_owned(), str_at(document, "id")?.to_owned()))
}
