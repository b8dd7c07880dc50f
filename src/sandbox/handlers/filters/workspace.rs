//! Filters of the team, of quick replies and of meeting links.

use crate::sandbox::handlers::filters::predicate::{Test, moment};
use crate::sandbox::state::document::str_at;
use crate::sandbox::state::facts;
use crate::sandbox::state::schemas::CollectionSchema;

pub fn test(kind: &CollectionSchema, wire: &'static str) -> Test {
    match (kind.name, wire) {
        ("users", "search") => Test::Words(&["displayName", "email"]),
        ("users", "device") => Test::Fits(|_, user, device| facts::has_access(user, device)),
        ("users", "exceptIds") => Test::NotAmong(|_, user| str_at(user, "id").map(str::to_owned).into_iter().collect()),
        ("users", "onlineBefore") => Test::Before(|_, user| moment(user, "lastSeenAt")),
        ("users", "onlineAfter") => Test::After(|_, user| moment(user, "lastSeenAt")),
        ("users", "loginBefore") => Test::Before(|_, user| moment(user, "lastLoginAt")),
        ("users", "loginAfter") => Test::After(|_, user| moment(user, "lastLoginAt")),
        ("quick_replies", "permissions") => Test::Is("permission"),
        ("quick_replies", "agents") => Test::Is("agent"),
        ("meeting_links", "search") => Test::Words(&["message", "url"]),
        ("meeting_links", "before") => Test::Before(|_, link| moment(link, "createdAt")),
        ("meeting_links", "after") => Test::After(|_, link| moment(link, "createdAt")),
        ("meeting_links", "expiresBefore") => Test::Before(|_, link| moment(link, "expiresAt")),
        ("meeting_links", "expiresAfter") => Test::After(|_, link| moment(link, "expiresAt")),
        (_, "ids") => Test::Is("id"),
        _ => Test::Is(wire),
    }
}
