//! The messages of a device that wait to be sent.

use serde_json::{Value, json};

use crate::sandbox::check::Call;
use crate::sandbox::collections;
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::view;
use crate::sandbox::world::World;

pub fn status(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    answer(world, call)
}

/// Moves every waiting message to the target's queue, behind those that wait there.
pub fn route(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let target = call.text("device").unwrap_or_default();
    world.find("devices", "", target)?;
    let Some(kind) = collections::kind("queue") else { return answer(world, call) };
    for (id, mut message) in world.store.take(kind.name, call.device()) {
        message.insert("device".to_owned(), target.into());
        world.store.put(kind, target, &id, message);
    }
    answer(world, call)
}

fn answer(world: &World, call: &Call) -> Result<Reply, Refusal> {
    let device = world.find("devices", "", call.device())?;
    let field = |name: &str| device.get(name).cloned().unwrap_or(Value::Null);
    let queue = view::queue(world, device);
    Ok(Reply::ok(&json!({"id": field("id"), "phone": field("phone"), "alias": field("alias"), "queue": queue})))
}
