//! The API key, kept out of everything that is printed.

use http::HeaderValue;

use crate::client::error::Error;

/// The API key. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

impl ApiKey {
    /// A key is printable ASCII without spaces; its shape is not checked further.
    pub fn new(key: &str) -> Result<Self, Error> {
        if key.is_empty() {
            return Err(Error::config("api_key is empty; pass the key itself or set SPARKBOT_API_KEY"));
        }
        if let Some(at) = key.chars().position(|letter| !letter.is_ascii_graphic()) {
            // The key is not quoted here, nor the character: only where it is.
            return Err(Error::config(format!(
                "api_key has a space, a line break or another character that no key has at position {at}; \
                 pass it exactly as it was given to you"
            )));
        }
        let mut value = HeaderValue::from_str(key).map_err(|_| Error::config("api_key cannot be sent in a header"))?;
        value.set_sensitive(true);
        Ok(Self(value))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// `text` with the key taken out, for answers, addresses and arguments that repeat it.
    pub fn scrub(&self, text: &str) -> String {
        let key = self.0.to_str().unwrap_or_default();
        // First as JSON and quoted arguments have it, of which the bare key may be a part.
        let escaped = key.replace('\\', r"\\").replace('"', r#"\""#);
        let text = if escaped == key { text.to_owned() } else { without(text, &escaped) };
        let text = without(&text, key);
        without_cut(text, key)
    }

    /// The same of a body.
    pub(super) fn scrub_bytes(&self, bytes: &[u8]) -> Option<String> {
        let text = String::from_utf8_lossy(bytes);
        let scrubbed = self.scrub(&text);
        (scrubbed != text).then_some(scrubbed)
    }
}

/// Longer keys are taken out wherever they occur, shorter ones where they stand alone.
const LONG: usize = 8;
/// Of these and shorter ones every text is full: they are taken out only where they are the whole text, or stand in quotes.
const TINY: usize = 3;
const INSTEAD: &str = "***";

fn without(text: &str, key: &str) -> String {
    if key.len() >= LONG {
        return if memchr::memmem::find(text.as_bytes(), key.as_bytes()).is_some() {
            text.replace(key, INSTEAD)
        } else {
            text.to_owned()
        };
    }
    if text == key {
        return INSTEAD.to_owned();
    }
    let stands_alone: fn(char) -> bool = match key.len() {
        ..=TINY => |beside| matches!(beside, '"' | '\'' | '`' | '\\'),
        _ => |beside| !(beside.is_alphanumeric() || matches!(beside, '_' | '-')),
    };
    let needs_quotes = key.len() <= TINY;
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    let mut before = None;
    while let Some((head, tail)) = rest.split_once(key) {
        let left = head.chars().next_back().or(before);
        let right = tail.chars().next();
        let is_free = |beside: Option<char>| beside.map_or(!needs_quotes, stands_alone);
        out.push_str(head);
        out.push_str(if is_free(left) && is_free(right) { INSTEAD } else { key });
        before = key.chars().next_back();
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Long arguments are quoted in part, up to an ellipsis: the beginning of the key may stand before it.
fn without_cut(text: String, key: &str) -> String {
    const CUT: char = '…';
    if key.len() < LONG || !text.contains(CUT) {
        return text;
    }
    let parts: Vec<&str> = text.split(CUT).collect();
    let last = parts.len() - 1;
    let scrubbed = parts.iter().enumerate().map(|(at, part)| {
        let shown = part.trim_end_matches('"');
        let begun = (LONG..key.len()).rev().filter_map(|length| key.get(..length)).find(|start| shown.ends_with(start));
        match begun.and_then(|start| shown.strip_suffix(start)) {
            Some(head) if at < last => format!("{head}{INSTEAD}{}", part.get(shown.len()..).unwrap_or_default()),
            _ => (*part).to_owned(),
        }
    });
    scrubbed.collect::<Vec<_>>().join("…")
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn scrubbed(key: &str, text: &str) -> String {
        ApiKey::new(key).unwrap().scrub(text)
    }

    #[test]
    fn by_its_length_a_key_is_taken_out_everywhere_where_it_stands_alone_or_where_it_is_quoted() {
        for (key, text, says) in [
            ("12345678", "x12345678x 12345678", "x***x ***"),
            ("abcd", "abcd, abcde abcd-1 (abcd) \"abcd\"", "***, abcde abcd-1 (***) \"***\""),
            ("abcd", "abcdabcd abcd", "abcdabcd ***"),
            ("a", "a message: \"a\" is a 'a'", "a message: \"***\" is a '***'"),
            ("a", "a", "***"),
            ("a\"bcdefgh", r#"{"key": "a\"bcdefgh"}"#, r#"{"key": "***"}"#),
            ("0123456789abcdef", "is \"zz 0123456789ab\"…, which", "is \"zz ***\"…, which"),
        ] {
            assert_eq!(scrubbed(key, text), says, "{key} in {text}");
        }
    }

    proptest! {
        #[test]
        fn no_key_of_four_or_more_characters_is_left_as_a_word(
            key in "[!-~]{4,40}", before in "[ a-z0-9é]{0,20}", after in "[ a-z0-9é]{0,20}",
        ) {
            prop_assume!(!INSTEAD.contains(&key) && !key.contains('*'));
            let out = scrubbed(&key, &format!("{before} {key} {after} \"{key}\" {key:?}"));
            let words: Vec<&str> = out.split(' ').collect();
            prop_assert!(!words.contains(&key.as_str()), "{out}");
            if key.len() >= LONG {
                prop_assert!(!out.contains(&key), "{out}");
            }
        }

        #[test]
        fn a_short_key_leaves_all_other_texts_as_they_are(key in "[a-z]{1,7}", text in "[a-z]{8,12}( [a-z]{8,12}){0,5}") {
            prop_assert_eq!(scrubbed(&key, &text), text);
        }
    }
}
