//! Channels that a device owns or follows, and public channels.

use serde_json::{Value, json};

use crate::sandbox::handlers::{content, crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, str_at, strings_at};
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const CHANNELS: &str = "channels";
const DEFAULT_SEARCH_LIMIT: u64 = 50;

/// Creates a channel, with a picture if the body has one.
pub fn create(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let has_picture = call.field("image").is_some();
    let picture = has_picture.then(|| content::decode_image(call)).transpose()?;
    let mut channel = crud::new_document(state, &schemas::CHANNELS, call)?;
    channel.shift_remove("image");
    if let Some(picture) = picture {
        let [wid] = strings_at(&channel, ["wid"]);
        channel.insert("imageUrl".to_owned(), image_url(&wid, call.text("image.url")).into());
        state.blobs.put(&wid, picture);
    }
    Ok(crud::insert(state, &schemas::CHANNELS, call, channel))
}

/// Changes the name, description and image address of an own channel.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let url = call.text("image").map(str::to_owned);
    let channel = find_owned(state, call)?;
    for field in ["name", "description"] {
        if let Some(value) = call.field(field) {
            channel.insert(field.to_owned(), value.clone());
        }
    }
    if let Some(url) = url {
        channel.insert("imageUrl".to_owned(), url.into());
    }
    channel.insert("updatedAt".to_owned(), timestamp::now().into());
    let channel = channel.clone();
    Ok(Response::ok(&serializers::view(state, &schemas::CHANNELS, &channel)))
}

/// Replaces the picture of an own channel.
pub fn update_image(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let picture = content::decode_image(call)?;
    let channel = find_owned(state, call)?;
    let url = image_url(call.id(), call.text("url"));
    channel.insert("imageUrl".to_owned(), url.clone().into());
    state.blobs.put(call.id(), picture);
    Ok(Response::ok(&json!({"success": true, "wid": call.id(), "imageUrl": url})))
}

/// The channel to change; only its owner may change it.
fn find_owned<'a>(state: &'a mut AccountState, call: &Call) -> Result<&'a mut Document, ApiError> {
    let channel = state.find_mut(CHANNELS, call.device(), call.id())?;
    if str_at(channel, "permission") == Some("subscriber") {
        return Err(ApiError::new(403, "The device follows the channel but does not own it"));
    }
    Ok(channel)
}

fn image_url(wid: &str, url: Option<&str>) -> String {
    url.map_or_else(|| format!("/v1/channels/{wid}/image"), str::to_owned)
}

/// Follows a public channel or one of the account; idempotent.
pub fn join(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let code = call.invite_code();
    let is_invited = |channel: &&Document| str_at(channel, "inviteCode") == Some(code);
    let channel = state.store.all(CHANNELS).chain(state.store.all("public_channels")).find(is_invited).cloned();
    let mut channel = channel.ok_or_else(|| ApiError::new(404, "Channel not found"))?;
    let wid = str_at(&channel, "wid").unwrap_or_default().to_owned();
    if let Some(followed) = state.store.get(CHANNELS, call.device(), &wid) {
        return Ok(Response::ok(&serializers::view(state, &schemas::CHANNELS, followed)));
    }
    let followers = channel.get("totalParticipants").and_then(Value::as_u64).unwrap_or_default();
    for (field, value) in
        [("device", call.device().into()), ("permission", "subscriber".into()), ("totalParticipants", (followers + 1).into())]
    {
        channel.insert(field.to_owned(), value);
    }
    let response = Response::ok(&serializers::view(state, &schemas::CHANNELS, &channel));
    state.store.upsert(&schemas::CHANNELS, call.device(), &wid, channel);
    Ok(response)
}

/// Finds public channels that contain every word and match the category and one of the countries.
pub fn search(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let words = call.text("search").unwrap_or_default().to_lowercase();
    let category = call.text("category").unwrap_or("recommended");
    let countries = call.field("countries").and_then(Value::as_array);
    let mut channels: Vec<&Document> = state.store.all("public_channels").collect();
    channels.retain(|channel| {
        let text = ["name", "description"].map(|field| str_at(channel, field).unwrap_or_default().to_lowercase()).join(" ");
        let categories = channel.get("categories").and_then(Value::as_array);
        words.split_whitespace().all(|word| text.contains(word))
            && categories.is_some_and(|categories| categories.iter().any(|item| item == category))
            && countries.is_none_or(|countries| channel.get("country").is_some_and(|country| countries.contains(country)))
    });
    let by_age = call.text("sortField") == Some("creation_time");
    channels.sort_by_key(|channel| match by_age {
        true => str_at(channel, "createdAt").and_then(timestamp::parse).unwrap_or_default(),
        false => channel.get("totalParticipants").and_then(Value::as_i64).unwrap_or_default(),
    });
    if call.text("sort") != Some("asc") {
        channels.reverse();
    }
    let limit = call.field("limit").and_then(Value::as_u64).unwrap_or(DEFAULT_SEARCH_LIMIT);
    channels.truncate(usize::try_from(limit).unwrap_or_default());
    let channels: Vec<_> =
        channels.into_iter().map(|channel| serializers::view(state, &schemas::PUBLIC_CHANNELS, channel)).collect();
    Ok(Response::ok(&channels))
}
