//! The WhatsApp session of a device: `authorize` until its code is scanned, then `online`.

use serde_json::json;

use crate::sandbox::handlers::serializers;
use crate::sandbox::media::qr::QrImage;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::blob_store::base64;
use crate::sandbox::state::document::{entry_object, set_at, str_at};
use crate::sandbox::state::schemas::{is_phone, phone_of_device, wid_of_phone};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Validity of a pairing code, in minutes.
const CODE_VALIDITY: i64 = 3;
/// Collections that a reset with `data` deletes.
const SESSION_DATA: [&str; 8] = ["chats", "contacts", "messages", "notes", "chat_files", "groups", "channels", "user_status"];

/// Records that the session was synchronized now, and returns the date.
pub fn sync(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let now = set_synced(state, call)?;
    Ok(Response::ok(&json!({"id": call.device(), "status": "synced", "lastSyncAt": now})))
}

fn set_synced(state: &mut AccountState, call: &Call) -> Result<String, ApiError> {
    let device = state.find_mut("devices", "", call.device())?;
    let now = timestamp::now();
    if let Some(session) = entry_object(device, "session") {
        session.insert("lastSyncAt".to_owned(), now.clone().into());
    }
    Ok(now)
}

/// Starts the session; one that needs a scan keeps waiting for it.
pub fn start(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    match status(state, call)?.as_str() {
        "online" => {}
        "authorize" | "timeout" => set_status(state, call.device(), "authorize")?,
        _ => set_status(state, call.device(), "online")?,
    }
    session_response(state, call)
}

/// Connects the session again, unless it waits for a scan of its code.
pub fn reboot(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    if !waits_for_scan(&status(state, call)?) {
        set_status(state, call.device(), "online")?;
        if call.query_flag("sync") {
            set_synced(state, call)?;
        }
    }
    session_response(state, call)
}

/// Disconnects the device; a new scan is required.
pub fn reset(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    set_status(state, call.device(), "authorize")?;
    state.pairing(call.device()).rotate();
    let cleared = SESSION_DATA.into_iter().filter(|_| call.query_flag("data"));
    for collection in cleared.chain(call.query_flag("emptyQueue").then_some("queue")) {
        state.store.drain_owner(collection, call.device());
    }
    session_response(state, call)
}

/// Returns whether the session is online.
pub fn health(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let status = state.session_status(device);
    Ok(Response::ok(&json!({
        "id": call.device(),
        "status": status,
        "healthy": status == "online",
        "uptime": device.get("session").and_then(|session| session.get("uptime")),
        "lastSyncAt": str_at(device, "session.lastSyncAt"),
        "queue": serializers::queue(state, device),
    })))
}

/// Returns the QR code in the requested encoding. It changes when a new one is forced or the session is reset.
pub fn scan(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    ensure_pairing(state, call)?;
    let text = format!("2@{}", state.pairing(call.device()).text());
    let code = QrImage::encode(&text).ok_or_else(|| ApiError::new(500, "The code is too long"))?;
    let svg = || code.svg();
    Ok(match call.query_value("encoding").unwrap_or_default().as_str() {
        "json" => Response::ok(&json!({"data": text, "svg": svg()})),
        "base64" => Response::ok(&json!({"data": base64(&code.png())})),
        "base64_uri" => Response::ok(&json!({"data": format!("data:image/png;base64,{}", base64(&code.png()))})),
        "uri" => Response::content("text/plain; charset=utf-8", text),
        "image" => Response::content("image/png", code.png()),
        _ => Response::content("image/svg+xml; charset=utf-8", svg()),
    })
}

/// Returns the eight characters to type into the phone instead of scanning.
pub fn request_code(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device_phone = str_at(state.find("devices", "", call.device())?, "phone").map(str::to_owned);
    let Some(phone) = call.text("phone").map(str::to_owned).or(device_phone) else {
        let problem = "is required, as the number was never connected";
        return Err(ApiError::invalid("body.phone", format!("phone {problem}"), problem));
    };
    ensure_pairing(state, call)?;
    let pairing = state.pairing(call.device());
    pairing.phone = Some(phone.clone());
    let code: String = pairing.secret("code").chars().take(8).collect::<String>().to_uppercase();
    let (left, right) = code.split_at_checked(4).unwrap_or_default();
    let expires = timestamp::format(timestamp::now_millis() + CODE_VALIDITY * timestamp::MINUTE);
    Ok(Response::ok(&json!({"id": call.device(), "phone": phone, "code": format!("{left}-{right}"), "expiresAt": expires})))
}

/// Checks that the session can be paired, and makes it wait for a scan.
fn ensure_pairing(state: &mut AccountState, call: &Call) -> Result<(), ApiError> {
    match status(state, call)?.as_str() {
        "online" => return Err(ApiError::new(400, "The number is connected already; reset the session to connect another")),
        status if !waits_for_scan(status) => {
            return Err(ApiError::new(400, format!("The session is in status {status}; start or reset it to get a code")));
        }
        "timeout" => set_status(state, call.device(), "authorize")?,
        _ => {}
    }
    if call.query_flag("force") {
        state.pairing(call.device()).rotate();
    }
    Ok(())
}

/// Connects a device as if a phone scanned its code. The phone number is, in this order: the argument, the one that a
/// code was requested for, the one of the device, a generated one.
pub fn connect(state: &mut AccountState, id: &str, phone: Option<String>) -> Result<(), ApiError> {
    if !waits_for_scan(state.session_status(state.find("devices", "", id)?)) {
        return Err(ApiError::new(409, "The device does not wait for a scan"));
    }
    if let Some(invalid) = phone.as_ref().filter(|phone| !is_phone(phone)) {
        return Err(ApiError::new(400, format!("phone is {invalid:?}; write it as +447362053576")));
    }
    let requested = phone.or_else(|| state.pairing(id).phone.take());
    let device = state.find_mut("devices", "", id)?;
    let phone = requested.or_else(|| str_at(device, "phone").map(str::to_owned)).unwrap_or_else(|| phone_of_device(id));
    set_at(device, "wid", wid_of_phone(&phone).into());
    set_at(device, "phone", phone.into());
    set_at(device, "status", "operative".into());
    set_at(device, "session.lastSyncAt", timestamp::now().into());
    set_status(state, id, "online")?;
    state.pairing(id).rotate();
    Ok(())
}

fn status(state: &AccountState, call: &Call) -> Result<String, ApiError> {
    Ok(state.session_status(state.find("devices", "", call.device())?).to_owned())
}

fn waits_for_scan(status: &str) -> bool {
    matches!(status, "authorize" | "timeout")
}

/// Sets the status of a session and restarts its uptime.
fn set_status(state: &mut AccountState, id: &str, status: &str) -> Result<(), ApiError> {
    let device = state.find_mut("devices", "", id)?;
    if let Some(session) = entry_object(device, "session") {
        session.insert("status".to_owned(), status.into());
        session.insert("uptime".to_owned(), 0.into());
        session.shift_remove("error");
    }
    Ok(())
}

fn session_response(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let session = serializers::session(state, device);
    Ok(Response::ok(&json!({"id": call.device(), "status": state.session_status(device), "session": session})))
}
