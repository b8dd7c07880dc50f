//! Query strings, parsed by the parameters of an operation.

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};

/// The values of a query by wire name.
#[derive(Debug, Default)]
pub struct Query {
    values: Vec<(&'static str, Vec<String>)>,
    /// Names that are no parameters of the operation.
    pub unknown: Vec<String>,
}

impl Query {
    /// Groups the pairs by parameter; `key=a,b`, `key[]=a&key[]=b` and `key=a&key=b` are the same list.
    pub fn parse(operation: &'static Operation, pairs: Vec<(String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match find_parameter(operation, &name).or_else(|| page_size(operation, &name)) {
                Some(parameter) if parameter.ty == ParameterType::StringList => {
                    query.add(&parameter.wire_name, value.split(',').filter(|item| !item.is_empty()).map(str::to_owned));
                }
                Some(parameter) => query.add(&parameter.wire_name, std::iter::once(value)),
                None => query.unknown.push(name),
            }
        }
        query
    }

    /// The values of a parameter; `None` if the request does not have it.
    pub fn get(&self, wire_name: &str) -> Option<&[String]> {
        self.iter().find(|(name, _)| *name == wire_name).map(|(_, values)| values)
    }

    /// The parameters of the operation that the request has, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.values.iter().map(|(name, values)| (*name, values.as_slice()))
    }

    fn add(&mut self, wire_name: &'static str, values: impl Iterator<Item = String>) {
        match self.values.iter_mut().find(|(name, _)| *name == wire_name) {
            Some((_, earlier)) => earlier.extend(values),
            None => self.values.push((wire_name, values.collect())),
        }
    }
}

/// The query parameter of this name; a list's name may be spelled `name[]` or `name[0]`.
fn find_parameter(operation: &'static Operation, name: &str) -> Option<&'static Parameter> {
    let list_name = name.split_once('[').filter(|(_, rest)| rest.ends_with(']')).map(|(list_name, _)| list_name);
    let in_query = |parameter: &&Parameter| parameter.location == ParameterLocation::Query || parameter.also_in_query;
    operation.parameters.iter().filter(in_query).find(|parameter| {
        let is_list = parameter.ty == ParameterType::StringList;
        parameter.wire_name == name || (is_list && list_name == Some(parameter.wire_name.as_str()))
    })
}

/// The parameter `size` of a list, which other clients call `limit`.
fn page_size(operation: &'static Operation, name: &str) -> Option<&'static Parameter> {
    let is_alias = operation.paginated && name == "limit";
    is_alias.then(|| find_parameter(operation, "size")).flatten()
}

/// The decoded pairs of a query string, in their order.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::api;

    fn query(text: &str) -> Query {
        Query::parse(api::operation("chats.list").unwrap(), pairs(text))
    }

    #[test]
    fn every_spelling_of_a_list_is_the_same_list() {
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
    fn unknown_names_are_collected() {
        let query = query("offset=5&size=3&size[]=4&x");
        assert_eq!(query.unknown, ["offset", "size[]", "x"]);
        assert_eq!(query.get("size").unwrap(), ["3"]);
        assert_eq!(query.get("offset"), None);
    }

    #[test]
    fn limit_is_another_name_for_the_size_of_a_page() {
        let limited = query("limit=5");
        assert_eq!(limited.get("size").unwrap(), ["5"]);
        assert!(limited.unknown.is_empty());
    }

    #[test]
    fn pairs_are_decoded() {
        assert_eq!(pairs("search=Ren%C3%A9+%2B1&&a"), [("search".into(), "René +1".into()), ("a".into(), String::new())]);
    }
}
