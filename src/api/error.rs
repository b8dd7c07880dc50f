//! The error of the API model.

/// An error in the API model, or a name that it does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    location: String,
    message: String,
}

impl ModelError {
    pub(crate) fn new(location: &str, message: impl Into<String>) -> Self {
        Self { location: location.to_owned(), message: message.into() }
    }
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.location, self.message)
    }
}

impl std::error::Error for ModelError {}

/// Fails with a `ModelError` unless the condition holds.
pub(super) fn require(condition: bool, location: &str, message: &str) -> Result<(), ModelError> {
    if condition { Ok(()) } else { Err(ModelError::new(location, message)) }
}
