//! Rules over several parameters of an operation, or over several fields of an object.

use serde::Serialize;

use crate::api::operation::{Parameter, RawOperation};

/// A rule over several parameters or fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Constraint {
    pub kind: ConstraintKind,
    /// The parameters. A rule about one parameter names it first.
    pub names: Vec<String>,
    /// The value of the second parameter that makes the first one required.
    pub value: Option<String>,
    /// The rule as a sentence, for help and documentation.
    pub text: String,
}

/// What a constraint requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    AtLeastOneOf,
    ExactlyOneOf,
    MutuallyExclusive,
    /// The parameter excludes all others outside the path; in a list, an entry with this field excludes other entries.
    Exclusive,
    MustDiffer,
    /// The first parameter requires the second.
    DependsOn,
    /// The first parameter is required if the second has the given value.
    RequiredWhen,
}

impl ConstraintKind {
    /// The key that declares the constraint.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AtLeastOneOf => "at_least_one_of",
            Self::ExactlyOneOf => "exactly_one_of",
            Self::MutuallyExclusive => "mutually_exclusive",
            Self::Exclusive => "exclusive",
            Self::MustDiffer => "must_differ",
            Self::DependsOn => "depends_on",
            Self::RequiredWhen => "required_when",
        }
    }
}

impl Constraint {
    /// Whether the constraint names as many parameters as its kind takes.
    pub(super) fn has_valid_count(&self) -> bool {
        match self.kind {
            ConstraintKind::Exclusive => self.names.len() == 1,
            ConstraintKind::MustDiffer | ConstraintKind::DependsOn | ConstraintKind::RequiredWhen => self.names.len() == 2,
            _ => self.names.len() > 1,
        }
    }

    fn new(kind: ConstraintKind, names: &[String]) -> Self {
        let text = sentence(kind, names);
        Self { kind, names: names.to_vec(), value: None, text }
    }

    fn required_when(name: &str, other: &str, value: &str) -> Self {
        let text = format!("{name} is required if {other} is \"{value}\".");
        let names = vec![name.to_owned(), other.to_owned()];
        Self { kind: ConstraintKind::RequiredWhen, names, value: Some(value.to_owned()), text }
    }

    /// The constraints of an operation, in the order in which they are checked.
    pub(super) fn of_operation(raw: &RawOperation, parameters: &[Parameter]) -> Vec<Self> {
        use ConstraintKind::{AtLeastOneOf, DependsOn, ExactlyOneOf, Exclusive, MustDiffer, MutuallyExclusive};
        let mut constraints: Vec<_> = std::iter::once((AtLeastOneOf, &raw.at_least_one_of))
            .chain(raw.exactly_one_of.iter().map(|names| (ExactlyOneOf, names)))
            .chain([(MutuallyExclusive, &raw.mutually_exclusive), (MustDiffer, &raw.must_differ)])
            .filter(|(_, names)| !names.is_empty())
            .map(|(kind, names)| Self::new(kind, names))
            .collect();
        for parameter in parameters {
            let name = parameter.name.clone();
            constraints.extend(parameter.exclusive.then(|| Self::new(Exclusive, std::slice::from_ref(&name))));
            constraints.extend(parameter.depends_on.iter().map(|other| Self::new(DependsOn, &[name.clone(), other.clone()])));
        }
        constraints.extend(required_fields(parameters));
        constraints
    }

    /// The constraints of an object, or of the entries of a list.
    pub(super) fn of_object(parameter: &Parameter) -> Vec<Self> {
        let exclusive = parameter.fields.iter().filter(|field| field.exclusive);
        let exclusive = exclusive.map(|field| Self {
            text: format!("An entry with {} is the only entry.", field.name),
            ..Self::new(ConstraintKind::Exclusive, std::slice::from_ref(&field.name))
        });
        let choice =
            (!parameter.exactly_one_of.is_empty()).then(|| Self::new(ConstraintKind::ExactlyOneOf, &parameter.exactly_one_of));
        exclusive.chain(choice).chain(required_fields(&parameter.fields)).collect()
    }
}

fn required_fields(parameters: &[Parameter]) -> impl Iterator<Item = Constraint> {
    parameters.iter().flat_map(|parameter| {
        let conditions = parameter.required_when.iter();
        conditions.map(|(other, value)| Constraint::required_when(&parameter.name, other, value))
    })
}

fn sentence(kind: ConstraintKind, names: &[String]) -> String {
    let list = names.join(", ");
    match (kind, names) {
        (ConstraintKind::AtLeastOneOf, _) => format!("Give at least one of {list}."),
        (ConstraintKind::ExactlyOneOf, _) => format!("Give exactly one of {list}."),
        (ConstraintKind::MutuallyExclusive, _) => format!("Give at most one of {list}."),
        (ConstraintKind::MustDiffer, [left, right]) => format!("{left} and {right} must differ."),
        (ConstraintKind::DependsOn, [name, other]) => format!("Give {name} only together with {other}."),
        _ => format!("Give {list} without other arguments."),
    }
}
