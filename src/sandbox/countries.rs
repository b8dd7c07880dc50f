//! Countries: calling codes, and the lengths of phone numbers.

/// A country: ISO 3166 code, name, calling code, min and max number of digits after it.
#[derive(Debug, PartialEq)]
pub struct Country {
    pub code: &'static str,
    pub name: &'static str,
    pub calling: &'static str,
    pub digits: (usize, usize),
}

const fn country(code: &'static str, name: &'static str, calling: &'static str, min: usize, max: usize) -> Country {
    Country { code, name, calling, digits: (min, max) }
}

/// All countries; of several with the same calling code, the first one stands for its phone numbers.
const ALL: &[Country] = &[
    country("US", "United States", "1", 10, 10),
    country("CA", "Canada", "1", 10, 10),
    country("RU", "Russia", "7", 10, 10),
    country("KZ", "Kazakhstan", "7", 10, 10),
    country("EG", "Egypt", "20", 8, 10),
    country("ZA", "South Africa", "27", 9, 9),
    country("GR", "Greece", "30", 10, 10),
    country("NL", "Netherlands", "31", 9, 9),
    country("BE", "Belgium", "32", 8, 9),
    country("FR", "France", "33", 9, 9),
    country("ES", "Spain", "34", 9, 9),
    country("HU", "Hungary", "36", 8, 9),
    country("IT", "Italy", "39", 6, 11),
    country("RO", "Romania", "40", 9, 9),
    country("CH", "Switzerland", "41", 9, 9),
    country("AT", "Austria", "43", 7, 13),
    country("GB", "United Kingdom", "44", 9, 10),
    country("DK", "Denmark", "45", 8, 8),
    country("SE", "Sweden", "46", 7, 10),
    country("NO", "Norway", "47", 8, 8),
    country("PL", "Poland", "48", 9, 9),
    country("DE", "Germany", "49", 7, 11),
    country("PE", "Peru", "51", 8, 9),
    country("MX", "Mexico", "52", 10, 11),
    country("AR", "Argentina", "54", 10, 11),
    country("BR", "Brazil", "55", 10, 11),
    country("CL", "Chile", "56", 9, 9),
    country("CO", "Colombia", "57", 8, 10),
    country("VE", "Venezuela", "58", 10, 10),
    country("MY", "Malaysia", "60", 8, 10),
    country("AU", "Australia", "61", 9, 9),
    country("ID", "Indonesia", "62", 8, 12),
    country("PH", "Philippines", "63", 8, 10),
    country("NZ", "New Zealand", "64", 8, 10),
    country("SG", "Singapore", "65", 8, 8),
    country("TH", "Thailand", "66", 8, 9),
    country("JP", "Japan", "81", 9, 10),
    country("KR", "South Korea", "82", 8, 10),
    country("VN", "Vietnam", "84", 9, 10),
    country("CN", "China", "86", 11, 11),
    country("TR", "Türkiye", "90", 10, 10),
    country("IN", "India", "91", 10, 10),
    country("PK", "Pakistan", "92", 9, 10),
    country("MA", "Morocco", "212", 9, 9),
    country("DZ", "Algeria", "213", 8, 9),
    country("TN", "Tunisia", "216", 8, 8),
    country("GH", "Ghana", "233", 9, 9),
    country("NG", "Nigeria", "234", 8, 10),
    country("KE", "Kenya", "254", 9, 9),
    country("PT", "Portugal", "351", 9, 9),
    country("IE", "Ireland", "353", 7, 9),
    country("FI", "Finland", "358", 6, 11),
    country("UA", "Ukraine", "380", 9, 9),
    country("CZ", "Czechia", "420", 9, 9),
    country("SK", "Slovakia", "421", 9, 9),
    country("EC", "Ecuador", "593", 8, 9),
    country("HK", "Hong Kong", "852", 8, 8),
    country("AE", "United Arab Emirates", "971", 8, 9),
    country("IL", "Israel", "972", 8, 9),
    country("SA", "Saudi Arabia", "966", 8, 9),
];

/// The country with an ISO 3166 code.
pub fn from_iso_code(code: &str) -> Option<&'static Country> {
    ALL.iter().find(|country| country.code == code)
}

/// The country of a phone number's digits, by the longest matching calling code.
pub fn from_phone_digits(digits: &str) -> Option<&'static Country> {
    let matches = ALL.iter().rev().filter(|country| digits.starts_with(country.calling));
    matches.max_by_key(|country| country.calling.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn finds_the_country_of_a_phone_number() {
        for (digits, code) in [("447362053576", "GB"), ("12025550123", "US"), ("353871234567", "IE"), ("79161234567", "RU")] {
            assert_eq!(from_phone_digits(digits).unwrap().code, code);
        }
        assert_eq!(from_phone_digits("99912345"), None);
        assert_eq!(from_iso_code("CA").unwrap().calling, "1");
    }
}
