//! Normalizes the cell of a contact to its wid (WhatsApp ID).

#[cfg(test)]
mod tests;

use crate::api;
use crate::batch::sync::cell::CellError;
use crate::client::Value;

/// The wid of the contact in `cell`, which is a wid or a phone number in a common format.
///
/// **Ignored:** spaces around the text, invisible marks, one leading apostrophe, the `="…"` of spreadsheets, the prefixes `tel:`
/// and `whatsapp:`; between the digits spaces of any kind, dots, dashes, slashes and brackets. Fullwidth, Arabic and Devanagari
/// digits count as digits. Any other character makes the cell invalid.
///
/// **Wids** (a text with `@`): `…@c.us` and `…@lid` stay unchanged, `…@s.whatsapp.net` becomes `…@c.us`. Groups, channels and
/// broadcast lists are invalid: they are not contacts.
///
/// **International numbers** begin with `+` or `00` (or `011` if the country code is 1). A trunk zero in brackets,
/// as in `+44 (0)7362`, is dropped, and so is one right after the country code of the run (`+44 07362`).
///
/// **Other numbers with a country code.** A leading trunk prefix is dropped (`0`; `06` in Hungary; `8` before ten digits in
/// country code 7) and the country code is prepended. Country codes 39, 225, 242 and 378 keep the zero, as their international
/// numbers do. Digits that begin with the country code are international only if they are too long to be national: more than
/// 11 digits for 55, more than 10 for 7, 39, 52, 91, 92 and 98, more than 9 elsewhere.
///
/// **Other numbers without a country code** are international if they have 11 to 15 digits and do not begin with 0; all others
/// may be national and are invalid.
///
/// **Numbers changed by a spreadsheet or a data frame.** Exponents (`4.47E+11`) are invalid: digits are missing. A float must be
/// integral and below 2^53. `447362053576.0` (ten digits or more, then one or two zeros) is read as `447362053576`; any other
/// fraction is invalid.
///
/// The result has 6 to 15 digits and does not begin with 0.
pub fn contact_wid(cell: &Value, country_code: Option<&str>) -> Result<String, CellError> {
    let text = cell_text(cell)?;
    let text = strip_decoration(&text);
    match text {
        "" => Err(invalid("empty", "the cell is empty: every row needs the phone number or wid of its contact")),
        _ if text.contains('@') => wid(text),
        _ => phone_wid(text, country_code),
    }
}

/// The digits of a calling code written as `44`, `+44` or `0044`.
pub fn country_code(text: &str) -> Result<String, String> {
    let trimmed = text.trim();
    let digits = trimmed.strip_prefix('+').or_else(|| trimmed.strip_prefix("00")).unwrap_or(trimmed);
    let is_valid = matches!(digits.len(), 1..=3) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if is_valid {
        return Ok(digits.to_owned());
    }
    Err(format!("{text:?} is not a country calling code: give its 1 to 3 digits, such as 44 for the United Kingdom"))
}

fn invalid(reason: &'static str, message: impl Into<String>) -> CellError {
    CellError { field: "contact".to_owned(), reason, message: message.into() }
}

/// The cell in quotes, truncated for messages.
fn quote(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    if start.len() < text.len() { format!("{start:?}…") } else { format!("{start:?}") }
}

fn cell_text(cell: &Value) -> Result<String, CellError> {
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    match cell {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Decimal(digits) => Ok(strip_zero_fraction(digits).to_owned()),
        Value::Integer(number) if *number >= 0 => Ok(number.to_string()),
        Value::Integer(number) => Err(invalid("not a number", format!("{number} is negative, and a phone number is not"))),
        Value::Float(number) if number.fract() == 0.0 && (0.0..MAX_EXACT).contains(number) => Ok(format!("{number:.0}")),
        Value::Float(number) => Err(invalid(
            "lost digits",
            format!(
                "{number} is a float that can't hold a phone number: read the column as text (in pandas dtype={{'phone': str}})"
            ),
        )),
        Value::Bool(_) | Value::File(_) | Value::List(_) | Value::Object(_) => {
            Err(invalid("not a number", format!("{} is not a phone number: give text such as +447362053576", cell.kind())))
        }
    }
}

/// A decimal without a fraction of zeros, which columns of a fixed scale have.
fn strip_zero_fraction(digits: &str) -> &str {
    match digits.split_once('.') {
        Some((integer, fraction)) if fraction.bytes().all(|byte| byte == b'0') => integer,
        _ => digits,
    }
}

/// Direction and joining marks, which are part of numbers copied from a contact card.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn trim(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter))
}

/// The text without the decoration of a spreadsheet or a link.
fn strip_decoration(text: &str) -> &str {
    let text = trim(text);
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let text = trim(text.strip_prefix(['\'', '’']).unwrap_or(text));
    let prefix = ["tel:", "whatsapp:"].into_iter().find(|prefix| starts_with_ignoring_case(text, prefix));
    trim(prefix.and_then(|prefix| text.get(prefix.len()..)).unwrap_or(text))
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn wid(text: &str) -> Result<String, CellError> {
    let (user, domain) = text.rsplit_once('@').unwrap_or((text, ""));
    // The wid of a linked device is 447362053576:12@s.whatsapp.net: the part after the colon is the device.
    let user = user.split_once(':').map_or(user, |(user, _)| user).trim();
    let wid = match domain.trim().to_ascii_lowercase().as_str() {
        "c.us" | "s.whatsapp.net" => format!("{user}@c.us"),
        "lid" => format!("{user}@lid"),
        "g.us" => return Err(not_a_contact(text, "a group")),
        "newsletter" => return Err(not_a_contact(text, "a channel")),
        "broadcast" => return Err(not_a_contact(text, "a broadcast list")),
        _ => {
            return Err(invalid(
                "not a wid",
                format!("{} is not a wid: choose the column with phone numbers or wids ({EXAMPLE})", quote(text)),
            ));
        }
    };
    let format = api::format("contact_wid").map_err(|error| invalid("model", error.to_string()))?;
    if format.is_match(&wid) {
        return Ok(wid);
    }
    Err(invalid("not a wid", format!("{} is not {}: {}", quote(text), format.description, format.hint)))
}

const EXAMPLE: &str = "447362053576@c.us";

fn not_a_contact(text: &str, what: &str) -> CellError {
    invalid(
        "not a contact",
        format!("{} is {what}, and only contacts have metadata: give a phone number or a wid such as {EXAMPLE}", quote(text)),
    )
}

fn phone_wid(text: &str, country_code: Option<&str>) -> Result<String, CellError> {
    if is_exponent(text) {
        return Err(invalid(
            "exponent",
            format!(
                "{} is a number in exponent form whose last digits are missing: format the column as text (or as a number \
             without decimals) in the spreadsheet and export it again",
                quote(text)
            ),
        ));
    }
    let text = strip_float_fraction(text)?;
    let digits = to_international(&strip_separators(text)?, text, country_code)?;
    if digits.starts_with('0') {
        return Err(invalid(
            "country code",
            format!("{} has a country code that begins with 0: write it as +447362053576", quote(text)),
        ));
    }
    match digits.len() {
        6..=15 => Ok(format!("{digits}@c.us")),
        length => Err(invalid(
            "length",
            format!("{} gives {length} digits with its country code: a phone number has 6 to 15", quote(text)),
        )),
    }
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

/// The text without the `.0` of a column that was converted to floats.
fn strip_float_fraction(text: &str) -> Result<&str, CellError> {
    let Some((integer, fraction)) = text.split_once('.') else { return Ok(text) };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // With fewer digits before the dot or more after it, the dot separates groups of digits: 020.79460958.
    if integer.len() < 10 || fraction.len() > 2 || !is_digits(integer) || !is_digits(fraction) {
        return Ok(text);
    }
    if fraction.bytes().all(|byte| byte == b'0') {
        return Ok(integer);
    }
    Err(invalid("lost digits", format!("{} has a fraction: export the column as text", quote(text))))
}

/// The digits, brackets and plus signs of the text; an error for a character that is not part of a phone number.
fn strip_separators(text: &str) -> Result<String, CellError> {
    text.chars().filter_map(|letter| normalize_char(letter, text).transpose()).collect()
}

fn normalize_char(letter: char, text: &str) -> Result<Option<char>, CellError> {
    match letter {
        '0'..='9' | '+' => Ok(Some(letter)),
        '(' | '[' => Ok(Some('(')),
        ')' | ']' => Ok(Some(')')),
        '\u{ff0b}' => Ok(Some('+')),
        '.' | '/' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Ok(None),
        _ if letter.is_whitespace() || is_invisible(letter) => Ok(None),
        _ => foreign_digit(letter).map(Some).ok_or_else(|| invalid_char_error(letter, text)),
    }
}

/// The ASCII digit for a digit of another script.
fn foreign_digit(letter: char) -> Option<char> {
    const ZEROS: [u32; 4] = [0x0660, 0x06f0, 0x0966, 0xff10];
    let offset = ZEROS.iter().find_map(|zero| u32::from(letter).checked_sub(*zero).filter(|offset| *offset < 10))?;
    char::from_digit(offset, 10)
}

fn invalid_char_error(letter: char, text: &str) -> CellError {
    let shown = quote(text);
    match letter {
        ',' | ';' | '|' | '&' => {
            invalid("several numbers", format!("{shown} seems to contain more than one number: keep one per row"))
        }
        _ if letter.is_alphabetic() => invalid(
            "letters",
            format!("{shown} contains letters: keep one phone number, such as +447362053576, without words or extension"),
        ),
        _ => invalid(
            "character",
            format!("{shown} contains {letter:?}, which is not part of a phone number: write it as +447362053576"),
        ),
    }
}

/// The digits with the country code.
fn to_international(compact: &str, text: &str, country_code: Option<&str>) -> Result<String, CellError> {
    let without_brackets = |text: &str| text.replace(['(', ')'], "");
    let prefixed = strip_international_prefix(&without_brackets(compact), country_code).map(str::to_owned);
    let Some(digits) = prefixed else {
        let digits = without_brackets(compact);
        reject_second_plus(&digits, text)?;
        return parse_national(&digits, text, country_code);
    };
    reject_second_plus(&digits, text)?;
    if has_significant_leading_zero(&digits) {
        return Ok(digits);
    }
    let stripped = without_brackets(&compact.replacen("(0)", "", 1));
    let digits = strip_international_prefix(&stripped, country_code).unwrap_or(&digits);
    Ok(strip_trunk_after_code(digits, country_code))
}

/// The digits after an international prefix; `None` if there is no prefix.
fn strip_international_prefix<'a>(digits: &'a str, country_code: Option<&str>) -> Option<&'a str> {
    if let Some(rest) = digits.strip_prefix('+') {
        return Some(rest.strip_prefix("00").unwrap_or(rest));
    }
    let american = digits.strip_prefix("011").filter(|_| country_code == Some("1"));
    american.or_else(|| digits.strip_prefix("00"))
}

fn reject_second_plus(digits: &str, text: &str) -> Result<(), CellError> {
    if digits.contains('+') {
        return Err(invalid(
            "several numbers",
            format!("{} contains + between digits: keep one number per row, with + only at the start", quote(text)),
        ));
    }
    Ok(())
}

/// Whether international numbers of the country keep the leading zero of national ones.
fn has_significant_leading_zero(digits: &str) -> bool {
    ["39", "225", "242", "378"].iter().any(|code| digits.starts_with(code))
}

fn strip_trunk_after_code(digits: &str, country_code: Option<&str>) -> String {
    let national = country_code.and_then(|code| Some((code, digits.strip_prefix(code)?.strip_prefix('0')?)));
    national.map_or_else(|| digits.to_owned(), |(code, rest)| format!("{code}{rest}"))
}

/// The international digits of a number without an international prefix.
fn parse_national(digits: &str, text: &str, country_code: Option<&str>) -> Result<String, CellError> {
    let Some(code) = country_code else {
        if matches!(digits.len(), 11..=15) && !digits.starts_with('0') {
            return Ok(digits.to_owned());
        }
        return Err(invalid(
            "no country code",
            format!(
                "{} has no country code: write it as +447362053576, or give the country code of the national numbers in the file \
             (country_code=\"44\", --country-code 44)",
                quote(text)
            ),
        ));
    };
    let national = strip_trunk_prefix(digits, code);
    if national.len() == digits.len() && digits.starts_with(code) && digits.len() > max_national_length(code) {
        return Ok(digits.to_owned());
    }
    Ok(format!("{code}{national}"))
}

fn strip_trunk_prefix<'a>(digits: &'a str, code: &str) -> &'a str {
    let trunk = match code {
        _ if has_significant_leading_zero(code) => return digits,
        "7" if digits.len() == 11 => "8",
        "36" => "06",
        _ => "0",
    };
    digits.strip_prefix(trunk).unwrap_or(digits)
}

/// Maximum length of a national number that begins with the digits of its own country code.
fn max_national_length(code: &str) -> usize {
    match code {
        "55" => 11,
        "7" | "39" | "52" | "91" | "92" | "98" => 10,
        _ => 9,
    }
}
