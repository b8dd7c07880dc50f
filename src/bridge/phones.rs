//! Reading phone numbers without a run.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::phone::{self, ContactId, Country, PhoneError, PhoneSettings};

/// How numbers are read, from the attributes of a Python object.
#[derive(Debug, FromPyObject)]
pub struct PhoneOptions {
    country_code: Option<String>,
    ambiguous: String,
    several: String,
}

impl PhoneOptions {
    /// The settings; the error names the invalid option.
    pub fn settings(&self) -> PyResult<PhoneSettings> {
        let parse = || {
            let country = self.country_code.as_deref().map(Country::parse).transpose()?;
            Ok(PhoneSettings { country, ambiguous: self.ambiguous.parse()?, several: self.several.parse()? })
        };
        parse().map_err(|error: String| PyValueError::new_err(error))
    }
}

/// What became of a text: `(id, reading, second)`, or `(None, reason, message)`.
type Parsed = (Option<String>, &'static str, Option<String>);

/// Reads each text as the contact of a row.
#[pyfunction]
pub fn parse_contacts(py: Python<'_>, texts: Vec<String>, phones: PhoneOptions) -> PyResult<Vec<Parsed>> {
    let settings = phones.settings()?;
    Ok(py.detach(|| texts.iter().map(|text| parsed(phone::contact_id(text, &settings))).collect()))
}

fn parsed(contact: Result<ContactId, PhoneError>) -> Parsed {
    match contact {
        Ok(contact) => (Some(contact.wid), contact.reading.name(), contact.second),
        Err(error) => (None, error.reason, Some(error.message)),
    }
}
