//! Filters of uploaded files, status posts, groups and channels.

use serde_json::Value;

use crate::sandbox::handlers::filters::predicate::{Filter, Test, moment};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::facts;
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::timestamp;

pub fn test(kind: &CollectionSchema, wire: &'static str) -> Test {
    match (kind.name, wire) {
        ("files", "search") => Test::Words(&["filename", "reference", "message", "id"]),
        ("files", "after") => Test::After(|_, file| moment(file, "createdAt")),
        ("files", "before") => Test::Before(|_, file| moment(file, "createdAt")),
        ("files", "tags") => Test::Among(tags),
        ("files", "device") => Test::Is("device"),
        ("files", "owner") => Test::Is("user.id"),
        ("files", "filesize") => Test::Together(has_size),
        ("user_status", "mine") => Test::Is("fromMe"),
        ("user_status", "scheduled") => Test::Holds(|_, post| facts::is_scheduled_post(post)),
        ("user_status", "ack") => Test::Among(|_, post| vec![facts::post_ack(post).to_owned()]),
        ("user_status", "search") => Test::Words(&["body", "media.caption"]),
        ("user_status", "chat") => {
            Test::Fits(|_, post, wid| [str_at(post, "chatWid"), str_at(post, "from")].contains(&Some(wid)))
        }
        ("user_status", "phone") => Test::Is("fromNumber"),
        ("user_status", "after") => Test::After(|_, post| moment(post, "date")),
        ("user_status", "before") => Test::Before(|_, post| moment(post, "date")),
        ("user_status", "begin") => Test::Fits(|state, post, id| compared(state, post, id).is_some_and(|(own, its)| own >= its)),
        ("user_status", "end") => Test::Fits(|state, post, id| compared(state, post, id).is_some_and(|(own, its)| own <= its)),
        (_, "ids") => Test::Is("id"),
        _ => Test::Is(wire),
    }
}

/// The filters of a bulk delete; some words mean something else there than in a list.
pub fn of_bulk<'a>(wire: &str, values: &'a [String]) -> Filter<'a> {
    let test = match wire {
        "ids" => Test::Is("id"),
        "before" => Test::Before(|_, file| moment(file, "createdAt")),
        "after" => Test::After(|_, file| moment(file, "createdAt")),
        "expires" => Test::Before(|_, file| moment(file, "expiresAt")),
        "owner" => Test::Is("user.id"),
        "tags" => Test::Among(tags),
        "size" => Test::Fits(|_, file, limit| size(file) > limit.parse().ok()),
        "filename" => Test::Is("filename"),
        "ext" => Test::Is("ext"),
        "mime" => Test::Is("mime"),
        "kind" => Test::Is("kind"),
        "format" => Test::Is("format"),
        "permission" => Test::Is("permission"),
        "origin" => Test::Is("origin"),
        "sha2" => Test::Is("sha2"),
        // A filter that is not known lets nothing through: better than to delete too much.
        _ => Test::Fits(|_, _, _| false),
    };
    Filter { test, values }
}

fn tags(_: &AccountState, file: &Document) -> Vec<String> {
    let tags = file.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn size(file: &Document) -> Option<u64> {
    file.get("size").and_then(Value::as_u64)
}

/// `smallest,largest`, either of which may be empty.
fn has_size(_: &AccountState, file: &Document, limits: &[String]) -> bool {
    let text = limits.join(",");
    let (least, most) = text.split_once(',').unwrap_or((&text, ""));
    let number = |text: &str, usual| text.trim().parse::<u64>().unwrap_or(usual);
    size(file).is_some_and(|size| (number(least, 0)..=number(most, u64::MAX)).contains(&size))
}

/// When the post appeared, and when the one of this id did.
fn compared(state: &AccountState, post: &Document, id: &str) -> Option<(i64, i64)> {
    let other = state.store.get("user_status", str_at(post, "device")?, id)?;
    let date = |post: &Document| value_at(post, "date").and_then(Value::as_str).and_then(timestamp::read);
    Some((date(post)?, date(other)?))
}
