//! Collects the constraints that operations and objects declare in the TOML files.

use crate::api::constraint::Constraint;
use crate::api::constraint::ConstraintKind::{
    AtLeastOneOf, DependsOn, ExactlyOneOf, Exclusive, MustDiffer, MutuallyExclusive, NeedsChange,
};
use crate::api::operation::{Parameter, RawOperation};

/// The constraints of an operation, in the order in which they are checked.
pub(super) fn operation_constraints(raw: &RawOperation, parameters: &[Parameter]) -> Vec<Constraint> {
    let mut constraints: Vec<_> = std::iter::once((AtLeastOneOf, &raw.at_least_one_of))
        .chain(raw.exactly_one_of.iter().map(|names| (ExactlyOneOf, names)))
        .chain([(MutuallyExclusive, &raw.mutually_exclusive), (MustDiffer, &raw.must_differ)])
        .filter(|(_, names)| !names.is_empty())
        .map(|(kind, names)| Constraint::new(kind, names))
        .collect();
    constraints.extend(raw.needs_change.then(|| Constraint::new(NeedsChange, &[])));
    for parameter in parameters {
        let name = parameter.name.clone();
        constraints.extend(parameter.exclusive.then(|| Constraint::new(Exclusive, std::slice::from_ref(&name))));
        constraints.extend(parameter.depends_on.iter().map(|other| Constraint::new(DependsOn, &[name.clone(), other.clone()])));
    }
    constraints.extend(required_fields(parameters));
    constraints
}

/// The constraints of an object, or of the entries of a list.
pub(super) fn object_constraints(parameter: &Parameter) -> Vec<Constraint> {
    let exclusive = parameter.fields.iter().filter(|field| field.exclusive);
    let exclusive = exclusive.map(|field| Constraint {
        text: format!("An entry with {} is the only entry.", field.name),
        ..Constraint::new(Exclusive, std::slice::from_ref(&field.name))
    });
    let choice = (!parameter.exactly_one_of.is_empty()).then(|| Constraint::new(ExactlyOneOf, &parameter.exactly_one_of));
    exclusive.chain(choice).chain(required_fields(&parameter.fields)).collect()
}

fn required_fields(parameters: &[Parameter]) -> impl Iterator<Item = Constraint> {
    parameters.iter().flat_map(|parameter| {
        let conditions = parameter.required_when.iter();
        conditions.map(|(other, value)| Constraint::required_when(&parameter.name, other, value))
    })
}
