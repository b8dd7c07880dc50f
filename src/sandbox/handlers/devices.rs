//! The devices of the account.

use serde_json::{Value, json};

use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::cascade::cascade_delete;
use crate::sandbox::state::document::{Document, set_at, str_at};
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::state::{AccountState, facts, schemas};
use crate::sandbox::validate::Call;

/// Messages per minute.
const MAX_DELIVERY_SPEED: f64 = 150.0;

/// Creates a device; it has no phone number until its QR code is scanned.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let agents = agents(state, call)?;
    let mut device = call.fields_with_defaults();
    let plan = device.shift_remove("billingPlan").unwrap_or_default();
    device.shift_remove("paymentIntent");
    for (path, value) in [
        ("status", "pending".into()),
        ("version", 2.into()),
        ("plan", plan.clone()),
        ("billing.subscription.plan", plan),
        ("agents", agents),
        ("user", facts::account_owner(state)),
        ("session", json!({"status": "authorize", "uptime": 0})),
    ] {
        set_at(&mut device, path, value);
    }
    let device = crud::complete(state, &schemas::DEVICES, call, device)?;
    Ok(crud::insert(state, &schemas::DEVICES, call, device))
}

fn agents(state: &AccountState, call: &Call) -> Result<Value, ApiError> {
    let ids = call.strings("agents");
    ids.map(|id| state.find("users", "", id).map(|user| json!({"id": id, "displayName": user.get("displayName")}))).collect()
}

/// Changes the settings of a device; the delivery speed is checked against its limits.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let speed = call.field("settings.deliverySpeed").and_then(Value::as_f64);
    if speed.is_some_and(|speed| !(0.0..=MAX_DELIVERY_SPEED).contains(&speed)) {
        let problem = format!("must be 0 to {MAX_DELIVERY_SPEED}");
        return Err(ApiError::invalid("body.settings.deliverySpeed", format!("settings.deliverySpeed {problem}"), &problem));
    }
    let device = state.find_mut("devices", "", call.device())?;
    for (path, value) in call.fields().filter(|(path, _)| *path != "enable") {
        set_at(device, path, value.clone());
    }
    if let Some(plan) = call.field("plan") {
        set_at(device, "billing.subscription.plan", plan.clone());
    }
    match call.field("enable").and_then(Value::as_bool) {
        Some(false) => disable(device),
        Some(true) if str_at(device, "status") == Some("disabled") => enable(device),
        _ => {}
    }
    let device = state.find("devices", "", call.device())?;
    Ok(Response::ok(&serializers::serialize(state, &schemas::DEVICES, device, &call.query)))
}

/// Disables a device, which ends its session.
fn disable(device: &mut Document) {
    set_at(device, "status", "disabled".into());
    if str_at(device, "session.status") == Some("online") {
        set_at(device, "session.status", "offline".into());
    }
}

fn enable(device: &mut Document) {
    let status = if device.contains_key("phone") { "operative" } else { "pending" };
    set_at(device, "status", status.into());
    if str_at(device, "session.status") == Some("offline") {
        set_at(device, "session.status", "online".into());
    }
}

/// Deletes the chats with these phone numbers, and their messages; numbers without a chat are skipped.
pub fn delete_chats(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let phones = call.items().iter().filter_map(Value::as_str);
    let mut deleted = Vec::new();
    for (phone, wid) in phones.map(|phone| (phone, wid_of_phone(phone))) {
        if state.store.remove("chats", call.device(), &wid).is_some() {
            deleted.push(phone);
            cascade_delete(&mut state.store, &schemas::CHATS, call.device(), &wid);
        }
    }
    Ok(Response::ok(&json!({"deleted": deleted})))
}
