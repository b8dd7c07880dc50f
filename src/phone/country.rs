//! The home country of numbers, from a calling code or a region.

use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

/// A country, by its calling code or its region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    pub(super) code: i32,
    /// The region given, or the main one of the calling code.
    pub(super) region: Region,
}

impl Country {
    /// The country written as a calling code (`44`, `+44`, `0044`) or as a region of ISO 3166 (`GB`).
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let country = match text.chars().all(|letter| letter.is_ascii_alphabetic()) {
            true => Self::from_region(&text.to_ascii_uppercase()),
            false => Self::from_calling_code(text),
        };
        country.ok_or_else(|| {
            format!(
                "{text:?} is not a country: give its calling code of 1 to 3 digits, such as 44 for the United Kingdom, or its \
                 region of two letters, such as GB"
            )
        })
    }

    fn from_region(name: &str) -> Option<Self> {
        let name = if name == "UK" { "GB" } else { name };
        let region = Region::from_code(name).ok()?;
        Some(Self { code: PHONE_NUMBER_UTIL.get_country_code_for_region(region)?, region })
    }

    fn from_calling_code(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').or_else(|| text.strip_prefix("00")).unwrap_or(text);
        if !matches!(digits.len(), 1..=3) || digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let code = digits.parse().ok()?;
        // Codes of no country, such as 800 for toll-free numbers, have the region World.
        let region = PHONE_NUMBER_UTIL.get_region_for_country_code(code).filter(|region| *region != Region::World)?;
        Some(Self { code, region })
    }
}
