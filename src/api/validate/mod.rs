//! Validation of arguments against their operation.
//!
//! The client validates Python values and the sandbox validates JSON. Both implement [`Input`] and render the same
//! [`Violation`]s: the client as an error for its caller, the sandbox as the service's response.

mod constraints;
mod value;

use std::borrow::{Borrow, Cow};

use crate::api::constraint::Constraint;
pub(crate) use crate::api::format::is_datetime;
use crate::api::operation::{Format, MetadataLimits, Operation, Parameter, ParameterType};
use constraints::Scope;

/// A value that can be validated.
pub trait Input: Sized {
    /// The value as one of the types that the API model has.
    fn view(&self) -> View<'_, Self>;

    /// A field of an object.
    fn field(&self, field: &Parameter) -> Option<&Self>;

    /// The first key of an object that is none of its fields, where unknown keys are rejected.
    fn unknown_key(&self, fields: &[Parameter]) -> Option<&str>;

    /// The entries of a metadata argument: key and value, each `None` where it is missing or of the wrong type.
    fn metadata(&self) -> Option<impl ExactSizeIterator<Item = MetadataEntry<'_, Self>>>;

    /// Whether the value is a file to upload.
    fn is_file(&self) -> bool;

    /// Whether the value, whose text this is, is a point in time.
    fn is_datetime(&self, text: &str) -> bool;
}

/// A value by type.
#[derive(Debug)]
pub enum View<'a, V> {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    Text(&'a str),
    List(&'a [V]),
    Object,
    Other,
}

/// An entry of a metadata argument.
#[derive(Debug)]
pub struct MetadataEntry<'a, V> {
    pub key: Option<&'a str>,
    pub value: Option<&'a V>,
    /// The value as text; `None` for a value that metadata cannot hold.
    pub text: Option<Cow<'a, str>>,
}

/// The location of a value in the arguments: a parameter, and the fields and indexes that lead to the value.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Segment<'a> {
    Parameter(&'a Parameter),
    Index(usize),
}

impl<'a> Path<'a> {
    fn root(parameter: &'a Parameter) -> Self {
        Self { parent: None, segment: Segment::Parameter(parameter) }
    }

    fn field(&'a self, field: &'a Parameter) -> Self {
        Self { parent: Some(self), segment: Segment::Parameter(field) }
    }

    fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), segment: Segment::Index(index) }
    }

    /// The argument that contains the value.
    pub fn parameter(&self) -> Option<&'a Parameter> {
        match (self.parent, self.segment) {
            (Some(parent), _) => parent.parameter(),
            (None, Segment::Parameter(parameter)) => Some(parameter),
            (None, Segment::Index(_)) => None,
        }
    }

    /// The path without the index at its end.
    pub fn without_index(&self) -> Self {
        match (self.parent, self.segment) {
            (Some(parent), Segment::Index(_)) => *parent,
            _ => *self,
        }
    }

    /// The path as text; `name` writes a parameter, or a field where the flag is set.
    pub fn write(&self, name: &impl Fn(&Parameter, bool) -> String) -> String {
        let parent = self.parent.map(|parent| parent.write(name)).unwrap_or_default();
        match self.segment {
            Segment::Parameter(parameter) => parent + &name(parameter, self.parent.is_some()),
            Segment::Index(index) => format!("{parent}[{index}]"),
        }
    }
}

/// A rule that the arguments break.
#[derive(Debug)]
pub enum Violation<'a, V> {
    /// A rule about one value.
    Value { path: Path<'a>, parameter: &'a Parameter, value: &'a V, rule: Rule<'a> },
    /// A rule about several arguments, or about several fields of the object at `path`. `given` are the names in conflict.
    Constraint { path: Option<Path<'a>>, constraint: &'a Constraint, given: Vec<&'a str> },
}

/// A rule about one value.
#[derive(Debug, Clone, Copy)]
pub enum Rule<'a> {
    Required,
    Type(ParameterType),
    Enum,
    Datetime,
    Format(&'a Format),
    MinLength { min: usize, length: usize },
    MaxLength { max: usize, length: usize },
    Min(i64),
    Max(i64),
    MinItems { min: usize, count: usize },
    MaxItems { max: usize, count: usize },
    UnknownField(&'a str),
    Metadata { rule: MetadataRule<'a>, index: usize, limits: &'static MetadataLimits },
}

/// A rule about an entry of a metadata argument.
#[derive(Debug, Clone, Copy)]
pub enum MetadataRule<'a> {
    /// The key is missing or no text.
    KeyType,
    /// The key has a length or a character that is not allowed.
    Key(&'a str),
    /// The value of this key is missing or has no text.
    ValueType(&'a str),
    /// The value of this key is too long.
    ValueLength { key: &'a str, length: usize },
}

impl Rule<'_> {
    /// What the rule requires, as an error message continues after "expected" or "must be".
    pub fn expected(&self) -> String {
        match *self {
            Self::Datetime => "an ISO-8601 date, with a time zone if it has a time, such as 2026-01-31T12:00:00Z".to_owned(),
            Self::Format(format) => format.description.clone(),
            Self::MinLength { min, .. } => format!("at least {min} characters"),
            Self::MaxLength { max, .. } => format!("at most {max} characters"),
            Self::Min(min) => format!("at least {min}"),
            Self::Max(max) => format!("at most {max}"),
            Self::MinItems { min, .. } => format!("at least {min} item{}", if min == 1 { "" } else { "s" }),
            Self::MaxItems { max, .. } => format!("at most {max} item{}", if max == 1 { "" } else { "s" }),
            Self::Metadata { rule: MetadataRule::Key(_), limits, .. } => {
                format!("{} to {} characters of A-Z, a-z, 0-9 and _", limits.key_min, limits.key_max)
            }
            Self::Metadata { rule: MetadataRule::ValueLength { .. }, limits, .. } => {
                format!("at most {} characters", limits.value_max)
            }
            Self::Metadata { .. } => "text".to_owned(),
            Self::Required | Self::Type(_) | Self::Enum | Self::UnknownField(_) => "a valid value".to_owned(),
        }
    }
}

/// Receives each violation; an error ends the validation.
pub type Report<'r, V, E> = dyn FnMut(&Violation<'_, V>) -> Result<(), E> + 'r;

/// Validates the arguments of a call, in the order of the operation's parameters.
pub fn validate<V: Input, A: Borrow<V>, E>(
    operation: &Operation,
    arguments: &[A],
    report: &mut Report<'_, V, E>,
) -> Result<(), E> {
    let mut validator = Validator { report };
    for (parameter, argument) in operation.parameters.iter().zip(arguments) {
        validator.value(&Path::root(parameter), parameter, argument.borrow())?;
    }
    let scope = Scope::new(&operation.parameters, |index| arguments.get(index).map(Borrow::borrow));
    operation.constraints.iter().try_for_each(|constraint| validator.constraint(None, constraint, &scope))
}

struct Validator<'v, 'r, V, E> {
    report: &'v mut Report<'r, V, E>,
}
