//! Webhooks beyond their documents; what they are told is in `hooks`.

use crate::sandbox::check::Call;
use crate::sandbox::collections;
use crate::sandbox::crud;
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::store::text_at;
use crate::sandbox::world::World;

/// Each address can be registered once.
pub fn create(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let Some(kind) = collections::kind("webhooks") else { return Err(Refusal::new(500, "No webhooks")) };
    if world.store.all(kind.name).any(|hook| text_at(hook, "url") == call.text("url")) {
        return Err(Refusal::new(409, "Webhook already exists"));
    }
    if let Some(device) = call.text("device") {
        world.find("devices", "", device)?;
    }
    crud::create(world, kind, call)
}

/// Forgets the failures, and tells what happens from now on.
pub fn enable(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let hook = world.find_mut("webhooks", "", call.id())?;
    hook.insert("status".to_owned(), "active".into());
    hook.insert("retries".to_owned(), 0.into());
    Ok(Reply::ok(hook))
}

/// The newest entry first.
pub fn list_logs(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    world.find("webhooks", "", call.id())?;
    let number = |wire| call.query_value(wire).and_then(|text| text.parse::<usize>().ok());
    let log = world.hooks.log(call.id()).skip(number("skip").unwrap_or(0));
    Ok(Reply::ok(&log.take(number("size").unwrap_or(20)).collect::<Vec<_>>()))
}
