//! Filters of messages and their files.

use crate::sandbox::handlers::filters::predicate::{Predicate, date_at};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::timestamp;
use serde_json::Value;

pub fn predicate(kind: &CollectionSchema, wire: &'static str) -> Predicate {
    match (kind.name, wire) {
        ("messages", "wid") => Predicate::AnyOf(|_, message| strings(message, &["id", "wid"])),
        ("messages", "search") => Predicate::ContainsWords(&["body", "media.caption", "media.filename"]),
        ("messages", "chat") => Predicate::Equals("chatWid"),
        ("messages", "from") => Predicate::AnyOf(|_, message| strings(message, &["from", "fromNumber"])),
        ("messages", "to") => Predicate::AnyOf(|_, message| strings(message, &["to", "toNumber"])),
        ("messages", "begin") => {
            Predicate::MatchesOne(|state, message, id| compare_dates(state, message, id, |own, other| own >= other))
        }
        ("messages", "end") => {
            Predicate::MatchesOne(|state, message, id| compare_dates(state, message, id, |own, other| own <= other))
        }
        ("messages", "after") => Predicate::After(|_, message| date_at(message, "date")),
        ("messages", "before") => Predicate::Before(|_, message| date_at(message, "date")),
        ("chat_files", "search") => Predicate::ContainsWords(&["filename", "caption"]),
        ("chat_files", "type") => Predicate::AnyOf(|_, file| strings(file, &["type", "kind", "format"])),
        ("chat_files", "after") => Predicate::After(|_, file| date_at(file, "createdAt")),
        ("chat_files", "before") => Predicate::Before(|_, file| date_at(file, "createdAt")),
        (_, "ids") => Predicate::Equals("id"),
        _ => Predicate::Equals(wire),
    }
}

fn strings(document: &Document, fields: &[&str]) -> Vec<String> {
    fields.iter().filter_map(|field| str_at(document, field)).map(str::to_owned).collect()
}

/// Compares the date of a message with that of the message `id`; false if that does not exist.
fn compare_dates(state: &AccountState, message: &Document, id: &str, holds: fn(i64, i64) -> bool) -> bool {
    let date = |message: &Document| str_at(message, "date").and_then(timestamp::parse);
    let other = message.get("device").and_then(Value::as_str).and_then(|device| state.store.get("messages", device, id));
    date(message).zip(other.and_then(date)).is_some_and(|(own, other)| holds(own, other))
}
