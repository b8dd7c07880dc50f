//! Registered webhooks; deliveries are in `sandbox::webhooks`.
//!
//! A `sample` such as `inbound-image` in the query posts an event to the webhook: its newest received message of this type.
//! That it does is assumed; what other clients send is accepted in any case.

use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::events::{EventSubject, WebhookEvent};
use crate::sandbox::state::{AccountState, events, schemas};
use crate::sandbox::validate::Call;

/// The event of a sample.
const EVENT: &str = "message:in:new";

/// Registers an address, once.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_valid(state, call, None)?;
    let response = crud::create(state, &schemas::WEBHOOKS, call)?;
    let is_new = |hook: &&Document| str_at(hook, "url") == call.text("url");
    let hook = state.store.all("webhooks").find(is_new).cloned().unwrap_or_default();
    post_sample(state, call, &hook);
    Ok(response)
}

/// Returns the webhook, and posts a sample to it if one is asked for.
pub fn get(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let hook = state.find("webhooks", "", call.id())?.clone();
    post_sample(state, call, &hook);
    crud::get(state, &schemas::WEBHOOKS, call)
}

fn post_sample(state: &mut AccountState, call: &Call, hook: &Document) {
    let sample = call.query_value("sample").unwrap_or_default();
    let Some(kind) = sample.strip_prefix("inbound-") else { return };
    let device = |message: &Document| str_at(message, "device").unwrap_or_default().to_owned();
    let subscriber = |message: &Document| events::subscriber(hook, EVENT, &device(message));
    let is_sample = |message: &&Document| {
        str_at(message, "flow") == Some("inbound") && str_at(message, "kind") == Some(kind) && subscriber(message).is_some()
    };
    let newest = state.store.all("messages").filter(is_sample).max_by_key(|message| str_at(message, "date"));
    let Some((message, subscriber)) = newest.and_then(|message| Some((message.clone(), subscriber(message)?))) else { return };
    let event = WebhookEvent {
        name: EVENT,
        device: device(&message),
        subject: EventSubject::message(&message),
        data: serializers::event_data(state, &message),
        subscribers: vec![subscriber],
    };
    state.post_webhook_event(event);
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
