//! The people who work with the account, and which devices they may use.

use serde_json::{Value, json};

use crate::sandbox::handlers::chats::attributes;
use crate::sandbox::handlers::crud;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::schemas;
use crate::sandbox::state::store::{Document, set_at, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// A member without a list of devices may use every one.
pub fn has_access(user: &Document, device: &str) -> bool {
    let list = user.get("devices").and_then(Value::as_array);
    list.is_none_or(|devices| devices.iter().any(|one| one.as_str() == Some(device)))
}

pub fn list_device_members(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let members: Vec<_> = world.store.all("users").filter(|user| has_access(user, call.device())).collect();
    Ok(Response::ok(&crud::page(call, &members)?))
}

/// Who is invited is pending until the invitation is taken; the password is kept nowhere.
pub fn create(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let Some(kind) = schemas::kind("users") else { return Err(ApiError::new(404, "Agent not found")) };
    ensure_free(world, call.text("email"), "")?;
    let mut user = crud::new_document(world, kind, call)?;
    let is_invited = call.flag("invite");
    tidy(&mut user);
    user.insert("status".to_owned(), if is_invited { "pending" } else { "active" }.into());
    user.insert("devices".to_owned(), json!([call.device()]));
    user.insert("availability".to_owned(), json!({"mode": "auto", "updatedAt": timestamp::now()}));
    let answer = Response::json(201, &user);
    let id = text_at(&user, "id").unwrap_or_default().to_owned();
    world.store.put(kind, "", &id, user);
    Ok(answer)
}

pub fn update(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    world.find("users", "", call.subject())?;
    ensure_free(world, call.text("email"), call.subject())?;
    let user = world.find_mut("users", "", call.subject())?;
    for (path, value) in call.fields() {
        set_at(user, path, value.clone());
    }
    user.insert("updatedAt".to_owned(), timestamp::now().into());
    tidy(user);
    Ok(Response::ok(user))
}

/// Puts the colour where the service has it, and leaves out what it never tells.
fn tidy(user: &mut Document) {
    for secret in ["password", "invite"] {
        user.shift_remove(secret);
    }
    if let Some(color) = user.shift_remove("color") {
        set_at(user, "settings.color", color);
    }
}

fn ensure_free(world: &AccountState, email: Option<&str>, own: &str) -> Result<(), ApiError> {
    let Some(email) = email else { return Ok(()) };
    let other = |user: &&Document| text_at(user, "email") == Some(email) && text_at(user, "id") != Some(own);
    match world.store.all("users").find(other) {
        Some(_) => Err(ApiError::new(409, "A team member with this email exists already")),
        None => Ok(()),
    }
}

pub fn grant_access(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let user = world.find_mut("users", "", call.subject())?;
    if !has_access(user, call.device())
        && let Some(devices) = user.get_mut("devices").and_then(Value::as_array_mut)
    {
        devices.push(call.device().into());
    }
    Ok(Response::ok(user))
}

/// Somebody who leaves a device, or the team.
struct Leaving {
    member: String,
    /// What becomes of the member's chats.
    action: String,
    successor: Option<String>,
    /// Whether the user is deleted altogether.
    remove: bool,
}

pub fn revoke_access(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let given = json!({
        "id": call.text("id"), "email": call.text("email"), "action": call.text("action"),
        "assign": call.text("assign"), "remove": call.flag("remove"),
    });
    let leaving = leaving(world, &given)?;
    let chats = hand_over(world, &leaving, Some(call.device()))?;
    let devices: Vec<Value> = world.store.all("devices").filter_map(|device| device.get("id")).cloned().collect();
    let user = world.find_mut("users", "", &leaving.member)?;
    let own = user.get("devices").and_then(Value::as_array).cloned().unwrap_or(devices);
    let left: Vec<Value> = own.into_iter().filter(|id| id.as_str() != Some(call.device())).collect();
    user.insert("devices".to_owned(), left.into());
    let answer = Response::ok(&json!({"id": leaving.member, "device": call.device(), "chats": chats, "removed": leaving.remove}));
    if leaving.remove {
        remove(world, &leaving.member);
    }
    Ok(answer)
}

/// Without `force`, a member with open chats stays, and so do all others of the call.
pub fn delete(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let given = call.field("users").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let all = given.iter().map(|user| leaving(world, user)).collect::<Result<Vec<_>, _>>()?;
    for leaving in all.iter().filter(|_| !call.flag("force")) {
        if open_chats(world, &leaving.member) > 0 {
            return Err(ApiError::new(409, format!("Agent {} has open chats: set force to delete anyway", leaving.member)));
        }
    }
    let mut deleted = Vec::new();
    for leaving in &all {
        let chats = hand_over(world, leaving, None)?;
        deleted.push(json!({"id": leaving.member, "chats": chats, "removed": leaving.remove}));
        if leaving.remove {
            remove(world, &leaving.member);
        } else if let Some(user) = world.store.get_mut("users", "", &leaving.member) {
            user.insert("devices".to_owned(), json!([]));
            user.insert("status".to_owned(), "suspended".into());
        }
    }
    Ok(Response::ok(&json!({"deleted": deleted})))
}

/// Who leaves, by id or email; a successor must be there, and be somebody else.
fn leaving(world: &AccountState, given: &Value) -> Result<Leaving, ApiError> {
    let text = |field: &str| given.get(field).and_then(Value::as_str);
    let name = text("id").or_else(|| text("email"));
    let known =
        world.store.all("users").find(|user| name.is_some() && (text_at(user, "id") == name || text_at(user, "email") == name));
    let member = known.and_then(|user| text_at(user, "id")).ok_or_else(|| ApiError::new(404, "Agent not found"))?.to_owned();
    let successor = text("assign").map(|id| world.find("users", "", id).map(|_| id.to_owned())).transpose()?;
    let action = text("action").unwrap_or_default().to_owned();
    if action == "reassign" && successor.as_ref().is_none_or(|successor| *successor == member) {
        return Err(ApiError::invalid(
            "body.assign",
            "reassign needs assign, the id of another member",
            "is missing or the same member",
        ));
    }
    let remove = given.get("remove").and_then(Value::as_bool).unwrap_or_default();
    Ok(Leaving { member, action, successor, remove })
}

/// Device and wid of the chats that a member owns.
fn chats_of(world: &AccountState, member: &str, device: Option<&str>) -> Vec<(String, String)> {
    let own = |chat: &&Document| text_at(chat, "owner.agent") == Some(member);
    let here = |chat: &&Document| device.is_none() || text_at(chat, "device") == device;
    let address = |chat: &Document| Some((text_at(chat, "device")?.to_owned(), text_at(chat, "wid")?.to_owned()));
    world.store.all("chats").filter(own).filter(here).filter_map(address).collect()
}

fn open_chats(world: &AccountState, member: &str) -> usize {
    let is_open = |chat: &Document| matches!(text_at(chat, "status"), Some("active" | "pending"));
    let chats = chats_of(world, member, None);
    chats.iter().filter(|(device, wid)| world.store.get("chats", device, wid).is_some_and(is_open)).count()
}

/// Does with the member's chats what was asked for, and tells how many they were.
fn hand_over(world: &mut AccountState, leaving: &Leaving, device: Option<&str>) -> Result<usize, ApiError> {
    let chats = chats_of(world, &leaving.member, device);
    for (device, wid) in &chats {
        let chat = world.find_mut("chats", device, wid)?;
        if leaving.action == "reassign" {
            attributes::give(chat, leaving.successor.clone(), None, None);
            continue;
        }
        attributes::take_from_agent(chat);
        if leaving.action == "resolve" {
            attributes::set_status(chat, "resolved");
        }
    }
    Ok(chats.len())
}

/// A user who is gone is in no department.
fn remove(world: &mut AccountState, member: &str) {
    world.store.remove("users", "", member);
    let departments: Vec<_> = world.store.all("departments").filter_map(address).collect();
    for (device, id) in departments {
        let agents = world.store.get_mut("departments", &device, &id).and_then(|found| found.get_mut("agents"));
        if let Some(agents) = agents.and_then(Value::as_array_mut) {
            agents.retain(|agent| agent.as_str() != Some(member));
        }
    }
}

fn address(document: &Document) -> Option<(String, String)> {
    Some((text_at(document, "device")?.to_owned(), text_at(document, "id")?.to_owned()))
}
