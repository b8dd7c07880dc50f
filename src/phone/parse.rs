//! The rule by which a text becomes a contact.

use rlibphonenumber::CountryCodeSource;

use crate::phone::clean::{self, CleanNumber};
use crate::phone::contact::{ContactId, Reading};
use crate::phone::country::Country;
use crate::phone::error::{PhoneError, quote};
use crate::phone::number::{self, HomeNumber};
use crate::phone::settings::{AmbiguousPolicy, PhoneSettings, SeveralPolicy};
use crate::phone::{whatsapp, wid};

/// The contact that `text` names: a wid, or a phone number in any common spelling.
///
/// **Numbers with `+`, `00` or the international prefix of the home country** must be valid, or a form that WhatsApp kept.
///
/// **Other numbers with a home country** are national if that is valid. If the digits are also a valid number of another country,
/// the cell is refused, unless the national number is a mobile one or `settings.ambiguous` says to take it. Digits that begin with
/// the country code of the home country and are no valid national number are international; those of another country are refused.
///
/// **Other numbers without a home country** are international. They need 11 digits, because shorter ones are national numbers of
/// many countries.
pub fn contact_id(text: &str, settings: &PhoneSettings) -> Result<ContactId, PhoneError> {
    if let Some(digits) = text.strip_prefix('+').filter(|digits| is_plain(digits) && number::is_valid(digits)) {
        return Ok(contact(digits, Reading::International));
    }
    let text = clean::strip_decoration(text);
    match text {
        "" => Err(PhoneError::new("empty", "the cell is empty: every row needs the phone number or wid of its contact")),
        _ if text.contains('@') => wid::parse(text),
        _ => parse_phone(text, settings),
    }
}

/// Whether the text has digits only, in a number that a wid may have.
fn is_plain(digits: &str) -> bool {
    matches!(digits.len(), 6..=15) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn contact(digits: &str, reading: Reading) -> ContactId {
    ContactId { wid: format!("{digits}@c.us"), reading, second: None }
}

fn parse_phone(text: &str, settings: &PhoneSettings) -> Result<ContactId, PhoneError> {
    clean::reject_exponent(text)?;
    let text = match *clean::split_numbers(text).as_slice() {
        [] => text,
        [only] => only,
        [first, ..] if settings.several == SeveralPolicy::First => first,
        _ => return Err(clean::several_numbers(text)),
    };
    let number = clean::clean_number(text)?;
    if number.digits.is_empty() {
        return Err(PhoneError::new("not a number", format!("{} has no digits: give a phone number or a wid", quote(text))));
    }
    let cell = Cell { text, settings };
    match (&settings.country, number.digits.strip_prefix("00")) {
        (_, rest) if number.has_plus => cell.international(rest.unwrap_or(&number.digits), &number),
        (None, Some(rest)) => cell.international(rest, &number),
        (None, None) => cell.without_home(&number),
        (Some(country), _) => cell.with_home(&number, *country),
    }
}

/// The text of a number with the settings of the run.
struct Cell<'a> {
    text: &'a str,
    settings: &'a PhoneSettings,
}

impl Cell<'_> {
    /// A number with an international prefix.
    fn international(&self, digits: &str, number: &CleanNumber) -> Result<ContactId, PhoneError> {
        let found = parse_international(digits).ok_or_else(|| self.not_valid(digits))?;
        // +39 (0)347 … may mean the number with its zero, and the number without.
        let shorter =
            number.without_bracketed_zero.as_deref().and_then(|digits| parse_international(digits.trim_start_matches('0')));
        match shorter {
            Some(shorter) if shorter.wid != found.wid => Err(self.ambiguous(&found, &shorter)),
            _ => Ok(found),
        }
    }

    fn without_home(&self, number: &CleanNumber) -> Result<ContactId, PhoneError> {
        if number.digits.len() < 11 || number.digits.starts_with('0') {
            return Err(PhoneError::new(
                "no country code",
                format!(
                    "{} has no country code: write it as +447362053576, or give the country of the national numbers in the file \
                     (country_code='44', --country-code 44)",
                    quote(self.text)
                ),
            ));
        }
        self.international(&number.digits, number)
    }

    fn with_home(&self, number: &CleanNumber, country: Country) -> Result<ContactId, PhoneError> {
        let digits = number.digits.as_str();
        let home = number::parse_in_country(digits, country).or_else(|| parse_old_mexican(digits, country));
        if let Some(rest) = digits.strip_prefix("00") {
            return self.prefixed(rest, home, number);
        }
        match home {
            Some(home) if home.source == CountryCodeSource::FromDefaultCountry => self.national(digits, &home, country),
            Some(home) => Ok(contact(&home.digits, Reading::International)),
            None => self.with_country_code(number, country),
        }
    }

    /// Digits that begin with 00, which is or contains the international prefix of most countries.
    fn prefixed(&self, rest: &str, home: Option<HomeNumber>, number: &CleanNumber) -> Result<ContactId, PhoneError> {
        let home = home.map(|home| contact(&home.digits, Reading::International));
        match (home, parse_international(rest)) {
            (Some(home), Some(other)) if home.wid != other.wid => Err(self.ambiguous(&home, &other)),
            (Some(home), _) => Ok(home),
            (None, _) => self.international(rest, number),
        }
    }

    /// A valid national number, which may be a number of another country too.
    fn national(&self, digits: &str, home: &HomeNumber, country: Country) -> Result<ContactId, PhoneError> {
        let national = contact(&home.digits, Reading::National);
        if !number::is_valid(digits) && !whatsapp::is_kept_form(digits) {
            return Ok(national);
        }
        let second = contact(digits, Reading::International);
        // German numbers have up to 15 digits, so that a mobile number with its country code is a valid fixed line too.
        let is_own_mobile = || digits.starts_with(&country.code.to_string()) && number::is_mobile(digits);
        match () {
            () if home.is_mobile => Ok(ContactId { second: Some(second.wid), ..national }),
            () if is_own_mobile() => Ok(ContactId { second: Some(national.wid), ..second }),
            () if self.settings.ambiguous == AmbiguousPolicy::National => Ok(ContactId { second: Some(second.wid), ..national }),
            () => Err(self.ambiguous(&national, &second)),
        }
    }

    /// Digits that are no national number.
    fn with_country_code(&self, number: &CleanNumber, country: Country) -> Result<ContactId, PhoneError> {
        let digits = number.digits.as_str();
        let code = country.code.to_string();
        if digits.starts_with(&code) && parse_international(digits).is_some() {
            return self.international(digits, number);
        }
        let hint = match number::is_valid(digits) {
            true => format!("; if it is the number of another country, write it as +{digits}"),
            false => ": check its digits, or write it with + and its country code".to_owned(),
        };
        let message = format!("{} is not a valid number of country code {code}{hint}", quote(self.text));
        Err(PhoneError::new("not a valid number", message))
    }

    fn not_valid(&self, digits: &str) -> PhoneError {
        let shown = quote(self.text);
        let message = match number::calling_code(digits) {
            Some(code) => format!("{shown} is not a valid number of country code {code}: check its digits"),
            None => format!("{shown} begins with no country code: write it as +447362053576"),
        };
        PhoneError::new("not a valid number", message)
    }

    fn ambiguous(&self, first: &ContactId, second: &ContactId) -> PhoneError {
        let number = |contact: &ContactId| format!("+{}", contact.wid.trim_end_matches("@c.us"));
        PhoneError::new(
            "ambiguous",
            format!(
                "{} may be {} or {}: write it with + and its country code, or take national numbers (ambiguous='national', \
                 --ambiguous national)",
                quote(self.text),
                number(first),
                number(second)
            ),
        )
    }
}

/// The contact of international digits.
fn parse_international(digits: &str) -> Option<ContactId> {
    if number::is_valid(digits) {
        return Some(contact(digits, Reading::International));
    }
    if whatsapp::is_kept_form(digits) {
        return Some(contact(digits, Reading::WhatsappForm));
    }
    number::parse_international(digits).map(|digits| contact(&digits, Reading::International))
}

/// A Mexican number with one of the prefixes that were dialled until 2019.
fn parse_old_mexican(digits: &str, country: Country) -> Option<HomeNumber> {
    let rest = ["044", "045", "01"].iter().find_map(|prefix| digits.strip_prefix(prefix)).filter(|rest| rest.len() == 10)?;
    (country.code == 52).then(|| number::parse_in_country(rest, country)).flatten()
}
