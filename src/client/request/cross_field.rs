//! What a row asks of several arguments at once.

use crate::api::{Operation, ParameterLocation};
use crate::client::request::value::Value;

/// The arguments that do not go together, and why.
pub fn problem(operation: &Operation, values: &[Value]) -> Option<(String, String)> {
    let arguments = Arguments { operation, values };
    [alternatives, choice, exclusion, solitude, difference, dependence, company].iter().find_map(|rule| rule(&arguments))
}

struct Arguments<'a> {
    operation: &'a Operation,
    values: &'a [Value],
}

impl<'a> Arguments<'a> {
    fn value(&self, name: &str) -> &'a Value {
        let found = self.operation.parameters.iter().position(|parameter| parameter.name == name);
        found.and_then(|at| self.values.get(at)).unwrap_or(&Value::Null)
    }

    /// What is given of some arguments. An empty list and a flag that is left out when false are not: a call that
    /// needs a filter must not go out without one.
    fn given(&self, names: &'a [String]) -> Vec<&'a str> {
        names.iter().map(String::as_str).filter(|name| self.is_given(name)).collect()
    }

    fn is_given(&self, name: &str) -> bool {
        let flag = self.operation.parameters.iter().any(|parameter| parameter.name == name && parameter.skip_if_false);
        match self.value(name) {
            Value::Null => false,
            Value::Bool(said) => *said || !flag,
            Value::List(items) => !items.is_empty(),
            _ => true,
        }
    }
}

fn alternatives(arguments: &Arguments<'_>) -> Option<(String, String)> {
    let names = &arguments.operation.at_least_one_of;
    let missing = !names.is_empty() && arguments.given(names).is_empty();
    missing.then(|| (names.join(", "), "are all missing; give at least one of them".to_owned()))
}

fn choice(arguments: &Arguments<'_>) -> Option<(String, String)> {
    let names = &arguments.operation.exactly_one_of;
    let given = arguments.given(names);
    match given.len() {
        0 if !names.is_empty() => Some((names.join(", "), "are all missing; give one of them".to_owned())),
        0 | 1 => None,
        _ => Some((given.join(", "), format!("are given together; give exactly one of {}", names.join(", ")))),
    }
}

fn exclusion(arguments: &Arguments<'_>) -> Option<(String, String)> {
    let said = |name: &&str| *arguments.value(name) != Value::Bool(false);
    let given: Vec<_> = arguments.given(&arguments.operation.mutually_exclusive).into_iter().filter(said).collect();
    (given.len() > 1).then(|| (given.join(", "), "are given together; give at most one of them".to_owned()))
}

/// What stands for all excludes whatever would choose some.
fn solitude(arguments: &Arguments<'_>) -> Option<(String, String)> {
    let parameters = || arguments.operation.parameters.iter().filter(|one| one.location != ParameterLocation::Path);
    let alone = parameters().find(|one| one.exclusive && arguments.is_given(&one.name))?;
    let others: Vec<_> = parameters().filter(|one| one.name != alone.name && arguments.is_given(&one.name)).collect();
    let names: Vec<&str> = others.iter().map(|one| one.name.as_str()).collect();
    (!names.is_empty()).then(|| (alone.name.clone(), format!("is given together with {}; it stands alone", names.join(", "))))
}

/// A value that says nothing without another argument.
fn company(arguments: &Arguments<'_>) -> Option<(String, String)> {
    arguments.operation.parameters.iter().find_map(|parameter| {
        let Value::Text(said) = arguments.value(&parameter.name) else { return None };
        let needed = parameter.required_when.get(said)?;
        let missing = *arguments.value(needed) == Value::Null;
        missing.then(|| (needed.clone(), format!("is missing; {} \"{said}\" needs it", parameter.name)))
    })
}

fn difference(arguments: &Arguments<'_>) -> Option<(String, String)> {
    let [left, right] = arguments.operation.must_differ.as_slice() else { return None };
    let same = same_id(arguments.value(left), arguments.value(right));
    same.then(|| (right.clone(), format!("is the same as {left}; they are two different numbers")))
}

fn dependence(arguments: &Arguments<'_>) -> Option<(String, String)> {
    let said = |value: &Value| !matches!(value, Value::Null | Value::Bool(false));
    arguments.operation.parameters.iter().zip(arguments.values).find_map(|(parameter, value)| {
        let needed = parameter.depends_on.as_ref()?;
        let alone = said(value) && !said(arguments.value(needed));
        let fix = if matches!(arguments.value(needed), Value::Bool(_)) { "is False" } else { "is not given" };
        alone.then(|| (parameter.name.clone(), format!("means nothing here, because {needed} {fix}; give both, or neither")))
    })
}

fn same_id(left: &Value, right: &Value) -> bool {
    matches!((left, right), (Value::Text(left), Value::Text(right)) if left.eq_ignore_ascii_case(right))
}
