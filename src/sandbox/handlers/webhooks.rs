//! Webhooks beyond their documents; what they are told is in `hooks`.

use crate::sandbox::handlers::crud;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::store::text_at;
use crate::sandbox::validate::Call;

/// Each address can be registered once.
pub fn create(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_possible(world, call, None)?;
    crud::create(world, webhooks()?, call)
}

pub fn update(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_possible(world, call, Some(call.id()))?;
    crud::update(world, webhooks()?, call)
}

fn webhooks() -> Result<&'static CollectionSchema, ApiError> {
    schemas::kind("webhooks").ok_or_else(|| ApiError::new(500, "No webhooks"))
}

/// Whether no other webhook than `own` has the address, and the device is there.
fn ensure_possible(world: &AccountState, call: &Call, own: Option<&str>) -> Result<(), ApiError> {
    let mut others = world.store.all("webhooks").filter(|hook| text_at(hook, "id") != own);
    if let Some(url) = call.text("url")
        && others.any(|hook| text_at(hook, "url") == Some(url))
    {
        return Err(ApiError::new(409, "Webhook already exists"));
    }
    call.text("device").map_or(Ok(()), |device| world.find("devices", "", device).map(drop))
}

/// Forgets the failures, and tells what happens from now on.
pub fn enable(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let hook = world.find_mut("webhooks", "", call.id())?;
    hook.insert("status".to_owned(), "active".into());
    hook.insert("retries".to_owned(), 0.into());
    Ok(Response::ok(hook))
}

/// The newest entry first.
pub fn list_logs(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    world.find("webhooks", "", call.id())?;
    let number = |wire| call.query_value(wire).and_then(|text| text.parse::<usize>().ok());
    let log = world.hooks.log(call.id()).skip(number("skip").unwrap_or(0));
    Ok(Response::ok(&log.take(number("size").unwrap_or(20)).collect::<Vec<_>>()))
}
