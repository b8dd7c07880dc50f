//! The WhatsApp profile of a device.

use serde_json::json;

use crate::sandbox::handlers::{content, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::set_at;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Returns the profile of a device.
pub fn get(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let mut profile = json!({"id": call.device(), "phone": device.get("phone"), "wid": device.get("wid")});
    let device = serializers::device(state, device);
    let fields = device.get("profile").and_then(|profile| profile.as_object()).cloned().unwrap_or_default();
    if let Some(profile) = profile.as_object_mut() {
        profile.extend(fields);
    }
    Ok(Response::ok(&profile))
}

/// Sets the given fields, keeps the others.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find_mut("devices", "", call.device())?;
    call.fields().for_each(|(path, value)| set_at(device, &format!("profile.{path}"), value.clone()));
    // The same text is called `status` in requests and `info` in the device.
    if let Some(status) = call.field("status") {
        set_at(device, "profile.info", status.clone());
    }
    set_at(device, "profile.lastSyncAt", timestamp::now().into());
    get(state, call)
}

/// Returns the picture of a device's profile.
pub fn image(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    Ok(content::image_response(&state.blobs, &image_key(call.device())))
}

/// Replaces the picture of a device's profile.
pub fn update_image(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let picture = content::decode_image(call)?;
    let device = state.find_mut("devices", "", call.device())?;
    set_at(device, "profile.imagePath", format!("/v1/devices/{}/profile/image", call.device()).into());
    set_at(device, "profile.lastSyncAt", timestamp::now().into());
    state.blobs.put(&image_key(call.device()), picture);
    get(state, call)
}

fn image_key(device: &str) -> String {
    format!("profile of {device}")
}
