//! Defaults, addresses and formats that several schemas share.

use serde_json::Value;

use crate::api;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::timestamp;

/// The fixed date of default documents, so that every run starts with the same ones.
pub const EPOCH: i64 = 1_767_225_600_000;

/// Whether the text is a phone number with `+` and calling code.
pub fn is_phone(text: &str) -> bool {
    ensure_format("phone", text, "phone").is_ok()
}

/// Fails, naming the field, unless the value has a format of the API model.
pub fn ensure_format(field: &str, value: &str, format: &str) -> Result<(), String> {
    let format = api::format(format).map_err(|error| error.to_string())?;
    if format.is_match(value) { Ok(()) } else { Err(format!("{field} is {value:?}, not {}", format.description)) }
}

/// Sets a missing field.
pub fn set_default(document: &mut Document, key: &str, value: impl FnOnce() -> Value) {
    if !document.contains_key(key) {
        document.insert(key.to_owned(), value());
    }
}

/// Sets the fields of `defaults` that the document lacks.
pub fn set_defaults(document: &mut Document, defaults: Value) {
    if let Value::Object(defaults) = defaults {
        for (key, value) in defaults {
            document.entry(key).or_insert(value);
        }
    }
}

/// Adds the creation date.
pub fn apply_common_defaults(document: &mut Document) -> Result<(), String> {
    set_default(document, "createdAt", || timestamp::format(EPOCH).into());
    Ok(())
}

/// The wid of a phone number: its digits and `@c.us`.
pub fn wid_of_phone(phone: &str) -> String {
    let mut wid: String = phone.chars().filter(char::is_ascii_digit).collect();
    wid.push_str("@c.us");
    wid
}

/// The wid of a chat that is named by its wid or by a phone number.
pub fn to_wid(chat: &str) -> String {
    if chat.starts_with('+') { wid_of_phone(chat) } else { chat.to_owned() }
}

/// Derives a missing `wid` from `phone`, or the reverse.
pub fn derive_address(document: &mut Document) -> Result<(), String> {
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

/// The phone number of a wid, if it is a contact's.
pub fn phone_of_wid(wid: &str) -> Option<String> {
    wid.strip_suffix("@c.us").map(|digits| format!("+{digits}"))
}

/// The type of chat that a wid identifies.
pub fn chat_type_of_wid(wid: &str) -> &'static str {
    match wid.rsplit_once('@') {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        _ => "chat",
    }
}
