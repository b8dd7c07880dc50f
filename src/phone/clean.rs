//! What spreadsheets, data frames, address books and links do to numbers.

use crate::phone::error::{PhoneError, quote};

/// The digits of a number, and what stood around them.
#[derive(Debug, PartialEq, Eq)]
pub struct CleanNumber {
    pub digits: String,
    /// Whether a `+` stood before the digits.
    pub has_plus: bool,
    /// The digits without a zero in brackets, as in `+44 (0)7362`, if there is one.
    pub without_bracketed_zero: Option<String>,
}

/// The text without white space, invisible marks and the decoration of a spreadsheet or a link.
pub fn strip_decoration(text: &str) -> &str {
    let text = trim(text);
    let text = text.strip_prefix('=').filter(|rest| rest.starts_with('"')).unwrap_or(text);
    let text = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let text = trim(text.strip_prefix(['\'', '’', '‘', '`']).unwrap_or(trim(text)));
    let prefix = ["tel:", "whatsapp:"].into_iter().find(|prefix| starts_with_ignoring_case(text, prefix));
    trim(prefix.and_then(|prefix| text.get(prefix.len()..)).unwrap_or(text))
}

/// The numbers in the text: one, unless separators stand between several.
pub fn split_numbers(text: &str) -> Vec<&str> {
    let text = text.trim_matches(|letter: char| ".,;:|".contains(letter) || is_padding(letter));
    let parts = text.split(['\n', '\r', ',', ';', '|', '&']).flat_map(split_at_slash).flat_map(split_at_plus);
    parts.map(trim).filter(|part| !part.is_empty()).collect()
}

/// The digits of one number; an error for what is not part of a phone number.
pub fn clean_number(text: &str) -> Result<CleanNumber, PhoneError> {
    let text = strip_float_fraction(text)?;
    reject_other_values(text)?;
    let compact = text.chars().filter_map(|letter| normalize_char(letter, text).transpose()).collect::<Result<String, _>>()?;
    let digits = compact.replace(['(', ')'], "");
    let has_plus = digits.starts_with('+');
    let digits = digits.trim_start_matches('+');
    if digits.contains('+') {
        return Err(several_numbers(text));
    }
    // With a zero in brackets at the start, the zero is an ordinary national prefix.
    let bracketed =
        compact.find("(0)").filter(|index| *index > 1).map(|_| compact.replacen("(0)", "", 1).replace(['(', ')', '+'], ""));
    Ok(CleanNumber { digits: digits.to_owned(), has_plus, without_bracketed_zero: bracketed })
}

/// The error of a text with more than one number.
pub fn several_numbers(text: &str) -> PhoneError {
    let message = format!(
        "{} contains more than one number: keep one per row, or take the first one (several='first', --several first)",
        quote(text)
    );
    PhoneError::new("several numbers", message)
}

/// A slash separates two numbers if both sides are long enough for one: 030/1234567 is one number.
fn split_at_slash(text: &str) -> Vec<&str> {
    let count = |part: &str| part.chars().filter(|letter| letter.is_ascii_digit()).count();
    match text.split_once(['/', '\\']) {
        Some((first, rest)) if count(first) >= 7 && count(rest) >= 7 => vec![first, rest],
        _ => vec![text],
    }
}

/// A plus sign after digits begins another number.
fn split_at_plus(text: &str) -> Vec<&str> {
    let first_digit = text.find(|letter: char| letter.is_numeric()).unwrap_or(text.len());
    let second = text.get(first_digit..).and_then(|rest| rest.find(['+', '\u{ff0b}'])).map(|index| first_digit + index);
    second.and_then(|index| text.split_at_checked(index)).map_or_else(|| vec![text], |(first, rest)| vec![first, rest])
}

/// Direction and joining marks, which are part of numbers copied from a contact card.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_padding(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter)
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_padding)
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Rejects a number such as `4.47E+11`.
pub fn reject_exponent(text: &str) -> Result<(), PhoneError> {
    if !is_exponent(text) {
        return Ok(());
    }
    let message = format!(
        "{} is a number in exponent form whose last digits are missing: format the column as text (or as a number without \
         decimals) in the spreadsheet and export it again",
        quote(text)
    );
    Err(PhoneError::new("exponent", message))
}

/// Rejects dates and IP addresses.
fn reject_other_values(text: &str) -> Result<(), PhoneError> {
    let what = match () {
        () if is_date(text) => "a date",
        () if is_ip_address(text) => "an IP address",
        () => return Ok(()),
    };
    Err(PhoneError::new(
        "not a number",
        format!("{} looks like {what}: choose the column with phone numbers or wids", quote(text)),
    ))
}

/// Whether the text is a number such as `4.47E+11` or `4,47e11`.
fn is_exponent(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['e', 'E']) else { return false };
    let is_number = |text: &str, symbols: &[char]| {
        text.contains(|letter: char| letter.is_ascii_digit())
            && text.chars().all(|letter| letter.is_ascii_digit() || symbols.contains(&letter))
    };
    is_number(number, &['.', ',', '+', '-']) && is_number(exponent, &['+', '-'])
}

/// Whether the text is a date such as `2026-11-28` or `28.11.2026`.
fn is_date(text: &str) -> bool {
    let separator = |separator: char| matches!(separator, '-' | '.' | '/');
    let parts: Vec<_> = text.split(separator).collect();
    let value = |part: &str, length: usize, max: u32| {
        (1..=length).contains(&part.len()) && part.parse().is_ok_and(|value: u32| (1..=max).contains(&value))
    };
    let is_year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let are_day_and_month = |a: &str, b: &str| (value(a, 2, 31) && value(b, 2, 12)) || (value(a, 2, 12) && value(b, 2, 31));
    match *parts.as_slice() {
        [year, month, day] if is_year(year) => are_day_and_month(day, month),
        [day, month, year] if is_year(year) => are_day_and_month(day, month),
        _ => false,
    }
}

/// Whether the text is an IP address such as `192.168.100.100`. Numbers in pairs, such as 20.12.34.56, are not.
fn is_ip_address(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok() && text.split('.').any(|part| part.len() == 3)
}

/// The text without the `.0` of a column that was converted to floats.
fn strip_float_fraction(text: &str) -> Result<&str, PhoneError> {
    let Some((integer, fraction)) = text.split_once('.') else { return Ok(text) };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // With fewer digits before the dot or more after it, the dot separates groups of digits: 020.79460958.
    let is_group = integer.len() < 4 || (integer.len() < 7 && fraction != "0") || fraction.len() > 2;
    if is_group || !is_digits(integer) || !is_digits(fraction) {
        return Ok(text);
    }
    if fraction.bytes().all(|byte| byte == b'0') {
        return Ok(integer);
    }
    Err(PhoneError::new("lost digits", format!("{} has a fraction: export the column as text", quote(text))))
}

/// The digit, bracket or plus sign; `None` for a separator; an error for a character that is not part of a phone number.
fn normalize_char(letter: char, text: &str) -> Result<Option<char>, PhoneError> {
    match letter {
        '0'..='9' | '+' => Ok(Some(letter)),
        '(' | '[' | '\u{ff08}' => Ok(Some('(')),
        ')' | ']' | '\u{ff09}' => Ok(Some(')')),
        '\u{ff0b}' => Ok(Some('+')),
        '.' | '/' | '-' | '\u{b7}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}'..='\u{ff0f}' => Ok(None),
        _ if is_padding(letter) => Ok(None),
        _ => foreign_digit(letter).map(Some).ok_or_else(|| invalid_char(letter, text)),
    }
}

/// The ASCII digit for a digit of another script.
fn foreign_digit(letter: char) -> Option<char> {
    // Arabic (two), NKo, Devanagari to Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian, fullwidth.
    const ZEROS: [u32; 20] = [
        0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x0f20,
        0x1040, 0x17e0, 0x1810, 0xa9d0, 0xff10,
    ];
    let offset = ZEROS.iter().find_map(|zero| u32::from(letter).checked_sub(*zero).filter(|offset| *offset < 10))?;
    char::from_digit(offset, 10)
}

fn invalid_char(letter: char, text: &str) -> PhoneError {
    let shown = quote(text);
    if has_extension(text) {
        let message = format!("{shown} has an extension, and WhatsApp has no extensions: keep only the number of a person");
        return PhoneError::new("extension", message);
    }
    if letter.is_alphabetic() {
        let message = format!("{shown} contains letters: keep one phone number, such as +447362053576, without words");
        return PhoneError::new("letters", message);
    }
    let message = format!("{shown} contains {letter:?}, which is not part of a phone number: write it as +447362053576");
    PhoneError::new("character", message)
}

/// Whether the text is a number, the word or sign of an extension, and digits.
fn has_extension(text: &str) -> bool {
    let is_separator = |letter: char| is_padding(letter) || ".:=".contains(letter);
    let text = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let rest = text.trim_end_matches(is_separator).to_lowercase();
    let words = ["extension", "extn", "ext", "int", "anexo", "ramal", "доб", "x", "#", "~"];
    words.iter().any(|word| rest.strip_suffix(word).is_some_and(|number| number.contains(|letter: char| letter.is_numeric())))
}
