//! Reads the contact of a row from text: a phone number in any common spelling, or a wid (WhatsApp id).
//!
//! `clean` removes what spreadsheets, address books and links add to a number, `country` resolves the home country, `number` asks
//! libphonenumber's data, `whatsapp` knows the ids that WhatsApp kept, and `parse` has the rule. See `docs/sync.md`.

mod clean;
mod contact;
mod country;
mod error;
mod number;
mod parse;
mod settings;
#[cfg(test)]
mod tests;
mod whatsapp;
mod wid;

pub use crate::phone::contact::{ContactId, Reading};
pub use crate::phone::country::Country;
pub use crate::phone::error::PhoneError;
pub use crate::phone::parse::contact_id;
pub use crate::phone::settings::{AmbiguousPolicy, PhoneSettings, SeveralPolicy};
