//! The contact that a text names.

/// How the text of a contact was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A number with its country code.
    International,
    /// A national number of the home country.
    National,
    /// A form that libphonenumber calls invalid, and that WhatsApp keeps as the id of older accounts.
    WhatsappForm,
    /// The wid of a phone number.
    Wid,
    /// A `@lid` id, which has no phone number.
    Lid,
}

impl Reading {
    /// The name of the reading in Python.
    pub fn name(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::National => "national",
            Self::WhatsappForm => "whatsapp",
            Self::Wid => "wid",
            Self::Lid => "lid",
        }
    }
}

/// The contact that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactId {
    pub wid: String,
    pub reading: Reading,
    /// The wid of the second valid reading, if the text has two.
    pub second: Option<String>,
}
