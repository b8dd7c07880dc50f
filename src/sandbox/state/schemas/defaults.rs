//! Defaults, addresses and formats that several schemas share.

use serde_json::Value;

use crate::api;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::timestamp;

/// Moment of everything that the sandbox starts with, so that every run starts with the same documents.
pub const EPOCH: i64 = 1_767_225_600_000;

pub fn is_phone(text: &str) -> bool {
    ensure_format("phone", text, "phone").is_ok()
}

pub fn ensure_format(field: &str, value: &str, format: &str) -> Result<(), String> {
    let format = api::format(format).map_err(|error| error.to_string())?;
    if format.is_match(value) { Ok(()) } else { Err(format!("{field} is {value:?}, not {}", format.description)) }
}

/// Sets a field that the document does not have.
pub fn default(document: &mut Document, key: &str, value: impl FnOnce() -> Value) {
    if !document.contains_key(key) {
        document.insert(key.to_owned(), value());
    }
}

pub fn complete_plain(document: &mut Document) -> Result<(), String> {
    default(document, "createdAt", || timestamp::written(EPOCH).into());
    Ok(())
}

/// The wid that belongs to a phone number: its digits and `@c.us`.
pub fn wid_of_phone(phone: &str) -> String {
    let mut wid: String = phone.chars().filter(char::is_ascii_digit).collect();
    wid.push_str("@c.us");
    wid
}

/// `wid` from `phone` or `phone` from `wid`, where one of them is missing.
pub fn complete_address(document: &mut Document) -> Result<(), String> {
    match (str_at(document, "wid").map(str::to_owned), str_at(document, "phone").map(str::to_owned)) {
        (None, None) => Err("give a wid or a phone".to_owned()),
        (None, Some(phone)) => {
            ensure_format("phone", &phone, "phone")?;
            document.insert("wid".to_owned(), wid_of_phone(&phone).into());
            Ok(())
        }
        (Some(wid), None) => {
            if let Some(phone) = phone_of_wid(&wid) {
                document.insert("phone".to_owned(), phone.into());
            }
            Ok(())
        }
        (Some(_), Some(_)) => Ok(()),
    }
}

/// The phone number that belongs to a wid, where it has one.
pub fn phone_of_wid(wid: &str) -> Option<String> {
    wid.strip_suffix("@c.us").map(|digits| format!("+{digits}"))
}

/// What kind of chat a wid names.
pub fn kind_of_wid(wid: &str) -> &'static str {
    match wid.rsplit_once('@') {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        _ => "chat",
    }
}
