//! Rules over several arguments, or over several fields of an object.

use super::{Input, Path, Validator, View, Violation};
use crate::api::constraint::{Constraint, ConstraintKind};
use crate::api::operation::{Parameter, ParameterLocation};

/// Parameters or fields with their values.
pub(super) struct Scope<'a, F> {
    parameters: &'a [Parameter],
    value: F,
}

impl<'a, V: Input + 'a, F: Fn(usize) -> Option<&'a V>> Scope<'a, F> {
    /// `value` returns the value of the parameter at an index.
    pub fn new(parameters: &'a [Parameter], value: F) -> Self {
        Self { parameters, value }
    }

    fn all(&self) -> impl Iterator<Item = (&'a Parameter, View<'a, V>)> {
        self.parameters.iter().enumerate().map(|(index, parameter)| (parameter, self.view(index)))
    }

    fn view(&self, index: usize) -> View<'a, V> {
        (self.value)(index).map_or(View::Null, Input::view)
    }

    fn get(&self, name: &str) -> Option<(&'a Parameter, View<'a, V>)> {
        let index = self.parameters.iter().position(|parameter| parameter.name == name)?;
        Some((self.parameters.get(index)?, self.view(index)))
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name)?.1 {
            View::Text(text) => Some(text),
            _ => None,
        }
    }

    fn is_null(&self, name: &str) -> bool {
        self.get(name).is_none_or(|(_, value)| matches!(value, View::Null))
    }

    /// Given, and not `false`.
    fn is_set(&self, name: &str) -> bool {
        self.get(name).is_some_and(|(_, value)| is_set(&value))
    }

    fn given(&self, names: &'a [String]) -> Vec<&'a str> {
        let given = names.iter().filter(|name| self.get(name).is_some_and(|(parameter, value)| is_given(parameter, &value)));
        given.map(String::as_str).collect()
    }

    /// Whether a field of the body is given that does not identify the document. An empty list is a change: it clears.
    fn has_change(&self) -> bool {
        self.all().any(|(parameter, value)| {
            let is_change = parameter.location == ParameterLocation::Body && !parameter.positional;
            is_change && !matches!(value, View::Null)
        })
    }

    /// Given, and neither `false` nor the service's own default, which both mean the same as nothing.
    fn has_effect(&self, name: &str) -> bool {
        self.get(name).is_some_and(|(parameter, value)| is_set(&value) && !is_default(parameter, &value))
    }

    /// The other arguments that are given with an exclusive one. The path identifies the resource and does not count.
    fn others(&self, name: &str) -> Vec<&'a str> {
        let others = self.all().filter(|(parameter, value)| {
            parameter.location != ParameterLocation::Path && parameter.name != name && is_given(parameter, value)
        });
        others.map(|(parameter, _)| parameter.name.as_str()).collect()
    }
}

pub(super) fn is_set<V>(value: &View<'_, V>) -> bool {
    !matches!(value, View::Null | View::Bool(false))
}

fn is_default<V>(parameter: &Parameter, value: &View<'_, V>) -> bool {
    match (value, &parameter.default) {
        (View::Integer(value), Some(toml::Value::Integer(default))) => value == default,
        (View::Text(value), Some(toml::Value::String(default))) => value == default,
        _ => false,
    }
}

/// An empty list does not count as given, nor does a flag that is omitted when false: a call that requires a filter must not
/// be sent without one.
fn is_given<V>(parameter: &Parameter, value: &View<'_, V>) -> bool {
    match value {
        View::Null => false,
        View::Bool(flag) => *flag || !parameter.skip_if_false,
        View::List(items) => !items.is_empty(),
        _ => true,
    }
}

impl<V: Input, E> Validator<'_, '_, V, E> {
    /// Checks one constraint over the arguments, or over the fields of the object at `path`.
    pub(super) fn constraint<'a, F: Fn(usize) -> Option<&'a V>>(
        &mut self,
        path: Option<Path<'_>>,
        constraint: &'a Constraint,
        scope: &Scope<'a, F>,
    ) -> Result<(), E>
    where
        V: 'a,
    {
        match broken(constraint, scope) {
            Some(given) => (self.report)(&Violation::Constraint { path, constraint, given }),
            None => Ok(()),
        }
    }
}

/// The names that conflict, if the constraint is broken.
fn broken<'a, V: Input + 'a, F: Fn(usize) -> Option<&'a V>>(
    constraint: &'a Constraint,
    scope: &Scope<'a, F>,
) -> Option<Vec<&'a str>> {
    let names = constraint.names.as_slice();
    let given = || scope.given(names);
    match (constraint.kind, names) {
        (ConstraintKind::NeedsChange, _) => (!scope.has_change()).then(Vec::new),
        (ConstraintKind::AtLeastOneOf, _) => Some(given()).filter(Vec::is_empty),
        (ConstraintKind::ExactlyOneOf, _) => Some(given()).filter(|given| given.len() != 1),
        (ConstraintKind::MutuallyExclusive, _) => {
            let set: Vec<_> = given().into_iter().filter(|name| scope.is_set(name)).collect();
            Some(set).filter(|set| set.len() > 1)
        }
        (ConstraintKind::Exclusive, [name]) => {
            (!scope.given(names).is_empty()).then(|| scope.others(name)).filter(|others| !others.is_empty())
        }
        (ConstraintKind::MustDiffer, [left, right]) => {
            let same = scope.text(left)?.eq_ignore_ascii_case(scope.text(right)?);
            same.then(Vec::new)
        }
        (ConstraintKind::DependsOn, [name, other]) => (scope.has_effect(name) && !scope.is_set(other)).then(Vec::new),
        (ConstraintKind::RequiredWhen, [name, other]) => {
            (scope.text(other) == constraint.value.as_deref() && scope.is_null(name)).then(Vec::new)
        }
        _ => None,
    }
}
