//! What a row asks of several arguments at once.

use serde_json::Value;

use crate::api::{Operation, Parameter, ParameterLocation};
use crate::sandbox::response::ApiError;
use crate::sandbox::validate::Call;

pub fn check_together(call: &Call) -> Result<(), ApiError> {
    [alternatives, choice, exclusion, solitude, difference, dependence, company].iter().try_for_each(|rule| match rule(call) {
        Some(problem) => Err(ApiError::invalid("body", problem.clone(), &problem)),
        None => Ok(()),
    })
}

fn alternatives(call: &Call) -> Option<String> {
    let names = &call.operation.at_least_one_of;
    (!names.is_empty() && given(call, names) == 0).then(|| format!("one of {} is required", names.join(", ")))
}

fn choice(call: &Call) -> Option<String> {
    let names = &call.operation.exactly_one_of;
    (!names.is_empty() && given(call, names) != 1).then(|| format!("exactly one of {} is required", names.join(", ")))
}

fn exclusion(call: &Call) -> Option<String> {
    let names = &call.operation.mutually_exclusive;
    (given(call, names) > 1).then(|| format!("at most one of {} is allowed", names.join(", ")))
}

fn solitude(call: &Call) -> Option<String> {
    let mut parameters = call.operation.parameters.iter().filter(|one| one.location != ParameterLocation::Path);
    let alone = parameters.clone().find(|one| one.exclusive && says(call, &one.name))?;
    let is_other = |one: &&Parameter| one.name != alone.name && argument(call, &one.name).is_some();
    parameters.find(is_other).map(|other| format!("{} must be the only field, without {}", alone.name, other.name))
}

fn company(call: &Call) -> Option<String> {
    call.operation.parameters.iter().find_map(|parameter| {
        let said = argument(call, &parameter.name)?;
        let needed = parameter.required_when.get(said.as_str()?)?;
        argument(call, needed).is_none().then(|| format!("{} {said} needs {needed}", parameter.name))
    })
}

fn difference(call: &Call) -> Option<String> {
    let [one, other] = call.operation.must_differ.as_slice() else { return None };
    let value = argument(call, one)?;
    (argument(call, other)? == value).then(|| format!("{one} and {other} must not be the same"))
}

fn dependence(call: &Call) -> Option<String> {
    call.operation.parameters.iter().find_map(|parameter| {
        let needed = parameter.depends_on.as_ref()?;
        let alone = says(call, &parameter.name) && !says(call, needed);
        alone.then(|| format!("{} needs {needed}", parameter.name))
    })
}

fn given(call: &Call, names: &[String]) -> usize {
    names.iter().filter(|name| argument(call, name).is_some()).count()
}

/// Whether the parameter is given and does not say no.
fn says(call: &Call, name: &str) -> bool {
    argument(call, name).is_some_and(|value| value != Value::Bool(false) && value != "false")
}

fn named<'a>(operation: &'a Operation, name: &str) -> Option<(usize, &'a Parameter)> {
    operation.parameters.iter().enumerate().find(|(_, parameter)| parameter.name == name)
}

/// What is given for the parameter called `name`, wherever it travels.
fn argument(call: &Call, name: &str) -> Option<Value> {
    let (at, parameter) = named(call.operation, name)?;
    match parameter.location {
        ParameterLocation::Path => call.path.get(at).cloned().map(Value::from),
        ParameterLocation::Query => call.query.get(&parameter.wire_name)?.first().cloned().map(Value::from),
        ParameterLocation::Body => call.field(&parameter.wire_name).cloned(),
        ParameterLocation::Payload => Some(call.body.clone()),
    }
}
