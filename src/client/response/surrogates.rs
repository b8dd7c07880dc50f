//! Half surrogate pairs in JSON: an emoji that was cut in two must not lose the whole answer.

/// The JSON with every lone surrogate escape replaced by U+FFFD, or none where there is none to replace.
pub fn without_lone_surrogates(json: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        if *byte != b'\\' {
            at += 1;
            continue;
        }
        match (surrogate(json, at), surrogate(json, at + 6)) {
            (Some(Half::High), Some(Half::Low)) => at += 12,
            (Some(_), _) => {
                out.extend_from_slice(json.get(copied..at).unwrap_or_default());
                out.extend_from_slice(b"\\ufffd");
                at += 6;
                copied = at;
            }
            // Any other escape: its second character may be a backslash too.
            (None, _) => at += 2,
        }
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(json.get(copied..).unwrap_or_default());
    Some(out)
}

enum Half {
    High,
    Low,
}

/// The half of a pair whose escape begins at `at`.
fn surrogate(json: &[u8], at: usize) -> Option<Half> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let code = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    match code {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_lone_halves_are_replaced() {
        let replaced = |text: &str| without_lone_surrogates(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(replaced(r#"["\ud83d\ude00", "\\ud83d", "é"]"#), None);
        assert_eq!(replaced(r#"["a\ud83d"]"#).as_deref(), Some(r#"["a\ufffd"]"#));
        assert_eq!(replaced(r#"["\ude00\ud83d\ud83d\ude00"]"#).as_deref(), Some(r#"["\ufffd\ufffd\ud83d\ude00"]"#));
        assert_eq!(replaced(r#"["\\\ud83d"]"#).as_deref(), Some(r#"["\\\ufffd"]"#));
    }

    proptest! {
        #[test]
        fn whatever_the_halves_the_rest_reads(units in proptest::collection::vec(0xD700..0xE100_u16, 0..20)) {
            let json: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let quoted = format!("\"{json}\"");
            let mended = without_lone_surrogates(quoted.as_bytes()).unwrap_or_else(|| quoted.into_bytes());
            let read: String = serde_json::from_slice(&mended).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            without_lone_surrogates(&bytes);
        }
    }
}
