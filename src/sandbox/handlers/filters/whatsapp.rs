//! Filters of uploaded files, status posts, groups and channels.

use serde_json::Value;

use crate::sandbox::handlers::filters::predicate::{Filter, Predicate, date_at};
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, facts};
use crate::sandbox::timestamp;

pub fn predicate(kind: &CollectionSchema, wire: &'static str) -> Predicate {
    match (kind.name, wire) {
        ("files", "search") => Predicate::ContainsWords(&["filename", "reference", "message", "id"]),
        ("files", "after") => Predicate::After(|_, file| date_at(file, "createdAt")),
        ("files", "before") => Predicate::Before(|_, file| date_at(file, "createdAt")),
        ("files", "tags") => Predicate::AnyOf(tags),
        ("files", "device") => Predicate::Equals("device"),
        ("files", "owner") => Predicate::Equals("user.id"),
        ("files", "filesize") => Predicate::MatchesAll(is_in_size_range),
        ("user_status", "mine") => Predicate::Equals("fromMe"),
        ("user_status", "scheduled") => Predicate::Flag(|_, post| facts::is_scheduled_post(post)),
        ("user_status", "ack") => Predicate::AnyOf(|_, post| vec![facts::post_ack(post).to_owned()]),
        ("user_status", "search") => Predicate::ContainsWords(&["body", "media.caption"]),
        ("user_status", "chat") => {
            Predicate::MatchesOne(|_, post, wid| [str_at(post, "chatWid"), str_at(post, "from")].contains(&Some(wid)))
        }
        ("user_status", "phone") => Predicate::Equals("fromNumber"),
        ("user_status", "after") => Predicate::After(|_, post| date_at(post, "date")),
        ("user_status", "before") => Predicate::Before(|_, post| date_at(post, "date")),
        ("user_status", "begin") => {
            Predicate::MatchesOne(|state, post, id| post_dates(state, post, id).is_some_and(|(date, other)| date >= other))
        }
        ("user_status", "end") => {
            Predicate::MatchesOne(|state, post, id| post_dates(state, post, id).is_some_and(|(date, other)| date <= other))
        }
        (_, "ids") => Predicate::Equals("id"),
        _ => Predicate::Equals(wire),
    }
}

/// A filter of a bulk delete, where some names have another meaning than in a list.
pub fn for_bulk_delete<'a>(wire: &str, values: &'a [String]) -> Filter<'a> {
    let predicate = match wire {
        "ids" => Predicate::Equals("id"),
        "before" => Predicate::Before(|_, file| date_at(file, "createdAt")),
        "after" => Predicate::After(|_, file| date_at(file, "createdAt")),
        "expires" => Predicate::Before(|_, file| date_at(file, "expiresAt")),
        "owner" => Predicate::Equals("user.id"),
        "tags" => Predicate::AnyOf(tags),
        "size" => Predicate::MatchesOne(|_, file, limit| size(file) > limit.parse().ok()),
        "filename" => Predicate::Equals("filename"),
        "ext" => Predicate::Equals("ext"),
        "mime" => Predicate::Equals("mime"),
        "kind" => Predicate::Equals("kind"),
        "format" => Predicate::Equals("format"),
        "permission" => Predicate::Equals("permission"),
        "origin" => Predicate::Equals("origin"),
        "sha2" => Predicate::Equals("sha2"),
        // An unknown filter matches nothing, so that it does not delete too much.
        _ => Predicate::MatchesOne(|_, _, _| false),
    };
    Filter { predicate, values }
}

fn tags(_: &AccountState, file: &Document) -> Vec<String> {
    let tags = file.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn size(file: &Document) -> Option<u64> {
    file.get("size").and_then(Value::as_u64)
}

/// Whether the size is in the range `min,max`; either bound may be empty.
fn is_in_size_range(_: &AccountState, file: &Document, limits: &[String]) -> bool {
    let text = limits.join(",");
    let (min, max) = text.split_once(',').unwrap_or((&text, ""));
    let number = |text: &str, usual| text.trim().parse::<u64>().unwrap_or(usual);
    size(file).is_some_and(|size| (number(min, 0)..=number(max, u64::MAX)).contains(&size))
}

/// The dates of a post and of the post `id`.
fn post_dates(state: &AccountState, post: &Document, id: &str) -> Option<(i64, i64)> {
    let other = state.store.get("user_status", str_at(post, "device")?, id)?;
    let date = |post: &Document| value_at(post, "date").and_then(Value::as_str).and_then(timestamp::parse);
    Some((date(post)?, date(other)?))
}
