//! Registered webhooks; deliveries are in `sandbox::webhooks`.

use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::str_at;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::validate::Call;

/// Registers an address, once.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_valid(state, call, None)?;
    crud::create(state, &schemas::WEBHOOKS, call)
}

/// Changes a webhook; 409 if another one has its URL, 404 if its device is missing.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_valid(state, call, Some(call.id()))?;
    crud::update(state, &schemas::WEBHOOKS, call)
}

/// Checks that no webhook but `own` has the address, and that the device exists.
fn ensure_valid(state: &AccountState, call: &Call, own: Option<&str>) -> Result<(), ApiError> {
    let mut others = state.store.all("webhooks").filter(|hook| str_at(hook, "id") != own);
    if let Some(url) = call.text("url")
        && others.any(|hook| str_at(hook, "url") == Some(url))
    {
        return Err(ApiError::new(409, "Webhook already exists"));
    }
    call.text("device").map_or(Ok(()), |device| state.find("devices", "", device).map(drop))
}

/// Enables a webhook and clears its failures.
pub fn enable(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let hook = state.find_mut("webhooks", "", call.id())?;
    hook.insert("status".to_owned(), "active".into());
    hook.insert("retries".to_owned(), 0.into());
    let hook = state.find("webhooks", "", call.id())?;
    Ok(Response::ok(&serializers::view(state, &schemas::WEBHOOKS, hook)))
}

/// Returns the delivery log, newest first.
pub fn list_logs(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("webhooks", "", call.id())?;
    let log = state.webhook_log.entries(call.id()).skip(call.query_number("skip").unwrap_or(0));
    Ok(Response::ok(&log.take(call.query_number("size").unwrap_or(20)).collect::<Vec<_>>()))
}
