//! Countries: calling codes, and the lengths of phone numbers.

use serde_json::{Value, json};

/// A country: ISO 3166 code, name, calling code, min and max number of digits after it.
#[derive(Debug, PartialEq)]
pub struct Country {
    pub code: &'static str,
    pub name: &'static str,
    pub calling: &'static str,
    pub digits: (usize, usize),
    /// ISO 4217 code.
    currency: &'static str,
    /// ISO 639 codes, separated by commas.
    languages: &'static str,
    /// Time zones of the IANA database, the one of most people first, separated by commas.
    time_zones: &'static str,
}

impl Country {
    const fn with(self, currency: &'static str, languages: &'static str, time_zones: &'static str) -> Self {
        Self { currency, languages, time_zones, ..self }
    }
}

const fn country(code: &'static str, name: &'static str, calling: &'static str, min: usize, max: usize) -> Country {
    Country { code, name, calling, digits: (min, max), currency: "", languages: "", time_zones: "" }
}

/// All countries; of several with the same calling code, the first one stands for its phone numbers.
const ALL: &[Country] = &[
    country("US", "United States", "1", 10, 10).with(
        "USD",
        "en,es",
        "America/New_York,America/Chicago,America/Denver,America/Los_Angeles",
    ),
    country("CA", "Canada", "1", 10, 10).with(
        "CAD",
        "en,fr",
        "America/Toronto,America/Winnipeg,America/Edmonton,America/Vancouver",
    ),
    country("RU", "Russia", "7", 10, 10).with("RUB", "ru", "Europe/Moscow,Asia/Yekaterinburg,Asia/Vladivostok"),
    country("KZ", "Kazakhstan", "7", 10, 10).with("KZT", "kk,ru", "Asia/Almaty"),
    country("EG", "Egypt", "20", 8, 10).with("EGP", "ar", "Africa/Cairo"),
    country("ZA", "South Africa", "27", 9, 9).with("ZAR", "en,af,zu", "Africa/Johannesburg"),
    country("GR", "Greece", "30", 10, 10).with("EUR", "el", "Europe/Athens"),
    country("NL", "Netherlands", "31", 9, 9).with("EUR", "nl", "Europe/Amsterdam"),
    country("BE", "Belgium", "32", 8, 9).with("EUR", "nl,fr,de", "Europe/Brussels"),
    country("FR", "France", "33", 9, 9).with("EUR", "fr", "Europe/Paris"),
    country("ES", "Spain", "34", 9, 9).with("EUR", "es,ca", "Europe/Madrid,Atlantic/Canary"),
    country("HU", "Hungary", "36", 8, 9).with("HUF", "hu", "Europe/Budapest"),
    country("IT", "Italy", "39", 6, 11).with("EUR", "it", "Europe/Rome"),
    country("RO", "Romania", "40", 9, 9).with("RON", "ro", "Europe/Bucharest"),
    country("CH", "Switzerland", "41", 9, 9).with("CHF", "de,fr,it", "Europe/Zurich"),
    country("AT", "Austria", "43", 7, 13).with("EUR", "de", "Europe/Vienna"),
    country("GB", "United Kingdom", "44", 9, 10).with("GBP", "en", "Europe/London"),
    country("DK", "Denmark", "45", 8, 8).with("DKK", "da", "Europe/Copenhagen"),
    country("SE", "Sweden", "46", 7, 10).with("SEK", "sv", "Europe/Stockholm"),
    country("NO", "Norway", "47", 8, 8).with("NOK", "nb", "Europe/Oslo"),
    country("PL", "Poland", "48", 9, 9).with("PLN", "pl", "Europe/Warsaw"),
    country("DE", "Germany", "49", 7, 11).with("EUR", "de", "Europe/Berlin"),
    country("PE", "Peru", "51", 8, 9).with("PEN", "es", "America/Lima"),
    country("MX", "Mexico", "52", 10, 11).with("MXN", "es", "America/Mexico_City,America/Tijuana"),
    country("AR", "Argentina", "54", 10, 11).with("ARS", "es", "America/Argentina/Buenos_Aires"),
    country("BR", "Brazil", "55", 10, 11).with("BRL", "pt", "America/Sao_Paulo,America/Manaus"),
    country("CL", "Chile", "56", 9, 9).with("CLP", "es", "America/Santiago"),
    country("CO", "Colombia", "57", 8, 10).with("COP", "es", "America/Bogota"),
    country("VE", "Venezuela", "58", 10, 10).with("VES", "es", "America/Caracas"),
    country("MY", "Malaysia", "60", 8, 10).with("MYR", "ms", "Asia/Kuala_Lumpur"),
    country("AU", "Australia", "61", 9, 9).with("AUD", "en", "Australia/Sydney,Australia/Adelaide,Australia/Perth"),
    country("ID", "Indonesia", "62", 8, 12).with("IDR", "id", "Asia/Jakarta,Asia/Makassar,Asia/Jayapura"),
    country("PH", "Philippines", "63", 8, 10).with("PHP", "en,fil", "Asia/Manila"),
    country("NZ", "New Zealand", "64", 8, 10).with("NZD", "en,mi", "Pacific/Auckland"),
    country("SG", "Singapore", "65", 8, 8).with("SGD", "en,zh,ms,ta", "Asia/Singapore"),
    country("TH", "Thailand", "66", 8, 9).with("THB", "th", "Asia/Bangkok"),
    country("JP", "Japan", "81", 9, 10).with("JPY", "ja", "Asia/Tokyo"),
    country("KR", "South Korea", "82", 8, 10).with("KRW", "ko", "Asia/Seoul"),
    country("VN", "Vietnam", "84", 9, 10).with("VND", "vi", "Asia/Ho_Chi_Minh"),
    country("CN", "China", "86", 11, 11).with("CNY", "zh", "Asia/Shanghai"),
    country("TR", "Türkiye", "90", 10, 10).with("TRY", "tr", "Europe/Istanbul"),
    country("IN", "India", "91", 10, 10).with("INR", "hi,en", "Asia/Kolkata"),
    country("PK", "Pakistan", "92", 9, 10).with("PKR", "ur,en", "Asia/Karachi"),
    country("MA", "Morocco", "212", 9, 9).with("MAD", "ar,fr", "Africa/Casablanca"),
    country("DZ", "Algeria", "213", 8, 9).with("DZD", "ar,fr", "Africa/Algiers"),
    country("TN", "Tunisia", "216", 8, 8).with("TND", "ar,fr", "Africa/Tunis"),
    country("GH", "Ghana", "233", 9, 9).with("GHS", "en", "Africa/Accra"),
    country("NG", "Nigeria", "234", 8, 10).with("NGN", "en", "Africa/Lagos"),
    country("KE", "Kenya", "254", 9, 9).with("KES", "sw,en", "Africa/Nairobi"),
    country("PT", "Portugal", "351", 9, 9).with("EUR", "pt", "Europe/Lisbon,Atlantic/Azores"),
    country("IE", "Ireland", "353", 7, 9).with("EUR", "en,ga", "Europe/Dublin"),
    country("FI", "Finland", "358", 6, 11).with("EUR", "fi,sv", "Europe/Helsinki"),
    country("UA", "Ukraine", "380", 9, 9).with("UAH", "uk", "Europe/Kyiv"),
    country("CZ", "Czechia", "420", 9, 9).with("CZK", "cs", "Europe/Prague"),
    country("SK", "Slovakia", "421", 9, 9).with("EUR", "sk", "Europe/Bratislava"),
    country("EC", "Ecuador", "593", 8, 9).with("USD", "es", "America/Guayaquil"),
    country("HK", "Hong Kong", "852", 8, 8).with("HKD", "zh,en", "Asia/Hong_Kong"),
    country("AE", "United Arab Emirates", "971", 8, 9).with("AED", "ar", "Asia/Dubai"),
    country("IL", "Israel", "972", 8, 9).with("ILS", "he,ar", "Asia/Jerusalem"),
    country("SA", "Saudi Arabia", "966", 8, 9).with("SAR", "ar", "Asia/Riyadh"),
];

/// All countries.
pub fn all() -> &'static [Country] {
    ALL
}

/// The country with an ISO 3166 code.
pub fn from_iso_code(code: &str) -> Option<&'static Country> {
    ALL.iter().find(|country| country.code == code)
}

/// A country as answers show it.
pub fn summary(country: &Country) -> Value {
    let languages = || country.languages.split(',');
    json!({
        "code": country.code,
        "name": country.name,
        "flag": flag(country.code),
        "phonePrefix": format!("+{}", country.calling),
        "currency": {"code": country.currency},
        "languages": languages().map(|language| json!({"code": language})).collect::<Vec<_>>(),
        "locales": languages().map(|language| format!("{language}-{}", country.code)).collect::<Vec<_>>(),
        "timezones": country.time_zones.split(',').collect::<Vec<_>>(),
    })
}

/// The flag of a country: the regional indicators of its code.
fn flag(code: &str) -> String {
    code.bytes().filter_map(|letter| char::from_u32(0x1f1e6 + u32::from(letter) - u32::from(b'A'))).collect()
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

    #[test]
    fn every_country_has_a_flag_and_facts() {
        for country in ALL {
            assert_eq!(flag(country.code).chars().count(), 2, "{}", country.code);
            assert!(![country.currency, country.languages, country.time_zones].contains(&""), "{}", country.code);
        }
        assert_eq!(flag("GB"), "🇬🇧");
    }
}
