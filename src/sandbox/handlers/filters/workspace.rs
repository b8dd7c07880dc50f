//! Filters of team members, quick replies and meeting links.

use crate::sandbox::handlers::filters::predicate::{Predicate, date_at};
use crate::sandbox::state::document::str_at;
use crate::sandbox::state::facts;
use crate::sandbox::state::schemas::CollectionSchema;

pub fn predicate(kind: &CollectionSchema, wire: &'static str) -> Predicate {
    match (kind.name, wire) {
        ("users", "search") => Predicate::ContainsWords(&["displayName", "email"]),
        ("users", "device") => Predicate::MatchesOne(|_, user, device| facts::has_access(user, device)),
        ("users", "exceptIds") => Predicate::NoneOf(|_, user| str_at(user, "id").map(str::to_owned).into_iter().collect()),
        ("users", "onlineBefore") => Predicate::Before(|_, user| date_at(user, "lastSeenAt")),
        ("users", "onlineAfter") => Predicate::After(|_, user| date_at(user, "lastSeenAt")),
        ("users", "loginBefore") => Predicate::Before(|_, user| date_at(user, "lastLoginAt")),
        ("users", "loginAfter") => Predicate::After(|_, user| date_at(user, "lastLoginAt")),
        ("quick_replies", "permissions") => Predicate::Equals("permission"),
        ("quick_replies", "agents") => Predicate::Equals("agent"),
        ("meeting_links", "search") => Predicate::ContainsWords(&["message", "url"]),
        ("meeting_links", "before") => Predicate::Before(|_, link| date_at(link, "createdAt")),
        ("meeting_links", "after") => Predicate::After(|_, link| date_at(link, "createdAt")),
        ("meeting_links", "expiresBefore") => Predicate::Before(|_, link| date_at(link, "expiresAt")),
        ("meeting_links", "expiresAfter") => Predicate::After(|_, link| date_at(link, "expiresAt")),
        (_, "ids") => Predicate::Equals("id"),
        _ => Predicate::Equals(wire),
    }
}
