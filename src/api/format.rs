//! Text formats: one predicate for each format of `common.toml`.
//!
//! Every call matches its ids. A predicate takes 10 to 40 ns; a regular expression took 0.7 to 2.4 µs (regex-lite). The
//! patterns in `common.toml` are for documents that others read; a test checks that predicates and patterns agree.

/// The predicate of the format called `name`.
pub(super) fn predicate(name: &str) -> Option<fn(&str) -> bool> {
    Some(match name {
        "resource_id" => |text| is_hex(text, &[24]),
        "message_id" => |text| is_hex(text, &[18, 20, 22, 24, 32]),
        "status_id" => |text| is_hex(text, &[20, 21, 22, 24]),
        "chat_wid" => |text| is_user_wid(text) || is_lid(text) || is_group_wid(text) || is_channel_wid(text),
        "contact_wid" => |text| is_user_wid(text) || is_lid(text),
        "group_wid" => is_group_wid,
        "group_id" => |text| is_group_wid(text) || is_group_number(text),
        "channel_wid" => is_channel_wid,
        "channel_id" => |text| is_channel_wid(text) || is_digits(text),
        "phone" => is_phone,
        "email" => is_email,
        "web_address" => is_web_address,
        "duration" => is_duration,
        "time_zone" => is_time_zone,
        "product" => |text| is_digits(text) && (16..=18).contains(&text.len()),
        "country" => |text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
        _ => return None,
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_hex(text: &str, lengths: &[usize]) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_user_wid(text: &str) -> bool {
    text.strip_suffix("@c.us").is_some_and(|number| is_digits(number) && (6..=15).contains(&number.len()))
}

/// The wid of a user whose phone number is hidden.
fn is_lid(text: &str) -> bool {
    text.strip_suffix("@lid").is_some_and(is_digits)
}

fn is_group_wid(text: &str) -> bool {
    text.strip_suffix("@g.us").is_some_and(is_group_number)
}

/// Old groups have two numbers: the creator's and the time of creation.
fn is_group_number(text: &str) -> bool {
    let (creator, created) = text.split_once('-').unwrap_or((text, "0"));
    is_digits(creator) && is_digits(created)
}

fn is_channel_wid(text: &str) -> bool {
    text.strip_suffix("@newsletter").is_some_and(is_digits)
}

fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| is_digits(digits) && !digits.starts_with('0') && (6..=15).contains(&digits.len()))
}

fn is_space(letter: char) -> bool {
    letter.is_ascii_whitespace() || letter == '\u{b}'
}

fn is_email(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(|letter| letter == '@' || is_space(letter));
    text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host))
}

fn is_web_address(text: &str) -> bool {
    let address = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    address.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']) && !rest.contains(is_space))
}

fn is_duration(text: &str) -> bool {
    let number = text.strip_suffix(['s', 'm', 'h', 'd', 'w']);
    number.is_some_and(|number| is_digits(number) && !number.starts_with('0') && number.len() <= 6)
}

fn is_time_zone(text: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let starts_well = |area: &str| area.len() > 1 && area.starts_with(|letter: char| letter.is_ascii_uppercase());
    text.split('/').next().is_some_and(starts_well)
        && text.split('/').count() <= 3
        && text.split('/').all(|part| !part.is_empty() && part.bytes().all(is_name))
}

/// Whether a text consists of the characters of a metadata key.
pub(super) fn is_metadata_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a text is an ISO-8601 date, or a date and time with a time zone.
pub(crate) fn is_datetime(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(10) else { return false };
    has_shape(date, "0000-00-00") && (rest.is_empty() || rest.strip_prefix(['T', ' ']).is_some_and(is_time_with_zone))
}

fn is_time_with_zone(text: &str) -> bool {
    let Some(start) = text.find(['Z', '+', '-']) else { return false };
    let (time, zone) = text.split_at(start);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_clock = has_shape(clock, "00:00:00") || (has_shape(clock, "00:00") && !time.contains('.'));
    let is_zone = |text: &str| has_shape(text, "00:00") || has_shape(text, "0000");
    is_clock && is_digits(fraction) && (zone == "Z" || zone.strip_prefix(['+', '-']).is_some_and(is_zone))
}

/// Whether a text has the characters of `shape`, in which 0 is any digit.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, expected): (u8, u8)| if expected == b'0' { byte.is_ascii_digit() } else { byte == expected };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    type Predicate = fn(&str) -> bool;

    const DATETIME: &str = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$";

    /// Every predicate with the pattern that it stands for.
    fn predicates() -> Vec<(&'static str, Predicate)> {
        let formats = crate::api::formats().unwrap();
        let mut all: Vec<_> = formats.iter().map(|(name, format)| (format.pattern.as_str(), predicate(name).unwrap())).collect();
        all.push((&crate::api::metadata_limits().unwrap().key_pattern, is_metadata_key));
        all.push((DATETIME, is_datetime));
        all
    }

    /// Texts that a pattern matches, and the same with one character changed, added or removed.
    fn texts(pattern: &str) -> impl Strategy<Value = String> + use<> {
        let pattern = pattern.trim_matches(['^', '$']).replace("$|^", "|").replace("\\d", "[0-9]");
        let matching = proptest::string::string_regex(&pattern).unwrap();
        (matching, any::<prop::sample::Index>(), 0..4, prop::sample::select(vec!['0', 'f', 'Z', '@', '-', '/', ' ', '\n', 'é']))
            .prop_map(|(text, index, edit, letter)| {
                let mut letters: Vec<char> = text.chars().collect();
                let at = index.index(letters.len());
                match edit {
                    0 => letters[at] = letter,
                    1 => letters.insert(at, letter),
                    2 => drop(letters.remove(at)),
                    _ => {}
                }
                letters.into_iter().collect()
            })
    }

    #[test]
    fn predicates_agree_with_their_patterns() {
        for (pattern, predicate) in predicates() {
            let regex = regex_lite::Regex::new(pattern).unwrap();
            let mut runner = proptest::test_runner::TestRunner::default();
            runner
                .run(&texts(pattern), |text| {
                    prop_assert_eq!(predicate(&text), regex.is_match(&text), "{} {:?}", pattern, text);
                    Ok(())
                })
                .unwrap();
        }
    }

    #[test]
    fn datetimes_have_a_time_zone() {
        for text in ["2026-01-31", "2026-01-31T08:00Z", "2026-01-31 08:00:00.5+0200", "2026-01-31T08:00:00-05:00"] {
            assert!(is_datetime(text), "{text}");
        }
        for text in ["", "yesterday", "2026-01-31T08:00", "2026-01-31T08:00.5Z", "2026-01-31T08:00:00.Z", "2026-01-31T"] {
            assert!(!is_datetime(text), "{text}");
        }
    }
}
