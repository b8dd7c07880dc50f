//! A device's connection to WhatsApp: `authorize` until its code is scanned, then `online`.

use serde_json::json;

use crate::sandbox::handlers::serializers;
use crate::sandbox::media::qr::Code;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::blob_store::{base64, sha256_hex};
use crate::sandbox::state::document::{entry_object, set_at, str_at};
use crate::sandbox::state::schemas::{is_phone, wid_of_phone};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// How long a code can be used.
const MINUTES: i64 = 3;
/// What a reset with `data` deletes besides the session.
const DATA: [&str; 8] = ["chats", "contacts", "messages", "notes", "chat_files", "groups", "channels", "user_status"];

pub fn sync(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let moment = touch(state, call)?;
    Ok(Response::ok(&json!({"id": call.device(), "status": "synced", "lastSyncAt": moment})))
}

fn touch(state: &mut AccountState, call: &Call) -> Result<String, ApiError> {
    let device = state.find_mut("devices", "", call.device())?;
    let moment = timestamp::now();
    if let Some(session) = entry_object(device, "session") {
        session.insert("lastSyncAt".to_owned(), moment.clone().into());
    }
    Ok(moment)
}

/// A session that was connected before is online; one that waits for a scan goes on waiting.
pub fn start(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    match status(state, call)?.as_str() {
        "online" => {}
        "authorize" | "timeout" => set_status(state, call.device(), "authorize")?,
        _ => set_status(state, call.device(), "online")?,
    }
    answer(state, call)
}

pub fn reboot(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    if !waits_for_scan(&status(state, call)?) {
        set_status(state, call.device(), "online")?;
        if asked_for(call, "sync") {
            touch(state, call)?;
        }
    }
    answer(state, call)
}

/// Disconnects the number; it must be scanned again.
pub fn reset(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    set_status(state, call.device(), "authorize")?;
    state.pairing(call.device()).rotate();
    let emptied = DATA.into_iter().filter(|_| asked_for(call, "data"));
    for collection in emptied.chain(asked_for(call, "emptyQueue").then_some("queue")) {
        state.store.drain_owner(collection, call.device());
    }
    answer(state, call)
}

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

/// The QR code, in the form that is asked for. The same one until a new one is forced or the session is reset.
pub fn scan(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    await_scan(state, call)?;
    let text = format!("2@{}", state.pairing(call.device()).text());
    let code = Code::of(&text).ok_or_else(|| ApiError::new(500, "The code is too long"))?;
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

/// The eight characters to type into the phone in place of a scan.
pub fn request_code(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let known = str_at(state.find("devices", "", call.device())?, "phone").map(str::to_owned);
    let Some(phone) = call.text("phone").map(str::to_owned).or(known) else {
        let problem = "is required, as the number was never connected";
        return Err(ApiError::invalid("body.phone", format!("phone {problem}"), problem));
    };
    await_scan(state, call)?;
    let pairing = state.pairing(call.device());
    pairing.phone = Some(phone.clone());
    let code: String = pairing.secret("code").chars().take(8).collect::<String>().to_uppercase();
    let (left, right) = code.split_at_checked(4).unwrap_or_default();
    let expires = timestamp::written(timestamp::milliseconds() + MINUTES * timestamp::MINUTE);
    Ok(Response::ok(&json!({"id": call.device(), "phone": phone, "code": format!("{left}-{right}"), "expiresAt": expires})))
}

/// Makes the session wait for a scan, where it can.
fn await_scan(state: &mut AccountState, call: &Call) -> Result<(), ApiError> {
    match status(state, call)?.as_str() {
        "online" => return Err(ApiError::new(400, "The number is connected already; reset the session to connect another")),
        status if !waits_for_scan(status) => {
            return Err(ApiError::new(400, format!("The session is in status {status}; start or reset it to get a code")));
        }
        "timeout" => set_status(state, call.device(), "authorize")?,
        _ => {}
    }
    if asked_for(call, "force") {
        state.pairing(call.device()).rotate();
    }
    Ok(())
}

/// What follows when a phone scans the code: the number is connected. Without a phone number it is the one that asked
/// for a code, or the one that the device has, or a made-up one.
pub fn connect(state: &mut AccountState, id: &str, phone: Option<String>) -> Result<(), ApiError> {
    if !waits_for_scan(state.session_status(state.find("devices", "", id)?)) {
        return Err(ApiError::new(409, "The device does not wait for a scan"));
    }
    if let Some(wrong) = phone.as_ref().filter(|phone| !is_phone(phone)) {
        return Err(ApiError::new(400, format!("phone is {wrong:?}; write it as +447362053576")));
    }
    let given = phone.or_else(|| state.pairing(id).phone.take());
    let device = state.find_mut("devices", "", id)?;
    let phone = given.or_else(|| str_at(device, "phone").map(str::to_owned)).unwrap_or_else(|| made_up(id));
    set_at(device, "wid", wid_of_phone(&phone).into());
    set_at(device, "phone", phone.into());
    set_at(device, "status", "operative".into());
    set_at(device, "session.lastSyncAt", timestamp::now().into());
    set_status(state, id, "online")?;
    state.pairing(id).rotate();
    Ok(())
}

fn made_up(device: &str) -> String {
    let number = u64::from_str_radix(sha256_hex(device.as_bytes()).get(..12).unwrap_or_default(), 16).unwrap_or_default();
    format!("+447{:09}", number % 1_000_000_000)
}

fn status(state: &AccountState, call: &Call) -> Result<String, ApiError> {
    Ok(state.session_status(state.find("devices", "", call.device())?).to_owned())
}

fn waits_for_scan(status: &str) -> bool {
    matches!(status, "authorize" | "timeout")
}

/// Sets the status of a session, which begins anew.
fn set_status(state: &mut AccountState, id: &str, status: &str) -> Result<(), ApiError> {
    let device = state.find_mut("devices", "", id)?;
    if let Some(session) = entry_object(device, "session") {
        session.insert("status".to_owned(), status.into());
        session.insert("uptime".to_owned(), 0.into());
        session.shift_remove("error");
    }
    Ok(())
}

fn asked_for(call: &Call, wire: &str) -> bool {
    call.query_value(wire).as_deref() == Some("true")
}

fn answer(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let session = serializers::session(state, device);
    Ok(Response::ok(&json!({"id": call.device(), "status": state.session_status(device), "session": session})))
}
