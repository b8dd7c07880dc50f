//! Status posts of a device and its contacts.

use serde_json::{Value, json};

use crate::sandbox::handlers::crud;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const POSTS: &str = "user_status";
const SECOND: i64 = 1000;

/// Posts now or later; a scheduled post has a resource id instead of a WhatsApp id.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let media = media(state, call)?;
    let due = due(call);
    let id = state.store.new_id(&schemas::USER_STATUS, call.device());
    let mut post = new_post(state, call)?;
    let kind = media.as_ref().and_then(|media| media.get("mime")?.as_str()).map_or("text", mime_types::kind);
    post.insert("type".to_owned(), kind.into());
    post.insert("kind".to_owned(), kind.into());
    for (field, value) in [("reference", call.field("reference").cloned()), ("media", media)] {
        if let Some(value) = value {
            post.insert(field.to_owned(), value);
        }
    }
    let id = if due.is_some() { format!("5e{id:0>22}") } else { id };
    post.shift_insert(0, "id".to_owned(), id.clone().into());
    match due {
        Some(due) => post.insert("deliverAt".to_owned(), timestamp::format(due).into()),
        None => post.insert("wid".to_owned(), id.into()),
    };
    Ok(crud::insert(state, &schemas::USER_STATUS, call, post))
}

fn new_post(state: &AccountState, call: &Call) -> Result<Document, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let is_scheduled = due(call).is_some();
    let caption = call.text("media.message");
    let post = json!({
        "device": call.device(),
        "flow": "outbound",
        "fromMe": true,
        "from": device.get("wid"),
        "fromNumber": device.get("phone"),
        "chatWid": "status@broadcast",
        "body": call.text("message").or(caption),
        "date": timestamp::now(),
        "ack": if is_scheduled { "pending" } else { "sent" },
        "style": {"font": call.text("font").unwrap_or("helvetica"), "color": call.text("color").unwrap_or("sky_blue")},
    });
    Ok(post.as_object().cloned().unwrap_or_default())
}

/// The image or video: an uploaded file, or an address that is not fetched.
fn media(state: &AccountState, call: &Call) -> Result<Option<Value>, ApiError> {
    let caption = call.text("media.message");
    let format = call.text("media.format").unwrap_or("native");
    let media = if let Some(id) = call.text("media.file") {
        let file = state.find("files", "", id)?;
        let field = |name: &str| file.get(name).cloned().unwrap_or_default();
        let filename = call.field("media.filename").cloned().unwrap_or_else(|| field("filename"));
        json!({"id": id, "mime": field("mime"), "size": field("size"), "filename": filename, "caption": caption, "format": format})
    } else if let Some(url) = call.text("media.url") {
        let name = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let filename = call.text("media.filename").unwrap_or(name);
        let mime = mime_types::from_filename(filename).or_else(|| mime_types::from_filename(name)).unwrap_or("image/jpeg");
        json!({"url": url, "mime": mime, "filename": filename, "caption": caption, "format": format})
    } else {
        return Ok(None);
    };
    match media.get("mime").and_then(Value::as_str).map(mime_types::kind) {
        Some("image" | "video") => Ok(Some(media)),
        _ => Err(ApiError::invalid("body.media", "A status shows an image or a video", "it is a file of another kind")),
    }
}

/// When the post is due, if that is in the future.
fn due(call: &Call) -> Option<i64> {
    let now = timestamp::now_millis();
    let delay = call.field("schedule.delay").and_then(Value::as_i64).map(|seconds| now + seconds * SECOND);
    let delay_to = || call.text("schedule.delayTo").and_then(timestamp::parse_duration).map(|duration| now + duration);
    let date = || call.text("schedule.date").and_then(timestamp::parse);
    delay.or_else(delay_to).or_else(date).filter(|due| *due > now)
}

/// Deletes posts of the device: all, or the given ones, or none if one of these does not exist.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let ids = |field: &str| call.strings(field);
    let ids: Vec<&str> = ids("status").chain(ids("scheduled")).collect();
    for id in &ids {
        state.find(POSTS, call.device(), id)?;
    }
    let all = call.flag("all");
    let deleted = delete_where(&mut state.store, POSTS, call.device(), |post| {
        let is_own = post.get("fromMe") == Some(&Value::Bool(true));
        is_own && (all || str_at(post, "id").is_some_and(|id| ids.contains(&id)))
    });
    Ok(Response::ok(&json!({"deleted": deleted})))
}
