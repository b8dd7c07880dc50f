//! Status and owner of chats.

use serde_json::Value;

use crate::sandbox::check::Call;
use crate::sandbox::clock;
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::store::{Document, object_in, text_at};
use crate::sandbox::view;
use crate::sandbox::world::World;

/// Setting the status that the chat has already leaves its dates as they are.
pub fn set_status(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let chat = world.find_mut("chats", call.device(), call.id())?;
    let status = call.text("status").unwrap_or_default();
    if text_at(chat, "status") != Some(status) {
        if let Some(earlier) = chat.get("statusUpdatedAt").cloned() {
            chat.insert("prevStatusUpdatedAt".to_owned(), earlier);
        }
        chat.insert("status".to_owned(), status.into());
        chat.insert("statusUpdatedAt".to_owned(), clock::now().into());
    }
    answer(world, call)
}

/// Sets what is given, agent or department or both, and leaves the other as it is.
pub fn assign(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let agent = agent(world, call)?;
    let department =
        call.text("department").map(|id| world.find("departments", call.device(), id).map(|_| id.to_owned())).transpose()?;
    let assigner = assigner(world, call);
    let chat = world.find_mut("chats", call.device(), call.id())?;
    give(chat, agent, department, assigner);
    answer(world, call)
}

/// A chat without an owner is left as it is.
pub fn unassign(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    world.find_mut("chats", call.device(), call.id())?.shift_remove("owner");
    answer(world, call)
}

/// Makes the agent and the department the owners of a chat.
pub fn give(chat: &mut Document, agent: Option<String>, department: Option<String>, assigner: Option<Value>) {
    let Some(owner) = object_in(chat, "owner") else { return };
    if let Some(agent) = agent {
        owner.insert("agent".to_owned(), agent.into());
    }
    if let Some(assigner) = assigner {
        owner.insert("assigner".to_owned(), assigner);
    }
    owner.insert("assignedAt".to_owned(), clock::now().into());
    if let Some(department) = department {
        owner.insert("department".to_owned(), department.into());
    }
}

/// The agent whose id or email is given; the id is taken where both are.
fn agent(world: &World, call: &Call) -> Result<Option<String>, Refusal> {
    if let Some(id) = call.text("agent") {
        return world.find("users", "", id).map(|_| Some(id.to_owned()));
    }
    let Some(email) = call.text("email") else { return Ok(None) };
    let found = world.store.all("users").find(|user| text_at(user, "email") == Some(email));
    let id = found.and_then(|user| text_at(user, "id"));
    id.map(|id| Some(id.to_owned())).ok_or_else(|| Refusal::new(404, "Agent not found"))
}

/// Whoever owns the device, and so the key.
pub fn assigner(world: &World, call: &Call) -> Option<Value> {
    world.store.get("devices", "", call.device())?.get("user")?.get("id").cloned()
}

fn answer(world: &World, call: &Call) -> Result<Reply, Refusal> {
    let chat = world.find("chats", call.device(), call.id())?;
    Ok(Reply::ok(&view::chat(world, chat)))
}
