//! Wids: the ids of contacts in WhatsApp.

use crate::api;
use crate::phone::contact::{ContactId, Reading};
use crate::phone::error::{PhoneError, quote};

const EXAMPLE: &str = "447362053576@c.us";

/// The contact of a wid: a text with `@`. Only its format is validated.
pub fn parse(text: &str) -> Result<ContactId, PhoneError> {
    let (user, domain) = text.rsplit_once('@').unwrap_or((text, ""));
    // The wid of a linked device is 447362053576:12@s.whatsapp.net: the part after the colon is the device.
    let user = user.split_once(':').map_or(user, |(user, _)| user).trim();
    let (wid, reading) = match domain.trim().to_ascii_lowercase().as_str() {
        "c.us" | "s.whatsapp.net" => (format!("{user}@c.us"), Reading::Wid),
        "lid" => (format!("{user}@lid"), Reading::Lid),
        "g.us" => return Err(not_a_contact(text, "a group")),
        "newsletter" => return Err(not_a_contact(text, "a channel")),
        "broadcast" => return Err(not_a_contact(text, "a broadcast list")),
        _ => {
            return Err(PhoneError::new(
                "not a wid",
                format!("{} is not a wid: choose the column with phone numbers or wids ({EXAMPLE})", quote(text)),
            ));
        }
    };
    let format = api::format("contact_wid").map_err(|error| PhoneError::new("model", error.to_string()))?;
    if format.is_match(&wid) {
        return Ok(ContactId { wid, reading, second: None });
    }
    Err(PhoneError::new("not a wid", format!("{} is not {}: {}", quote(text), format.description, format.hint)))
}

fn not_a_contact(text: &str, what: &str) -> PhoneError {
    let message =
        format!("{} is {what}, and only contacts have metadata: give a phone number or a wid such as {EXAMPLE}", quote(text));
    PhoneError::new("not a contact", message)
}
