//! Filters of messages and of files in them.

use crate::sandbox::handlers::filters::predicate::{Test, moment};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::timestamp;
use serde_json::Value;

pub fn test(kind: &CollectionSchema, wire: &'static str) -> Test {
    match (kind.name, wire) {
        ("messages", "wid") => Test::Among(|_, message| texts(message, &["id", "wid"])),
        ("messages", "search") => Test::Words(&["body", "media.caption", "media.filename"]),
        ("messages", "chat") => Test::Is("chatWid"),
        ("messages", "from") => Test::Among(|_, message| texts(message, &["from", "fromNumber"])),
        ("messages", "to") => Test::Among(|_, message| texts(message, &["to", "toNumber"])),
        ("messages", "begin") => Test::Fits(|state, message, id| is_dated(state, message, id, |own, other| own >= other)),
        ("messages", "end") => Test::Fits(|state, message, id| is_dated(state, message, id, |own, other| own <= other)),
        ("messages", "after") => Test::After(|_, message| moment(message, "date")),
        ("messages", "before") => Test::Before(|_, message| moment(message, "date")),
        ("chat_files", "search") => Test::Words(&["filename", "caption"]),
        ("chat_files", "type") => Test::Among(|_, file| texts(file, &["type", "kind", "format"])),
        ("chat_files", "after") => Test::After(|_, file| moment(file, "createdAt")),
        ("chat_files", "before") => Test::Before(|_, file| moment(file, "createdAt")),
        (_, "ids") => Test::Is("id"),
        _ => Test::Is(wire),
    }
}

fn texts(document: &Document, fields: &[&str]) -> Vec<String> {
    fields.iter().filter_map(|field| str_at(document, field)).map(str::to_owned).collect()
}

/// How a message's date is to that of the message called `id`; one that is not there is near none.
fn is_dated(state: &AccountState, message: &Document, id: &str, holds: fn(i64, i64) -> bool) -> bool {
    let date = |message: &Document| str_at(message, "date").and_then(timestamp::read);
    let other = message.get("device").and_then(Value::as_str).and_then(|device| state.store.get("messages", device, id));
    date(message).zip(other.and_then(date)).is_some_and(|(own, other)| holds(own, other))
}
