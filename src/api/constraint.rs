//! Rules over several parameters of an operation, or over several fields of an object.

use serde::Serialize;

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
    /// At least one body field is given that does not identify the document.
    NeedsChange,
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
            Self::NeedsChange => "needs_change",
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
            ConstraintKind::NeedsChange => self.names.is_empty(),
            ConstraintKind::Exclusive => self.names.len() == 1,
            ConstraintKind::MustDiffer | ConstraintKind::DependsOn | ConstraintKind::RequiredWhen => self.names.len() == 2,
            _ => self.names.len() > 1,
        }
    }

    pub(super) fn new(kind: ConstraintKind, names: &[String]) -> Self {
        let text = sentence(kind, names);
        Self { kind, names: names.to_vec(), value: None, text }
    }

    pub(super) fn required_when(name: &str, other: &str, value: &str) -> Self {
        let text = format!("{name} is required if {other} is \"{value}\".");
        let names = vec![name.to_owned(), other.to_owned()];
        Self { kind: ConstraintKind::RequiredWhen, names, value: Some(value.to_owned()), text }
    }
}

fn sentence(kind: ConstraintKind, names: &[String]) -> String {
    let list = names.join(", ");
    match (kind, names) {
        (ConstraintKind::NeedsChange, _) => "Give at least one field to change.".to_owned(),
        (ConstraintKind::AtLeastOneOf, _) => format!("Give at least one of {list}."),
        (ConstraintKind::ExactlyOneOf, _) => format!("Give exactly one of {list}."),
        (ConstraintKind::MutuallyExclusive, _) => format!("Give at most one of {list}."),
        (ConstraintKind::MustDiffer, [left, right]) => format!("{left} and {right} must differ."),
        (ConstraintKind::DependsOn, [name, other]) => format!("Give {name} only together with {other}."),
        _ => format!("Give {list} without other arguments."),
    }
}
