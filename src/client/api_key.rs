//! The API key, and its redaction from everything that is printed.

use bytes::Bytes;
use http::HeaderValue;

use crate::client::error::Error;

/// The API key. It has no `Display`, and its `Debug` output is masked.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

/// Keys of this length are redacted everywhere; shorter ones only where they stand alone.
const LONG_KEY: usize = 8;
/// Keys up to this length occur in every text. They are redacted only in quotes, or where they are the whole text.
const TINY_KEY: usize = 3;
const MASK: &str = "***";
/// Marks the end of a truncated argument in an error message.
const ELLIPSIS: char = '…';

impl ApiKey {
    /// Accepts printable ASCII without spaces; no other property of the key is checked.
    pub fn new(key: &str) -> Result<Self, Error> {
        if key.is_empty() {
            return Err(Error::config("api_key is empty; pass the key or set SPARKBOT_API_KEY"));
        }
        if let Some(position) = key.chars().position(|character| !character.is_ascii_graphic()) {
            // The message contains neither the key nor the character.
            return Err(Error::config(format!(
                "api_key has an invalid character at position {position}, such as a space or a line break; \
                 pass it exactly as it was issued"
            )));
        }
        let mut value = HeaderValue::from_str(key).map_err(|_| Error::config("api_key cannot be sent in a header"))?;
        value.set_sensitive(true);
        Ok(Self(value))
    }

    pub(super) fn to_header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Masks the key in `text`: responses, URLs and arguments may contain it.
    pub fn redact(&self, text: &str) -> String {
        let key = self.0.to_str().unwrap_or_default();
        // The escaped form of JSON and quoted arguments comes first: the plain key may be a part of it.
        let escaped = key.replace('\\', r"\\").replace('"', r#"\""#);
        let text = if escaped == key { text.to_owned() } else { redact_exact(text, &escaped) };
        redact_truncated(&redact_exact(&text, key), key)
    }

    /// Masks the key in a body; `None` if it does not contain the key.
    fn redact_bytes(&self, bytes: &[u8]) -> Option<Bytes> {
        let text = String::from_utf8_lossy(bytes);
        let redacted = self.redact(&text);
        (redacted != text).then(|| redacted.into())
    }

    /// Masks the key in every text of an error and in its body.
    pub(super) fn redact_error(&self, error: Error) -> Error {
        error.with(|context| {
            let texts = [&mut context.server_message, &mut context.code, &mut context.request_id, &mut context.field];
            for text in texts.into_iter().flatten().chain([&mut context.message]) {
                *text = self.redact(text);
            }
            if let Some(redacted) = context.body.as_deref().and_then(|body| self.redact_bytes(body)) {
                context.body = Some(redacted);
            }
        })
    }
}

fn redact_exact(text: &str, key: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, _) in text.match_indices(key) {
        let (before, rest) = text.split_at(start);
        let after = rest.split_at(key.len()).1;
        if is_redactable(key.len(), before.chars().next_back(), after.chars().next()) {
            redacted.push_str(before.get(copied..).unwrap_or_default());
            redacted.push_str(MASK);
            copied = start + key.len();
        }
    }
    redacted.push_str(text.get(copied..).unwrap_or_default());
    redacted
}

/// Whether a match is the key rather than a part of an unrelated text, by the characters around it.
fn is_redactable(key_length: usize, before: Option<char>, after: Option<char>) -> bool {
    let is_quote = |character| matches!(character, '"' | '\'' | '`' | '\\');
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    match (key_length, before, after) {
        (LONG_KEY.., _, _) | (_, None, None) => true,
        (..=TINY_KEY, Some(before), Some(after)) => is_quote(before) && is_quote(after),
        (..=TINY_KEY, _, _) => false,
        (_, before, after) => !before.is_some_and(is_word) && !after.is_some_and(is_word),
    }
}

/// Masks a prefix of the key before an ellipsis: error messages truncate long arguments.
fn redact_truncated(text: &str, key: &str) -> String {
    if key.len() < LONG_KEY {
        return text.to_owned();
    }
    let mut redacted = String::with_capacity(text.len());
    for part in text.split_inclusive(ELLIPSIS) {
        let shown = part.trim_end_matches(ELLIPSIS).trim_end_matches('"');
        let prefix = (LONG_KEY..key.len()).rev().filter_map(|length| key.get(..length)).find(|prefix| shown.ends_with(prefix));
        match prefix.filter(|_| part.ends_with(ELLIPSIS)).and_then(|prefix| shown.strip_suffix(prefix)) {
            Some(head) => redacted.extend([head, MASK, part.get(shown.len()..).unwrap_or_default()]),
            None => redacted.push_str(part),
        }
    }
    redacted
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiKey(***)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn redacted(key: &str, text: &str) -> String {
        ApiKey::new(key).unwrap().redact(text)
    }

    #[test]
    fn redacts_keys_by_their_length() {
        for (key, text, expected) in [
            ("12345678", "x12345678x 12345678", "x***x ***"),
            ("abcd", "abcd, abcde abcd-1 (abcd) \"abcd\"", "***, abcde abcd-1 (***) \"***\""),
            ("abcd", "abcdabcd abcd", "abcdabcd ***"),
            ("a", "a message: \"a\" is a 'a'", "a message: \"***\" is a '***'"),
            ("a", "a", "***"),
            ("a\"bcdefgh", r#"{"key": "a\"bcdefgh"}"#, r#"{"key": "***"}"#),
            ("0123456789abcdef", "is \"zz 0123456789ab\"…, which", "is \"zz ***\"…, which"),
        ] {
            assert_eq!(redacted(key, text), expected, "{key} in {text}");
        }
    }

    proptest! {
        #[test]
        fn redacts_every_key_that_is_a_word(
            key in "[!-~]{4,40}", before in "[ a-z0-9é]{0,20}", after in "[ a-z0-9é]{0,20}",
        ) {
            prop_assume!(!MASK.contains(&key) && !key.contains('*'));
            let text = redacted(&key, &format!("{before} {key} {after} \"{key}\" {key:?}"));
            let words: Vec<&str> = text.split(' ').collect();
            prop_assert!(!words.contains(&key.as_str()), "{text}");
            if key.len() >= LONG_KEY {
                prop_assert!(!text.contains(&key), "{text}");
            }
        }

        #[test]
        fn short_keys_leave_other_texts_unchanged(key in "[a-z]{1,7}", text in "[a-z]{8,12}( [a-z]{8,12}){0,5}") {
            prop_assert_eq!(redacted(&key, &text), text);
        }
    }
}
