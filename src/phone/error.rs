//! Why a text names no contact.

/// Why a text names no contact, for the owner of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneError {
    /// The error category in a word or two, by which a report groups errors.
    pub reason: &'static str,
    /// What is wrong, and how to fix it.
    pub message: String,
}

impl PhoneError {
    pub(super) fn new(reason: &'static str, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }
}

/// The text in quotes, truncated for messages.
pub(super) fn quote(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    if start.len() < text.len() { format!("{start:?}…") } else { format!("{start:?}") }
}
