//! The shape of a row: what the TOML files say, as types.

use http::Method;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::api::constraint::{Constraint, ConstraintKind};

/// One resource: a file of the table.
#[derive(Debug)]
pub struct Resource {
    /// Python attribute: `client.chats`.
    pub attribute: String,
    /// The contract's word for it, the part before `:` in its titles.
    pub contract: String,
    /// One line on what the resource is.
    pub summary: String,
    /// Operations by full name (`chats.unassign`), in the order of the file.
    pub operations: IndexMap<String, Operation>,
}

/// One operation: a row of the table.
#[derive(Debug, Serialize)]
pub struct Operation {
    /// Full name: `chats.unassign`.
    pub name: String,
    /// Title in the contract: `Chats:Unassign Chat`.
    pub title: String,
    #[serde(serialize_with = "method_as_text")]
    pub method: Method,
    /// Path under the base URL, with `{placeholders}`.
    pub path: String,
    pub summary: String,
    pub description: String,
    /// Path parameters first, then the others in the order of the file: the order of the arguments of a call.
    pub parameters: Vec<Parameter>,
    pub response: ResponseModel,
    /// Whether the request may be sent a second time when the result of the first is unknown.
    pub idempotent: bool,
    /// Whether the answer is one page of many, asked for by `page` and `size`.
    pub paginated: bool,
    /// Total time limit, where the service itself takes long.
    pub timeout_seconds: Option<u64>,
    /// Rules over several parameters, in the order in which they are checked.
    pub constraints: Vec<Constraint>,
    /// Body fields that are always sent, by their name on the wire.
    pub const_fields: IndexMap<String, toml::Value>,
    /// Whether the service refuses body fields that it does not know.
    pub deny_unknown_fields: bool,
    /// How the sandbox answers: `crud:<collection>.<verb>` or `handler:<name>`.
    pub sandbox: String,
    pub confidence: Confidence,
    /// In how many public codebases the call was seen.
    pub observed_count: u32,
    pub example: String,
}

impl Operation {
    /// The parameters of each constraint of a kind.
    pub fn constrained(&self, kind: ConstraintKind) -> impl Iterator<Item = &[String]> {
        let constraints = self.constraints.iter().filter(move |constraint| constraint.kind == kind);
        constraints.map(|constraint| constraint.names.as_slice())
    }
}

/// One parameter of an operation, or one field of an object that is a parameter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub name: String,
    /// Name on the wire; the same as `name` unless the row says otherwise. In a body, dots lead into objects:
    /// `poll.name`.
    #[serde(default)]
    pub wire_name: String,
    /// A field of an object has no place of its own: it travels in the object.
    #[serde(rename = "in", default)]
    pub location: ParameterLocation,
    #[serde(rename = "type")]
    pub ty: ParameterType,
    #[serde(default)]
    pub required: bool,
    /// Whether the argument may be given by position; the others are by keyword only.
    #[serde(default)]
    pub positional: bool,
    /// Allowed values; of each item for a list.
    #[serde(rename = "enum", default)]
    pub enum_values: Vec<String>,
    /// Name in Python's `sparkbot.types` of the allowed values, which are written out in each signature without one,
    /// or of the object.
    #[serde(default)]
    pub type_name: Option<String>,
    /// Name of a format in `common.toml`; of each item for a list.
    #[serde(default)]
    pub format: Option<String>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    /// Fields of an object, or of each object of a list. An object without any may hold anything.
    #[serde(default)]
    pub fields: Vec<Parameter>,
    /// Fields of which each object has exactly one.
    #[serde(default, skip_serializing)]
    pub exactly_one_of: Vec<String>,
    /// Another parameter that this one requires. A flag must be true.
    #[serde(skip_serializing)]
    pub depends_on: Option<String>,
    /// Values of other parameters, or of other fields of the same object, that make this one required.
    #[serde(default, skip_serializing)]
    pub required_when: IndexMap<String, String>,
    /// Excludes every other argument outside the path; an entry with this field excludes other entries of its list.
    #[serde(default, skip_serializing)]
    pub exclusive: bool,
    /// Rules over several fields of an object.
    #[serde(skip_deserializing)]
    pub constraints: Vec<Constraint>,
    /// Whether `false` is said by leaving the flag out.
    #[serde(default)]
    pub skip_if_false: bool,
    /// What the service does when the parameter is left out; never sent by itself.
    pub default: Option<toml::Value>,
    /// Set where the parameter is less certain than its row.
    pub confidence: Option<Confidence>,
    pub summary: String,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterLocation {
    Path,
    Query,
    /// A field of the JSON object in the body.
    #[default]
    Body,
    /// The whole body.
    Payload,
}

/// What a parameter is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterType {
    #[default]
    String,
    Integer,
    Number,
    Boolean,
    Datetime,
    /// A list of strings; comma separated in a query.
    StringList,
    NumberList,
    /// A mapping of names to values, as `fields` says.
    Object,
    /// A list of such mappings.
    ObjectList,
    /// Content to upload: a path, bytes or an open file.
    File,
    /// A mapping of keys to values, sent as a list of `{key, value}`.
    Metadata,
}

/// What the service answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseModel {
    pub kind: ResponseKind,
    /// A shape in `responses.toml`.
    pub schema: Option<String>,
    /// Set where the answer is less certain than its row.
    pub confidence: Option<Confidence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResponseKind {
    Object,
    List,
    /// Content that is not JSON: a file, an image.
    Bytes,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// In the service's own documentation.
    Documented,
    /// Sent by clients that run against services of this family.
    Observed,
    /// Likely, not seen.
    Assumed,
}

/// A named text format, such as an id.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// The format as a regular expression, for documents such as OpenAPI.
    pub pattern: String,
    /// What a valid value is, for error messages.
    pub description: String,
    /// How to fix an invalid value, for error messages.
    pub hint: String,
    pub example: String,
    #[serde(skip, default = "reject_all")]
    pub(super) predicate: fn(&str) -> bool,
}

impl Format {
    /// Whether a text has this format.
    pub fn is_match(&self, text: &str) -> bool {
        (self.predicate)(text)
    }
}

/// The predicate of a format that is not loaded completely.
fn reject_all() -> fn(&str) -> bool {
    |_| false
}

/// What a metadata argument may hold.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataLimits {
    pub key_pattern: String,
    pub key_min: usize,
    pub key_max: usize,
    pub value_max: usize,
}

/// The fields that an answer is known to carry, as `responses.toml` has them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseSchema {
    pub summary: String,
    /// Fields that every entry has: they name it.
    #[serde(default)]
    pub required: Vec<String>,
    /// Type by name: a word of `responses.toml`, another shape, a list of it in brackets, or several of them
    /// with | in between.
    pub fields: IndexMap<String, String>,
}

/// `common.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonDefinitions {
    pub format: IndexMap<String, Format>,
    pub path: IndexMap<String, PathParameter>,
    /// Parameters that several rows have, by a name that the rows give in `groups`.
    pub group: IndexMap<String, Vec<Parameter>>,
    pub metadata: MetadataLimits,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathParameter {
    pub name: String,
    pub format: String,
    pub summary: String,
}

/// A resource's file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResource {
    pub attribute: String,
    pub contract: String,
    pub summary: String,
    /// Python class with methods that are made of several calls, in `python/sparkbot/resources/_<attribute>.py`.
    #[expect(dead_code, reason = "only the generator of the Python classes reads it")]
    #[serde(default)]
    pub mixin: Option<String>,
    /// Placeholders that mean something else here than in `common.toml`.
    #[serde(default)]
    pub path: IndexMap<String, PathParameter>,
    pub operation: Vec<RawOperation>,
}

/// A row as written, before the path's parameters are added to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOperation {
    pub name: String,
    pub title: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub parameter: Vec<Parameter>,
    /// Groups of `common.toml` whose parameters follow the row's own.
    #[serde(default)]
    pub groups: Vec<String>,
    pub response: ResponseModel,
    pub idempotent: bool,
    #[serde(default)]
    pub paginated: bool,
    pub timeout_seconds: Option<u64>,
    #[serde(default)]
    pub at_least_one_of: Vec<String>,
    #[serde(default)]
    /// Groups of parameters; a call has exactly one of each group.
    pub exactly_one_of: Vec<Vec<String>>,
    #[serde(default)]
    pub mutually_exclusive: Vec<String>,
    #[serde(default)]
    pub must_differ: Vec<String>,
    #[serde(default)]
    pub const_fields: IndexMap<String, toml::Value>,
    #[serde(default)]
    pub deny_unknown_fields: bool,
    pub sandbox: String,
    pub confidence: Confidence,
    #[serde(default)]
    pub observed_count: u32,
    pub example: String,
}

fn method_as_text<S: serde::Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(method.as_str())
}
