//! Reading phone numbers without a run.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::phone::{self, ContactId, Country, PhoneError, PhoneSettings};

/// What became of a text: `(id, reading, second)`, or `(None, reason, message)`.
type Parsed = (Option<String>, &'static str, Option<String>);

/// Reads each text as the contact of a row.
#[pyfunction]
#[pyo3(signature = (texts, *, country=None, ambiguous="refuse", several="fail"))]
pub fn parse_contacts(
    py: Python<'_>,
    texts: Vec<String>,
    country: Option<&str>,
    ambiguous: &str,
    several: &str,
) -> PyResult<Vec<Parsed>> {
    let settings = settings(country, ambiguous, several)?;
    Ok(py.detach(|| texts.iter().map(|text| parsed(phone::contact_id(text, &settings))).collect()))
}

/// The settings of numbers, from the options of a run.
pub fn settings(country: Option<&str>, ambiguous: &str, several: &str) -> PyResult<PhoneSettings> {
    let parse = || {
        let country = country.map(Country::parse).transpose()?;
        Ok(PhoneSettings { country, ambiguous: ambiguous.parse()?, several: several.parse()? })
    };
    parse().map_err(|error: String| PyValueError::new_err(error))
}

fn parsed(contact: Result<ContactId, PhoneError>) -> Parsed {
    match contact {
        Ok(contact) => (Some(contact.wid), contact.reading.name(), contact.second),
        Err(error) => (None, error.reason, Some(error.message)),
    }
}
