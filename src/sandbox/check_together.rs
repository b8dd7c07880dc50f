//! Rules about several parameters at once.

use super::{Call, Refusal};
use crate::api::{Parameter, Place};

pub fn check(call: &Call) -> Result<(), Refusal> {
    let operation = call.operation;
    ensure(operation.any_of.is_empty() || given(call, &operation.any_of) > 0, || {
        format!("one of {} is required", operation.any_of.join(", "))
    })?;
    ensure(operation.one_of.is_empty() || given(call, &operation.one_of) == 1, || {
        format!("exactly one of {} is required", operation.one_of.join(", "))
    })?;
    ensure(given(call, &operation.exclusive) <= 1, || format!("at most one of {} is allowed", operation.exclusive.join(", ")))?;
    ensure(!are_the_same(call), || format!("{} must not be the same", operation.differ.join(" and ")))
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), Refusal> {
    if holds {
        return Ok(());
    }
    let problem = problem();
    Err(Refusal::invalid("body", problem.clone(), &problem))
}

/// How many of these parameters the call gives.
fn given(call: &Call, names: &[String]) -> usize {
    names.iter().filter(|name| is_given(call, name)).count()
}

fn is_given(call: &Call, name: &str) -> bool {
    parameter(call, name).is_some_and(|(at, parameter)| match parameter.place {
        Place::Path => call.path.get(at).is_some(),
        Place::Query => call.query.get(&parameter.wire).is_some(),
        Place::Body => call.field(&parameter.wire).is_some(),
        Place::Root => !call.body.is_null(),
    })
}

fn are_the_same(call: &Call) -> bool {
    let [one, other] = call.operation.differ.as_slice() else { return false };
    argument(call, one).is_some_and(|value| argument(call, other) == Some(value))
}

/// The text given for the parameter called `name`, wherever it travels.
fn argument<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    let (at, parameter) = parameter(call, name)?;
    match parameter.place {
        Place::Path => call.path.get(at).map(String::as_str),
        Place::Query => call.query.get(&parameter.wire)?.first().map(String::as_str),
        Place::Body | Place::Root => call.text(&parameter.wire),
    }
}

fn parameter(call: &Call, name: &str) -> Option<(usize, &'static Parameter)> {
    call.operation.parameters.iter().enumerate().find(|(_, parameter)| parameter.name == name)
}
