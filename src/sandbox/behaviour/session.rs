//! A device's connection to WhatsApp.

use serde_json::json;

use crate::sandbox::check::Call;
use crate::sandbox::clock;
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::store::object_in;
use crate::sandbox::world::World;

pub fn sync(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let device = world.find_mut("devices", "", call.device())?;
    let moment = clock::now();
    if let Some(session) = object_in(device, "session") {
        session.insert("lastSyncAt".to_owned(), moment.clone().into());
    }
    Ok(Reply::ok(&json!({"id": call.device(), "status": "synced", "lastSyncAt": moment})))
}
