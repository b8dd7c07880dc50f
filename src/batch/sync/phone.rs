//! From the cell that names a contact to the contact's wid.

#[cfg(test)]
mod tests;

use crate::api;
use crate::batch::sync::planner::CellError;
use crate::client::Value;

/// The wid of the contact that `cell` names: a wid, or a phone number in a common spelling.
///
/// **What is put aside.** Spaces around the text, invisible marks, one leading apostrophe and the `="…"` of spreadsheets, the
/// prefixes `tel:` and `whatsapp:`. Between the digits: spaces of any kind, dots, dashes, slashes and brackets. Fullwidth,
/// Arabic and Devanagari digits count as digits. Any other character refuses the cell.
///
/// **Wids** (a text with `@`): `…@c.us` and `…@lid` are kept, `…@s.whatsapp.net` becomes `…@c.us`. Groups, channels and
/// broadcast lists are refused: they are no contacts.
///
/// **International numbers** begin with `+` or `00` (or `011` when the country code is 1). A trunk zero in brackets,
/// as in `+44 (0)7362`, is dropped, and so is one right after the run's own country code (`+44 07362`).
///
/// **Other numbers with a country code.** A leading trunk prefix is dropped (`0`; `06` in Hungary; `8` before ten digits in
/// country code 7) and the country code put in front. Country codes 39, 225, 242 and 378 keep the zero, as their international
/// numbers do. Digits that begin with the country code already are taken as international only when they are too long to be
/// national: longer than 11 digits for 55, longer than 10 for 7, 39, 52, 91, 92 and 98, longer than 9 elsewhere.
///
/// **Other numbers without a country code** are taken as international when they have 11 to 15 digits and do not begin with
/// 0; everything else may be national and is refused.
///
/// **Numbers that a spreadsheet or a data frame has changed.** Exponents (`4.47E+11`) are refused: digits are lost. A float must be
/// integral and below 2^53. `447362053576.0` (ten digits or more, then one or two zeros) is read as `447362053576`, another fraction there is refused.
///
/// The result has 6 to 15 digits and does not begin with 0.
pub fn contact_wid(cell: &Value, country_code: Option<&str>) -> Result<String, CellError> {
    let text = cell_text(cell)?;
    let text = undressed(&text);
    match text {
        "" => Err(refused("empty", "the cell is empty: every row needs the contact's phone number or wid")),
        _ if text.contains('@') => wid(text),
        _ => phone_wid(text, country_code),
    }
}

/// The digits of a calling code given as `44`, `+44` or `0044`.
pub fn country_code(text: &str) -> Result<String, String> {
    let trimmed = text.trim();
    let digits = trimmed.strip_prefix('+').or_else(|| trimmed.strip_prefix("00")).unwrap_or(trimmed);
    let legal = matches!(digits.len(), 1..=3) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if legal {
        return Ok(digits.to_owned());
    }
    Err(format!("{text:?} is no country calling code: give its 1 to 3 digits, such as 44 for the United Kingdom"))
}

fn refused(reason: &'static str, message: impl Into<String>) -> CellError {
    CellError { field: "contact".to_owned(), reason, message: message.into() }
}

/// The cell in quotes, cut where it would flood a message.
fn shown(text: &str) -> String {
    let cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() { format!("{cut:?}…") } else { format!("{cut:?}") }
}

fn cell_text(cell: &Value) -> Result<String, CellError> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match cell {
        Value::Null => Ok(String::new()),
        Value::Text(text) => Ok(text.clone()),
        Value::Digits(digits) => Ok(whole(digits).to_owned()),
        Value::Integer(number) if *number >= 0 => Ok(number.to_string()),
        Value::Integer(number) => Err(refused("not a number", format!("{number} is negative: no phone number is"))),
        Value::Float(number) if number.fract() == 0.0 && (0.0..EXACT).contains(number) => Ok(format!("{number:.0}")),
        Value::Float(number) => Err(refused(
            "lost digits",
            format!(
                "{number} is a float that no phone number survives: read the column as text (in pandas dtype={{'phone': str}})"
            ),
        )),
        Value::Bool(_) | Value::File(_) | Value::List(_) | Value::Map(_) => {
            Err(refused("not a number", format!("{} is no phone number: give text such as +447362053576", cell.kind())))
        }
    }
}

/// A decimal without its fraction where that is nothing, as columns of a fixed scale have it.
fn whole(digits: &str) -> &str {
    match digits.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => digits,
    }
}

/// Direction and joining marks that come along when a number is copied from a contact card.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter))
}

/// The text without what a spreadsheet or a link puts around a number.
fn undressed(text: &str) -> &str {
    let text = trimmed(text);
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let text = trimmed(text.strip_prefix(['\'', '’']).unwrap_or(text));
    let prefix = ["tel:", "whatsapp:"].into_iter().find(|prefix| starts_with_ignoring_case(text, prefix));
    trimmed(prefix.and_then(|prefix| text.get(prefix.len()..)).unwrap_or(text))
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn wid(text: &str) -> Result<String, CellError> {
    let (user, domain) = text.rsplit_once('@').unwrap_or((text, ""));
    // Linked devices write 447362053576:12@s.whatsapp.net: the part after the colon is the device.
    let user = user.split_once(':').map_or(user, |(user, _)| user).trim();
    let wid = match domain.trim().to_ascii_lowercase().as_str() {
        "c.us" | "s.whatsapp.net" => format!("{user}@c.us"),
        "lid" => format!("{user}@lid"),
        "g.us" => return Err(no_contact(text, "a group")),
        "newsletter" => return Err(no_contact(text, "a channel")),
        "broadcast" => return Err(no_contact(text, "a broadcast list")),
        _ => {
            return Err(refused(
                "not a wid",
                format!("{} is no wid: choose the column with phone numbers or wids ({EXAMPLE})", shown(text)),
            ));
        }
    };
    let format = api::format("contact_wid").map_err(|error| refused("table", error.to_string()))?;
    if format.is_match(&wid) {
        return Ok(wid);
    }
    Err(refused("not a wid", format!("{} is not {}: {}", shown(text), format.description, format.hint)))
}

const EXAMPLE: &str = "447362053576@c.us";

fn no_contact(text: &str, what: &str) -> CellError {
    refused(
        "not a contact",
        format!("{} is {what}, and metadata belongs to contacts: give a phone number or a wid such as {EXAMPLE}", shown(text)),
    )
}

fn phone_wid(text: &str, country_code: Option<&str>) -> Result<String, CellError> {
    if is_exponent(text) {
        return Err(refused(
            "exponent",
            format!(
                "{} is a number in exponent form and its last digits are lost: format the column as text (or as a number \
             without decimals) in the spreadsheet and export it again",
                shown(text)
            ),
        ));
    }
    let text = without_fraction(text)?;
    let digits = international(&compact(text)?, text, country_code)?;
    if digits.starts_with('0') {
        return Err(refused(
            "country code",
            format!("{} has a country code that begins with 0: write it as +447362053576", shown(text)),
        ));
    }
    match digits.len() {
        6..=15 => Ok(format!("{digits}@c.us")),
        found => Err(refused(
            "length",
            format!("{} gives {found} digits with its country code: a phone number has 6 to 15", shown(text)),
        )),
    }
}

/// Whether the text is a number such as `4.47E+11` or `4,47e11`.
fn is_exponent(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['e', 'E']) else { return false };
    let digits = |text: &str, also: &[char]| {
        text.contains(|letter: char| letter.is_ascii_digit())
            && text.chars().all(|letter| letter.is_ascii_digit() || also.contains(&letter))
    };
    digits(number, &['.', ',', '+', '-']) && digits(exponent, &['+', '-'])
}

/// The text without the `.0` of a column that went through floats.
fn without_fraction(text: &str) -> Result<&str, CellError> {
    let Some((whole, fraction)) = text.split_once('.') else { return Ok(text) };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A shorter part before the dot, or a longer one after it, is a group of digits: 020.79460958.
    if whole.len() < 10 || fraction.len() > 2 || !is_digits(whole) || !is_digits(fraction) {
        return Ok(text);
    }
    if fraction.bytes().all(|byte| byte == b'0') {
        return Ok(whole);
    }
    Err(refused("lost digits", format!("{} has a fraction: export the column as text", shown(text))))
}

/// The digits, brackets and plus signs of the text; an error for what has no place in a phone number.
fn compact(text: &str) -> Result<String, CellError> {
    text.chars().filter_map(|letter| kept(letter, text).transpose()).collect()
}

fn kept(letter: char, text: &str) -> Result<Option<char>, CellError> {
    match letter {
        '0'..='9' | '+' => Ok(Some(letter)),
        '(' | '[' => Ok(Some('(')),
        ')' | ']' => Ok(Some(')')),
        '\u{ff0b}' => Ok(Some('+')),
        '.' | '/' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Ok(None),
        _ if letter.is_whitespace() || is_invisible(letter) => Ok(None),
        _ => foreign_digit(letter).map(Some).ok_or_else(|| misplaced(letter, text)),
    }
}

/// The ASCII digit for a digit of another script.
fn foreign_digit(letter: char) -> Option<char> {
    const ZEROS: [u32; 4] = [0x0660, 0x06f0, 0x0966, 0xff10];
    let offset = ZEROS.iter().find_map(|zero| u32::from(letter).checked_sub(*zero).filter(|offset| *offset < 10))?;
    char::from_digit(offset, 10)
}

fn misplaced(letter: char, text: &str) -> CellError {
    let shown = shown(text);
    match letter {
        ',' | ';' | '|' | '&' => {
            refused("several numbers", format!("{shown} seems to hold more than one number: keep one a row"))
        }
        _ if letter.is_alphabetic() => refused(
            "letters",
            format!("{shown} holds letters: keep one phone number, such as +447362053576, without words or extension"),
        ),
        _ => refused(
            "character",
            format!("{shown} holds {letter:?}, which has no place in a phone number: write it as +447362053576"),
        ),
    }
}

/// The digits with the country code in front.
fn international(compact: &str, text: &str, country_code: Option<&str>) -> Result<String, CellError> {
    let bare = |text: &str| text.replace(['(', ')'], "");
    let marked = marked_digits(&bare(compact), country_code).map(str::to_owned);
    let Some(digits) = marked else {
        let digits = bare(compact);
        refuse_second_plus(&digits, text)?;
        return unmarked(&digits, text, country_code);
    };
    refuse_second_plus(&digits, text)?;
    if keeps_zero(&digits) {
        return Ok(digits);
    }
    let without_zero = bare(&compact.replacen("(0)", "", 1));
    let digits = marked_digits(&without_zero, country_code).unwrap_or(&digits);
    Ok(without_own_zero(digits, country_code))
}

/// What follows the mark of an international number; `None` when there is no mark.
fn marked_digits<'a>(digits: &'a str, country_code: Option<&str>) -> Option<&'a str> {
    if let Some(rest) = digits.strip_prefix('+') {
        return Some(rest.strip_prefix("00").unwrap_or(rest));
    }
    let american = digits.strip_prefix("011").filter(|_| country_code == Some("1"));
    american.or_else(|| digits.strip_prefix("00"))
}

fn refuse_second_plus(digits: &str, text: &str) -> Result<(), CellError> {
    if digits.contains('+') {
        return Err(refused(
            "several numbers",
            format!("{} holds + between digits: keep one number a row, with + only in front", shown(text)),
        ));
    }
    Ok(())
}

/// Whether international numbers of this country keep the zero of the national ones.
fn keeps_zero(digits: &str) -> bool {
    ["39", "225", "242", "378"].iter().any(|code| digits.starts_with(code))
}

fn without_own_zero(digits: &str, country_code: Option<&str>) -> String {
    let national = country_code.and_then(|code| Some((code, digits.strip_prefix(code)?.strip_prefix('0')?)));
    national.map_or_else(|| digits.to_owned(), |(code, rest)| format!("{code}{rest}"))
}

/// The digits of a number that does not say whether it is national.
fn unmarked(digits: &str, text: &str, country_code: Option<&str>) -> Result<String, CellError> {
    let Some(code) = country_code else {
        if matches!(digits.len(), 11..=15) && !digits.starts_with('0') {
            return Ok(digits.to_owned());
        }
        return Err(refused(
            "no country code",
            format!(
                "{} has no country code: write it as +447362053576, or give the country code of the file's national numbers \
             (country_code=\"44\", --country-code 44)",
                shown(text)
            ),
        ));
    };
    let national = without_trunk(digits, code);
    if national.len() == digits.len() && digits.starts_with(code) && digits.len() > longest_national(code) {
        return Ok(digits.to_owned());
    }
    Ok(format!("{code}{national}"))
}

fn without_trunk<'a>(digits: &'a str, code: &str) -> &'a str {
    let trunk = match code {
        _ if keeps_zero(code) => return digits,
        "7" if digits.len() == 11 => "8",
        "36" => "06",
        _ => "0",
    };
    digits.strip_prefix(trunk).unwrap_or(digits)
}

/// Up to how many digits a number that begins with its own country code is taken as national.
fn longest_national(code: &str) -> usize {
    match code {
        "55" => 11,
        "7" | "39" | "52" | "91" | "92" | "98" => 10,
        _ => 9,
    }
}
