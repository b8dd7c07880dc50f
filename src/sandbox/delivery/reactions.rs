//! Reactions to messages, of senders and of the account's numbers.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::timestamp;

/// Replaces the reaction of `author` to a message, and records its event. An empty reaction, or `-`, takes it back.
pub fn set(state: &mut AccountState, (device, id): (&str, &str), author: &str, emoji: &str) {
    let Some(message) = state.store.get_mut("messages", device, id) else { return };
    let date = timestamp::now();
    let emoji = if emoji == "-" { "" } else { emoji };
    message.insert("reactions".to_owned(), replaced(message, author, emoji, &date).into());
    let message = message.clone();
    if let Some(chat) = state.store.get_mut("chats", device, str_at(&message, "chatWid").unwrap_or_default()) {
        let last = [("lastReactionAt", date.as_str()), ("lastReactionEmoji", emoji), ("lastReactionAuthor", author)];
        chat.extend(last.map(|(name, value)| (name.to_owned(), value.into())));
    }
    let data = |state: &AccountState| serializers::event_data(state, &message);
    state.record_webhook_event("message:reaction", device, EventSubject::message(&message), data);
}

/// The reactions to a message, with one per author.
fn replaced(message: &Document, author: &str, emoji: &str, date: &str) -> Vec<Value> {
    let mut reactions: Vec<Value> = message.get("reactions").and_then(Value::as_array).cloned().unwrap_or_default();
    reactions.retain(|reaction| reaction.get("author").is_none_or(|known| known != author));
    if !emoji.is_empty() {
        reactions.push(json!({"emoji": emoji, "author": author, "date": date}));
    }
    reactions
}
