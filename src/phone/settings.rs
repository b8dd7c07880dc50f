//! How numbers are read.

use std::str::FromStr;

use crate::choice::parse_choice;
use crate::phone::country::Country;

/// What to do with digits that are a valid national number and a valid number of another country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmbiguousPolicy {
    /// Refuse the cell, unless the national reading is a mobile number.
    #[default]
    Refuse,
    /// Take the national reading.
    National,
}

impl FromStr for AmbiguousPolicy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        parse_choice("ambiguous", name, &[("refuse", Self::Refuse), ("national", Self::National)])
    }
}

/// What to do with a cell that has more than one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeveralPolicy {
    /// Refuse the cell.
    #[default]
    Fail,
    /// Take the first number.
    First,
}

impl FromStr for SeveralPolicy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        parse_choice("several", name, &[("fail", Self::Fail), ("first", Self::First)])
    }
}

/// How numbers are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct PhoneSettings {
    /// The home country: the country of numbers without a country code.
    pub country: Option<Country>,
    pub ambiguous: AmbiguousPolicy,
    pub several: SeveralPolicy,
}
