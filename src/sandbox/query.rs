//! A query string as the rows read it: lists in either form, unknown names noted.

use percent_encoding::percent_decode_str;

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};

/// What a query gave: values by the wire name of the row's parameter.
#[derive(Debug, Default)]
pub struct Query {
    known: Vec<(&'static str, Vec<String>)>,
    /// Names that the row does not have.
    pub unknown: Vec<String>,
}

impl Query {
    /// Sorts the pairs by what the row knows; `a,b`, `key[]=a&key[]=b` and `key=a&key=b` are the same list.
    pub fn of(operation: &'static Operation, pairs: Vec<(String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match parameter(operation, &name) {
                Some(parameter) if parameter.ty == ParameterType::StringList => {
                    query.add(&parameter.wire_name, value.split(',').filter(|item| !item.is_empty()).map(str::to_owned));
                }
                Some(parameter) => query.add(&parameter.wire_name, std::iter::once(value)),
                None => query.unknown.push(name),
            }
        }
        query
    }

    pub fn get(&self, wire: &str) -> Option<&[String]> {
        self.known.iter().find(|(name, _)| *name == wire).map(|(_, values)| values.as_slice())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.known.iter().map(|(name, values)| (*name, values.as_slice()))
    }

    fn add(&mut self, wire: &'static str, values: impl Iterator<Item = String>) {
        match self.known.iter_mut().find(|(name, _)| *name == wire) {
            Some((_, known)) => known.extend(values),
            None => self.known.push((wire, values.collect())),
        }
    }
}

/// The row's query parameter of this name; `name[]` and `name[0]` are spellings of a list's name.
fn parameter(operation: &'static Operation, name: &str) -> Option<&'static Parameter> {
    let bare = name.split_once('[').filter(|(_, rest)| rest.ends_with(']')).map(|(bare, _)| bare);
    operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Query).find(|parameter| {
        parameter.wire_name == name || (parameter.ty == ParameterType::StringList && bare == Some(parameter.wire_name.as_str()))
    })
}

/// The pairs of a query string, decoded, in order.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let split = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::api;

    fn query(text: &str) -> Query {
        Query::of(api::operation("chats.list").unwrap(), pairs(text))
    }

    #[test]
    fn every_form_of_a_list_is_the_same_list() {
        for text in [
            "labels=a,b",
            "labels[]=a&labels[]=b",
            "labels%5B%5D=a&labels%5B%5D=b",
            "labels=a&labels=b",
            "labels[0]=a&labels[1]=b",
        ] {
            assert_eq!(query(text).get("labels").unwrap(), ["a", "b"], "{text}");
        }
        assert!(query("labels=").get("labels").unwrap().is_empty());
    }

    #[test]
    fn names_that_the_row_lacks_are_noted() {
        let query = query("limit=5&size=3&size[]=4&x");
        assert_eq!(query.unknown, ["limit", "size[]", "x"]);
        assert_eq!(query.get("size").unwrap(), ["3"]);
        assert_eq!(query.get("limit"), None);
    }

    #[test]
    fn text_is_decoded() {
        assert_eq!(pairs("search=Ren%C3%A9+%2B1&&a"), [("search".into(), "René +1".into()), ("a".into(), String::new())]);
    }
}
