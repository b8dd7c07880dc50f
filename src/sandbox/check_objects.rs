//! Objects in a body, held against the fields that the row gives them.

use serde_json::Value;

use super::{Location, Refusal, check_count, check_field};
use crate::sandbox::store::Document;

/// A list of objects.
pub fn check_all(place: &Location<'_>, items: &[Value]) -> Result<(), Refusal> {
    check_count(place, items.len())?;
    items.iter().enumerate().try_for_each(|(index, item)| {
        let area = format!("{}[{index}]", place.path());
        item.as_object().map_or_else(|| Err(place.wrong("must hold objects only")), |fields| check(place, &area, fields))
    })
}

/// One object, which is at `area`.
pub fn check(place: &Location<'_>, area: &str, given: &Document) -> Result<(), Refusal> {
    let (fields, one_of) = (&place.parameter.fields, &place.parameter.one_of);
    fields.iter().try_for_each(|parameter| check_field(&Location { area, parameter }, given.get(&parameter.wire)))?;
    let of_them = one_of.iter().filter(|name| given.contains_key(*name)).count();
    if one_of.is_empty() || of_them == 1 {
        return Ok(());
    }
    let problem = format!("exactly one of {} is wanted", one_of.join(", "));
    Err(Refusal::invalid(area, format!("{}: {problem}", place.parameter.wire), &problem))
}
