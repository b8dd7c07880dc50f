//! Lone surrogates in JSON: a truncated emoji must not make the whole response unreadable.

/// Replaces every escaped lone surrogate by U+FFFD; `None` if there is none.
pub fn replace_lone_surrogates(json: &[u8]) -> Option<Vec<u8>> {
    let mut replaced = Vec::new();
    let mut copied = 0;
    let mut position = 0;
    while let Some(byte) = json.get(position) {
        if *byte != b'\\' {
            position += 1;
            continue;
        }
        match (surrogate_at(json, position), surrogate_at(json, position + 6)) {
            (Some(Surrogate::High), Some(Surrogate::Low)) => position += 12,
            (Some(_), _) => {
                replaced.extend_from_slice(json.get(copied..position).unwrap_or_default());
                replaced.extend_from_slice(b"\\ufffd");
                position += 6;
                copied = position;
            }
            // Skips any other escape with its second character, which may be a backslash.
            (None, _) => position += 2,
        }
    }
    if copied == 0 {
        return None;
    }
    replaced.extend_from_slice(json.get(copied..).unwrap_or_default());
    Some(replaced)
}

enum Surrogate {
    High,
    Low,
}

/// The surrogate whose escape begins at `position`.
fn surrogate_at(json: &[u8], position: usize) -> Option<Surrogate> {
    let digits = json.get(position..position + 6)?.strip_prefix(b"\\u")?;
    let code = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    match code {
        0xD800..=0xDBFF => Some(Surrogate::High),
        0xDC00..=0xDFFF => Some(Surrogate::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn replaces_only_lone_surrogates() {
        let replaced = |text: &str| replace_lone_surrogates(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(replaced(r#"["\ud83d\ude00", "\\ud83d", "é"]"#), None);
        assert_eq!(replaced(r#"["a\ud83d"]"#).as_deref(), Some(r#"["a\ufffd"]"#));
        assert_eq!(replaced(r#"["\ude00\ud83d\ud83d\ude00"]"#).as_deref(), Some(r#"["\ufffd\ufffd\ud83d\ude00"]"#));
        assert_eq!(replaced(r#"["\\\ud83d"]"#).as_deref(), Some(r#"["\\\ufffd"]"#));
    }

    proptest! {
        #[test]
        fn result_equals_lossy_utf16_decoding(units in proptest::collection::vec(0xD700..0xE100_u16, 0..20)) {
            let json: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let quoted = format!("\"{json}\"");
            let replaced = replace_lone_surrogates(quoted.as_bytes()).unwrap_or_else(|| quoted.into_bytes());
            let text: String = serde_json::from_slice(&replaced).unwrap();
            prop_assert_eq!(text, String::from_utf16_lossy(&units));
        }
    }
}
