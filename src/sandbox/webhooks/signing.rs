//! Signatures of webhook deliveries: `sha256=` and the HMAC-SHA256 of the body, hexadecimal.

use http::{HeaderName, HeaderValue};
use ring::hmac;
use serde_json::Value;

use crate::sandbox::response::ApiError;

/// The header of signatures, unless a caller names another.
const DEFAULT_HEADER: &str = "X-SparkBot-Signature";

/// The key and the header of signatures. `ring` does not print keys.
#[derive(Debug, Clone)]
pub struct Signing {
    key: hmac::Key,
    header: HeaderName,
}

/// A header of one delivery.
pub type Signature = (HeaderName, HeaderValue);

impl Signing {
    /// From `{"key": …, "header": …}`. Without a key nothing is signed.
    pub fn from_json(options: &Value) -> Result<Option<Self>, ApiError> {
        let invalid = |problem: &str| ApiError::new(400, format!("signature: {problem}"));
        let fields = options.as_object().ok_or_else(|| invalid("must be an object with key and header"))?;
        if fields.keys().any(|name| !["key", "header"].contains(&name.as_str())) {
            return Err(invalid("the fields are key and header"));
        }
        let text = |name: &str| fields.get(name).filter(|value| !value.is_null()).map(|value| value.as_str().unwrap_or_default());
        let header =
            text("header").unwrap_or(DEFAULT_HEADER).parse().map_err(|_| invalid("header is not the name of a header"))?;
        match text("key") {
            Some("") => Err(invalid("key is not a string with characters")),
            key => Ok(key.map(|key| Self { key: hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), header })),
        }
    }

    /// The signature of a body, with the name of its header.
    pub fn sign(&self, body: &str) -> Signature {
        let digest = hmac::sign(&self.key, body.as_bytes());
        let hexadecimal: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        // Cannot fail: the value is ASCII.
        let value = HeaderValue::from_str(&format!("sha256={hexadecimal}"));
        (self.header.clone(), value.unwrap_or_else(|_| HeaderValue::from_static("")))
    }
}
