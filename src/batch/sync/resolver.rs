//! Asks the service which wid the account of a phone number has: WhatsApp kept older forms of numbers as ids.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use crate::api::{self, ModelError, Operation};
use crate::choice::parse_choice;

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

/// The wids of a run's contacts, as the service reported them.
#[derive(Debug)]
pub struct ContactResolver {
    pub policy: ResolvePolicy,
    pub operation: &'static Operation,
    /// By the wid that the number has by itself. Each number is looked up once.
    wids: Mutex<HashMap<String, String>>,
}

#[derive(Debug, Deserialize)]
struct Lookup {
    #[serde(default)]
    wid: Option<String>,
}

impl ContactResolver {
    pub fn new(policy: ResolvePolicy) -> Result<Self, ModelError> {
        Ok(Self { policy, operation: api::operation("numbers.exists")?, wids: Mutex::default() })
    }

    /// The wid of the contact, if it was looked up.
    pub fn known(&self, contact: &str) -> Option<String> {
        self.lock().get(contact).cloned()
    }

    /// Stores the wid of a contact, which is the contact itself if the service knows no other.
    pub fn remember(&self, contact: &str, wid: &str) {
        self.lock().insert(contact.to_owned(), wid.to_owned());
    }

    /// The map is consistent after each step, so a panic elsewhere is no reason to fail.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.wids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The wid in the response to a lookup; the contact itself if the number is not on WhatsApp.
    pub fn wid_in(body: &[u8], contact: &str) -> String {
        let lookup = serde_json::from_slice::<Lookup>(body).ok();
        let is_contact = |wid: &String| api::format("contact_wid").is_ok_and(|format| format.is_match(wid));
        lookup.and_then(|lookup| lookup.wid).filter(is_contact).unwrap_or_else(|| contact.to_owned())
    }
}
