//! Numbers as libphonenumber's data see them.

use rlibphonenumber::{CountryCodeSource, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType};

use crate::phone::country::Country;

/// A valid number that was read as one of the home country.
pub struct HomeNumber {
    pub digits: String,
    pub source: CountryCodeSource,
    pub is_mobile: bool,
}

/// The most digits of an international number. Germany has longer ones, for extensions of offices.
const MAX_DIGITS: usize = 15;

/// Whether the international digits are a valid number as they stand. Several times faster than parsing them.
pub fn is_valid(digits: &str) -> bool {
    from_digits(digits).is_some_and(|number| is_valid_number(&number))
}

/// Whether the international digits are a valid mobile number.
pub fn is_mobile(digits: &str) -> bool {
    from_digits(digits).is_some_and(|number| has_mobile_type(&number))
}

/// The digits of the valid number that international digits mean; without a national prefix after the country code, for example.
pub fn parse_international(digits: &str) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None).ok()?;
    valid_digits(&number)
}

/// The valid number that the digits mean when they are dialled in the country.
pub fn parse_in_country(digits: &str, country: Country) -> Option<HomeNumber> {
    let number = PHONE_NUMBER_UTIL.parse_and_keep_raw_input(digits, Some(country.region)).ok()?;
    valid_digits(&number).map(|digits| HomeNumber {
        digits,
        source: number.country_code_source(),
        is_mobile: has_mobile_type(&number),
    })
}

/// The calling code that the international digits begin with.
pub fn calling_code(digits: &str) -> Option<&str> {
    let code = |length| digits.get(..length).filter(|_| !digits.starts_with('0'));
    (1..=3)
        .filter_map(code)
        .find(|code| code.parse().is_ok_and(|code| PHONE_NUMBER_UTIL.get_region_for_country_code(code).is_some()))
}

fn from_digits(digits: &str) -> Option<PhoneNumber> {
    let code = calling_code(digits).filter(|_| digits.len() <= MAX_DIGITS)?;
    let national = digits.get(code.len()..)?;
    let zeros = national.bytes().take_while(|byte| *byte == b'0').count();
    Some(PhoneNumber {
        country_code: code.parse().ok()?,
        national_number: national.parse().ok()?,
        italian_leading_zero: (zeros > 0).then_some(true),
        number_of_leading_zeros: i32::try_from(zeros).ok().filter(|zeros| *zeros > 0),
        ..PhoneNumber::default()
    })
}

/// The main region is checked first: finding the region of a number checks the number too.
fn is_valid_number(number: &PhoneNumber) -> bool {
    let main = PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code);
    main.is_some_and(|region| PHONE_NUMBER_UTIL.is_valid_number_for_region(number, region))
        || PHONE_NUMBER_UTIL.is_valid_number(number)
}

/// Many countries have one range for fixed lines and mobiles.
fn has_mobile_type(number: &PhoneNumber) -> bool {
    matches!(PHONE_NUMBER_UTIL.get_number_type(number), PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile)
}

/// The international digits of a valid number.
fn valid_digits(number: &PhoneNumber) -> Option<String> {
    let digits = || PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::E164).trim_start_matches('+').to_owned();
    is_valid_number(number).then(digits).filter(|digits| digits.len() <= MAX_DIGITS)
}
