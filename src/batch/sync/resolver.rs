//! Asks the service which wid the account of a phone number has: WhatsApp kept older forms of numbers as ids.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use crate::api::{self, ModelError, Operation};
use crate::choice::parse_choice;

/// Suffix of the wid of a contact with a phone number.
const PHONE_WID_SUFFIX: &str = "@c.us";

/// When a run asks for the wid of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResolvePolicy {
    #[default]
    Off,
    /// If no contact has the number as its id.
    Missing,
    /// Before the first write.
    All,
}

impl FromStr for ResolvePolicy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        parse_choice("resolve", name, &[("off", Self::Off), ("missing", Self::Missing), ("all", Self::All)])
    }
}

/// The wid of a contact's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedWid {
    pub wid: String,
    /// Looked up in this run. The journal's wids may have changed since their run.
    pub is_current: bool,
}

/// The wids of a run's contacts, as the service reported them. Each number is looked up once.
///
/// A contact is stored as the digits of its wid, since a run with `ResolvePolicy::All` looks up as many numbers as it has contacts.
#[derive(Debug)]
pub struct ContactResolver {
    pub policy: ResolvePolicy,
    pub operation: &'static Operation,
    wids: Mutex<Wids>,
}

#[derive(Debug, Default)]
struct Wids {
    /// Contacts whose wid is their own number.
    own: HashSet<u64>,
    /// Contacts with another wid.
    other: HashMap<u64, ResolvedWid>,
}

#[derive(Debug, Deserialize)]
struct Lookup {
    #[serde(default)]
    wid: Option<String>,
}

impl ContactResolver {
    /// A resolver that knows no wid yet.
    pub fn new(policy: ResolvePolicy) -> Result<Self, ModelError> {
        Ok(Self { policy, operation: api::operation("numbers.exists")?, wids: Mutex::default() })
    }

    /// The wid of the contact, if it was looked up in this run or an earlier one.
    pub fn get(&self, contact: &str) -> Option<ResolvedWid> {
        let digits = digits_of(contact)?;
        let wids = self.lock();
        let own = || wids.own.contains(&digits).then(|| ResolvedWid { wid: contact.to_owned(), is_current: true });
        wids.other.get(&digits).cloned().or_else(own)
    }

    /// Stores the wid that the journal of an earlier run has for the contact.
    pub fn remember(&self, contact: &str, wid: String) {
        if let Some(digits) = digits_of(contact) {
            self.lock().other.insert(digits, ResolvedWid { wid, is_current: false });
        }
    }

    /// Stores and returns the wid in the response to a lookup: the contact itself if the number is not on WhatsApp.
    pub fn record(&self, contact: &str, body: &[u8]) -> ResolvedWid {
        let resolved = ResolvedWid { wid: wid_in(body, contact), is_current: true };
        let mut wids = self.lock();
        match digits_of(contact) {
            Some(digits) if resolved.wid == contact => {
                wids.other.remove(&digits);
                wids.own.insert(digits);
            }
            Some(digits) => drop(wids.other.insert(digits, resolved.clone())),
            None => {}
        }
        resolved
    }

    /// The maps are consistent after each step, so a panic elsewhere is no reason to fail.
    fn lock(&self) -> MutexGuard<'_, Wids> {
        self.wids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The phone number of a contact, which is part of its wid.
pub fn phone_of(contact: &str) -> Option<String> {
    contact.strip_suffix(PHONE_WID_SUFFIX).map(|digits| format!("+{digits}"))
}

fn digits_of(contact: &str) -> Option<u64> {
    contact.strip_suffix(PHONE_WID_SUFFIX)?.parse().ok()
}

fn wid_in(body: &[u8], contact: &str) -> String {
    let lookup = serde_json::from_slice::<Lookup>(body).ok();
    let is_contact = |wid: &String| api::format("contact_wid").is_ok_and(|format| format.is_match(wid));
    lookup.and_then(|lookup| lookup.wid).filter(is_contact).unwrap_or_else(|| contact.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]

    use super::*;

    const OLD: &str = "5215555550123@c.us";
    const NEW: &str = "525555550123@c.us";

    fn resolver() -> ContactResolver {
        ContactResolver::new(ResolvePolicy::Missing).expect("the model has numbers.exists")
    }

    fn resolved(wid: &str, is_current: bool) -> ResolvedWid {
        ResolvedWid { wid: wid.to_owned(), is_current }
    }

    #[test]
    fn lookup_replaces_the_remembered_wid() {
        let resolver = resolver();
        assert_eq!(resolver.get(NEW), None);
        resolver.remember(NEW, OLD.to_owned());
        assert_eq!(resolver.get(NEW), Some(resolved(OLD, false)));
        assert_eq!(resolver.record(NEW, br#"{"exists": false}"#), resolved(NEW, true));
        assert_eq!(resolver.get(NEW), Some(resolved(NEW, true)));
    }

    #[test]
    fn only_a_contact_wid_is_taken_from_a_response() {
        for body in [r#"{"wid": "5215555550123@g.us"}"#, r#"{"wid": "me"}"#, r#"{"wid": null}"#, "<html>"] {
            assert_eq!(resolver().record(NEW, body.as_bytes()), resolved(NEW, true), "{body}");
        }
        let body = format!(r#"{{"wid": "{OLD}"}}"#);
        assert_eq!(resolver().record(NEW, body.as_bytes()), resolved(OLD, true));
    }

    #[test]
    fn contact_without_a_number_has_no_wid() {
        let resolver = resolver();
        resolver.remember("123@lid", OLD.to_owned());
        assert_eq!(resolver.get("123@lid"), None);
    }
}
