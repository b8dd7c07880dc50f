//! The API key, kept out of everything that is printed.

use http::HeaderValue;

use super::failure::Failure;

const SHORTEST: usize = 8;

/// The API key. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Secret(HeaderValue);

impl Secret {
    /// A key is printable ASCII without spaces; its shape is not checked further.
    pub fn new(key: &str) -> Result<Self, Failure> {
        if key.is_empty() {
            return Err(Failure::config("api_key is empty; pass the key itself or set SPARKBOT_API_KEY"));
        }
        if let Some(at) = key.chars().position(|letter| !letter.is_ascii_graphic()) {
            // The key is not quoted here, nor the character: only where it is.
            return Err(Failure::config(format!(
                "api_key has a space, a line break or another character that no key has at position {at}; \
                 pass it exactly as it was given to you"
            )));
        }
        let mut value = HeaderValue::from_str(key).map_err(|_| Failure::config("api_key cannot be sent in a header"))?;
        value.set_sensitive(true);
        Ok(Self(value))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// A key of a few letters is no secret, and to take it out would garble every text that has those letters.
    pub(super) fn is_in(&self, bytes: &[u8]) -> bool {
        self.0.len() >= SHORTEST && memchr::memmem::find(bytes, self.0.as_bytes()).is_some()
    }

    /// `text` with every occurrence of the key taken out, for answers and addresses that repeat it.
    pub fn scrub(&self, text: &str) -> String {
        match self.0.to_str() {
            Ok(key) if self.is_in(text.as_bytes()) => text.replace(key, "***"),
            _ => text.to_owned(),
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}
