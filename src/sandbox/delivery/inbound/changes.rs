//! What senders change in messages: votes, reactions, edits, deletions.

use serde_json::{Value, json};

use crate::sandbox::delivery::inbound::fields::{Fields, invalid};
use crate::sandbox::delivery::reactions;
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, entry_object, set_at, str_at};
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::timestamp;

/// Replaces the sender's vote in a poll. Without options, the vote is taken back.
pub fn vote(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let (device, id) = fields.message(state)?;
    let voter = fields.sender()?;
    let chosen = fields.get("options").and_then(Value::as_array).ok_or_else(|| invalid("options is not a list"))?;
    let message = state.find_mut("messages", device, id)?;
    let Some(poll) = message.get_mut("poll").and_then(Value::as_object_mut) else {
        return Err(invalid("the message has no poll"));
    };
    serializers::name_options(poll);
    let options = poll.get_mut("options").and_then(Value::as_array_mut);
    let options = options.ok_or_else(|| invalid("the poll has no options"))?;
    if let Some(unknown) = chosen.iter().find(|chosen| !options.iter().any(|option| option.get("name") == Some(chosen))) {
        return Err(invalid(&format!("the poll has no option {unknown}")));
    }
    options.iter_mut().filter_map(Value::as_object_mut).for_each(|option| count_vote(option, chosen, &voter));
    count_votes(poll, &voter);
    update(state, device, id)
}

fn count_vote(option: &mut Document, chosen: &[Value], voter: &str) {
    let mut voters: Vec<Value> = option.get("voters").and_then(Value::as_array).cloned().unwrap_or_default();
    voters.retain(|known| known != voter);
    if option.get("name").is_some_and(|name| chosen.contains(name)) {
        voters.push(voter.into());
    }
    option.insert("count".to_owned(), voters.len().into());
    option.insert("voters".to_owned(), voters.into());
}

fn count_votes(poll: &mut Document, voter: &str) {
    let options = poll.get("options").and_then(Value::as_array).into_iter().flatten();
    let votes: Vec<&Value> = options.filter_map(|option| option.get("voters")?.as_array()).flatten().collect();
    let mut participants: Vec<&str> = votes.iter().filter_map(|voter| voter.as_str()).collect();
    participants.sort_unstable();
    participants.dedup();
    let counts = [("count", json!(votes.len())), ("participants", json!(participants.len()))];
    let last = [("lastVoter", json!(voter)), ("lastVoteAt", json!(timestamp::now()))];
    poll.extend(counts.into_iter().chain(last).map(|(name, value)| (name.to_owned(), value)));
}

/// Replaces the sender's reaction to a message.
pub fn react(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let (device, id) = fields.message(state)?;
    reactions::set(state, (device, id), &fields.sender()?, fields.text("reaction")?);
    Ok(serializers::message(state, state.find("messages", device, id)?))
}

/// Replaces the text of the sender's message, or the caption of its file.
pub fn edit(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let (device, id) = own_message(state, fields)?;
    let body = fields.text("body")?;
    let message = state.find_mut("messages", device, id)?;
    let path = if message.contains_key("media") { "media.caption" } else { "body" };
    set_at(message, path, body.into());
    message.insert("editedAt".to_owned(), timestamp::now().into());
    update(state, device, id)
}

/// Deletes the sender's message for everyone. The chat keeps it as revoked, without its text.
pub fn delete(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let (device, id) = own_message(state, fields)?;
    let message = state.find_mut("messages", device, id)?;
    message.insert("body".to_owned(), "".into());
    set_at(message, "meta.isRevoked", true.into());
    update(state, device, id)
}

/// A received message that the sender of the event has written.
fn own_message<'a>(state: &AccountState, fields: &Fields<'a>) -> Result<(&'a str, &'a str), ApiError> {
    let (device, id) = fields.message(state)?;
    let message = state.find("messages", device, id)?;
    let author = str_at(message, "author").or_else(|| str_at(message, "chatWid"));
    if str_at(message, "flow") != Some("inbound") || author != Some(&fields.sender()?) {
        return Err(invalid("only its sender can edit or delete a message"));
    }
    Ok((device, id))
}

/// Records the event of a changed message, and returns the message.
fn update(state: &mut AccountState, device: &str, id: &str) -> Result<Document, ApiError> {
    let message = state.find("messages", device, id)?.clone();
    update_last_message(state, device, &message);
    let data = |state: &AccountState| serializers::event_data(state, &message);
    state.record_webhook_event("message:update", device, EventSubject::message(&message), data);
    Ok(serializers::message(state, &message))
}

/// Copies the text of a message to the chat that shows it as its last one.
fn update_last_message(state: &mut AccountState, device: &str, message: &Document) {
    let chat = str_at(message, "chatWid").unwrap_or_default();
    let Some(chat) = state.store.get_mut("chats", device, chat) else { return };
    if str_at(chat, "lastMessage.id") == str_at(message, "id")
        && let Some(last) = entry_object(chat, "lastMessage")
    {
        last.insert("body".to_owned(), message.get("body").cloned().unwrap_or_default());
    }
}
