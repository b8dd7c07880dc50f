//! A stored document with its defaults, serialized without a copy of either.

use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::sandbox::state::document::{Document, fill};

/// A document, and defaults for the fields that it lacks, also those of the objects in it.
#[derive(Debug)]
pub struct Completed<'a> {
    pub own: &'a Document,
    pub defaults: Fields<'a>,
}

/// Fields with their defaults, if they have any.
pub type Fields<'a> = Vec<(&'a str, Option<Field<'a>>)>;

/// The default of a field.
#[derive(Debug)]
pub enum Field<'a> {
    Flag(bool),
    Number(u64),
    Text(&'a str),
    Value(Cow<'a, Value>),
    Object(Fields<'a>),
}

impl Completed<'_> {
    /// The same as one document.
    pub fn into_document(self) -> Document {
        let mut document = self.own.clone();
        fill(&mut document, into_value(self.defaults));
        document
    }
}

fn into_value(fields: Fields<'_>) -> Value {
    let defaults = fields.into_iter().filter_map(|(name, field)| Some((name.to_owned(), field?.into())));
    Value::Object(defaults.collect())
}

impl From<Field<'_>> for Value {
    fn from(field: Field<'_>) -> Self {
        match field {
            Field::Flag(flag) => flag.into(),
            Field::Number(number) => number.into(),
            Field::Text(text) => text.into(),
            Field::Value(value) => value.into_owned(),
            Field::Object(fields) => into_value(fields),
        }
    }
}

impl Serialize for Completed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Merged(self.own, &self.defaults).serialize(serializer)
    }
}

struct Merged<'a>(&'a Document, &'a [(&'a str, Option<Field<'a>>)]);

impl Serialize for Merged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(own, defaults) = self;
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in *own {
            let field = || defaults.iter().find(|(other, _)| other == name)?.1.as_ref();
            match value.as_object().zip(value.as_object().and_then(|_| field())) {
                Some((own, Field::Object(fields))) => map.serialize_entry(name, &Merged(own, fields))?,
                Some((own, Field::Value(value))) => map.serialize_entry(name, &Merged(own, &fields_of(value)))?,
                _ => map.serialize_entry(name, value)?,
            }
        }
        for (name, field) in defaults.iter().filter(|(name, _)| !own.contains_key(*name)) {
            field.iter().try_for_each(|field| map.serialize_entry(name, field))?;
        }
        map.end()
    }
}

/// The fields of an object; none of another value.
fn fields_of(value: &Value) -> Fields<'_> {
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(name, value)| (name.as_str(), Some(Field::Value(Cow::Borrowed(value))))).collect()
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Value(value) => value.serialize(serializer),
            Self::Object(fields) => {
                let given = fields.iter().filter_map(|(name, field)| Some((name, field.as_ref()?)));
                serializer.collect_map(given)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn completed_document_serializes_as_the_filled_one() {
        let own = json!({"id": 1, "name": null, "meta": {"isSpam": true, "a": {"b": 1}}, "list": [{}], "place": {"code": "GB"}});
        let place = json!({"code": "FR", "name": "France"});
        let completed = || Completed {
            own: own.as_object().unwrap(),
            defaults: vec![
                ("name", Some(Field::Text("Ada"))),
                (
                    "meta",
                    Some(Field::Object(vec![("isSpam", Some(Field::Flag(false))), ("a", None), ("c", Some(Field::Number(2)))])),
                ),
                ("place", Some(Field::Value(Cow::Borrowed(&place)))),
                ("list", None),
                ("info", Some(Field::Object(vec![("kind", Some(Field::Text("personal"))), ("city", None)]))),
                ("absent", None),
            ],
        };
        let expected = json!({
            "id": 1, "name": null, "meta": {"isSpam": true, "a": {"b": 1}, "c": 2}, "list": [{}],
            "place": {"code": "GB", "name": "France"}, "info": {"kind": "personal"},
        });
        assert_eq!(serde_json::to_value(completed()).unwrap(), expected);
        assert_eq!(Value::from(completed().into_document()), expected);
    }
}
