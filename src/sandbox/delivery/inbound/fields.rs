//! The fields of an incoming event, with errors that name them.

use serde_json::Value;

use crate::api;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::Document;
use crate::sandbox::state::schemas::wid_of_phone;

/// The fields of an incoming event, as the test gives them.
pub struct Fields<'a> {
    pub event_type: &'static str,
    pub fields: &'a Document,
}

impl<'a> Fields<'a> {
    /// The value of a field; `None` if it is absent or null.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A string that must be given.
    pub fn text(&self, name: &str) -> Result<&'a str, ApiError> {
        self.optional_text(name)?.ok_or_else(|| missing(name))
    }

    /// A string that may be absent.
    pub fn optional_text(&self, name: &str) -> Result<Option<&'a str>, ApiError> {
        let text = |value: &'a Value| value.as_str().ok_or_else(|| missing(name));
        self.get(name).map(text).transpose()
    }

    /// A list that has items.
    pub fn list(&self, name: &str) -> Result<&'a [Value], ApiError> {
        list_in(self.fields, name)
    }

    /// An object that must be given.
    pub fn object(&self, name: &str) -> Result<&'a Document, ApiError> {
        let object = self.get(name).and_then(Value::as_object);
        object.ok_or_else(|| invalid(&format!("{name} is missing or not an object")))
    }

    /// The device, if the account has it.
    pub fn device(&self, state: &AccountState) -> Result<&'a str, ApiError> {
        let device = self.text("device")?;
        state.find("devices", "", device).map(|_| device)
    }

    /// The wid of the sender.
    pub fn sender(&self) -> Result<String, ApiError> {
        parse_wid("from", self.text("from")?)
    }

    /// The wid of the chat: by default the one with the sender.
    pub fn chat(&self, sender: &str) -> Result<String, ApiError> {
        self.optional_text("chat")?.map_or_else(|| Ok(sender.to_owned()), |chat| parse_wid("chat", chat))
    }

    /// Device and id of the message that the event changes.
    pub fn message(&self, state: &AccountState) -> Result<(&'a str, &'a str), ApiError> {
        let (device, id) = (self.device(state)?, self.text("message")?);
        state.find("messages", device, id).map(|_| (device, id))
    }
}

/// A list that has items.
pub fn list_in<'a>(fields: &'a Document, name: &str) -> Result<&'a [Value], ApiError> {
    let list = fields.get(name).and_then(Value::as_array).filter(|list| !list.is_empty());
    list.map(Vec::as_slice).ok_or_else(|| invalid(&format!("{name} is missing or not a list with entries")))
}

/// A wid, or the wid of a phone number.
pub fn parse_wid(field: &str, text: &str) -> Result<String, ApiError> {
    let has_format = |format| api::format(format).is_ok_and(|format| format.is_match(text));
    match () {
        () if has_format("phone") => Ok(wid_of_phone(text)),
        () if has_format("chat_wid") => Ok(text.to_owned()),
        () => Err(invalid(&format!("{field} is {text:?}; use a phone number such as +447362053576, or a wid"))),
    }
}

fn missing(name: &str) -> ApiError {
    invalid(&format!("{name} is missing or not a string"))
}

/// The error 400 for an event that cannot be made.
pub fn invalid(problem: &str) -> ApiError {
    ApiError::new(400, format!("incoming: {problem}"))
}
