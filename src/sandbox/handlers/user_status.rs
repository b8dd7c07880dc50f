//! Status posts: of the number, and of its contacts.

use serde_json::{Value, json};

use crate::sandbox::media::mime_types;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const POSTS: &str = "user_status";
const SECOND: i64 = 1000;

/// Posts now or at a later moment; a post that waits has a resource id in place of a WhatsApp id.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let Some(kind) = schemas::kind(POSTS) else { return Ok(Response::ok(&json!({}))) };
    let media = media(state, call)?;
    let waits_until = moment(call);
    let id = state.store.new_id(kind, call.device());
    let mut post = own_post(state, call)?;
    let of_file = media.as_ref().and_then(|media| media.get("mime")?.as_str()).map_or("text", mime_types::kind);
    post.insert("type".to_owned(), of_file.into());
    post.insert("kind".to_owned(), of_file.into());
    for (field, value) in [("reference", call.field("reference").cloned()), ("media", media)] {
        if let Some(value) = value {
            post.insert(field.to_owned(), value);
        }
    }
    let id = if waits_until.is_some() { format!("5e{id:0>22}") } else { id };
    post.shift_insert(0, "id".to_owned(), id.clone().into());
    match waits_until {
        Some(until) => post.insert("deliverAt".to_owned(), timestamp::written(until).into()),
        None => post.insert("wid".to_owned(), id.clone().into()),
    };
    let answer = Response::json(201, &post);
    state.store.upsert(kind, call.device(), &id, post);
    Ok(answer)
}

fn own_post(state: &AccountState, call: &Call) -> Result<Document, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let waits = moment(call).is_some();
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
        "ack": if waits { "pending" } else { "sent" },
        "style": {"font": call.text("font").unwrap_or("helvetica"), "color": call.text("color").unwrap_or("sky_blue")},
    });
    Ok(post.as_object().cloned().unwrap_or_default())
}

/// The picture or video: an uploaded file, or an address that is not fetched.
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
        let mime = mime_types::of_name(filename).or_else(|| mime_types::of_name(name)).unwrap_or("image/jpeg");
        json!({"url": url, "mime": mime, "filename": filename, "caption": caption, "format": format})
    } else {
        return Ok(None);
    };
    match media.get("mime").and_then(Value::as_str).map(mime_types::kind) {
        Some("image" | "video") => Ok(Some(media)),
        _ => Err(ApiError::invalid("body.media", "A status shows an image or a video", "it is a file of another kind")),
    }
}

/// When a post is to appear, where that is later than now.
fn moment(call: &Call) -> Option<i64> {
    let now = timestamp::milliseconds();
    let delay = call.field("schedule.delay").and_then(Value::as_i64).map(|seconds| now + seconds * SECOND);
    let delay_to = || call.text("schedule.delayTo").and_then(timestamp::duration).map(|lasts| now + lasts);
    let date = || call.text("schedule.date").and_then(timestamp::read);
    delay.or_else(delay_to).or_else(date).filter(|moment| *moment > now)
}

/// Deletes own posts: all of them, or those that are named, all of which must be there.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let named = |field: &str| call.field(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let named: Vec<&str> = named("status").chain(named("scheduled")).collect();
    for id in &named {
        state.find(POSTS, call.device(), id)?;
    }
    let all = call.flag("all");
    let deleted = delete_where(&mut state.store, POSTS, call.device(), |post| {
        let is_own = post.get("fromMe") == Some(&Value::Bool(true));
        is_own && (all || str_at(post, "id").is_some_and(|id| named.contains(&id)))
    });
    Ok(Response::ok(&json!({"deleted": deleted})))
}
