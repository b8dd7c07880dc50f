//! The types of the API model, as the TOML files declare them.

use http::Method;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::api::constraint::{Constraint, ConstraintKind};

/// A resource: one TOML file.
#[derive(Debug)]
pub struct Resource {
    /// Python attribute: `client.chats`.
    pub attribute: String,
    /// The name of the resource in titles, before `:`.
    pub contract: String,
    /// One line that describes the resource.
    pub summary: String,
    /// Operations by full name (`chats.unassign`), in the order of the file.
    pub operations: IndexMap<String, Operation>,
}

/// An operation of the API.
#[derive(Debug, Serialize)]
pub struct Operation {
    /// Full name: `chats.unassign`.
    pub name: String,
    /// The service's title of the operation: `Chats:Unassign Chat`.
    pub title: String,
    #[serde(serialize_with = "serialize_method")]
    pub method: Method,
    /// Path under the base URL, with `{placeholders}`.
    pub path: String,
    pub summary: String,
    pub description: String,
    /// Path parameters first, then the others in the order of the file. Calls pass their arguments in this order.
    pub parameters: Vec<Parameter>,
    pub response: ResponseModel,
    /// Whether the request may be sent a second time when the result of the first is unknown.
    pub idempotent: bool,
    /// Whether the response is one page of a list, selected by `page` and `size`.
    pub paginated: bool,
    /// Total timeout of an operation for which the service needs long.
    pub timeout_seconds: Option<u64>,
    /// Rules over several parameters, in the order in which they are checked.
    pub constraints: Vec<Constraint>,
    /// Body fields with a constant value, by wire name.
    pub const_fields: IndexMap<String, toml::Value>,
    /// Whether the service rejects unknown body fields.
    pub deny_unknown_fields: bool,
    /// How the sandbox handles the operation: `crud:<collection>.<verb>` or `handler:<name>`.
    pub sandbox: String,
    pub confidence: Confidence,
    /// The number of public codebases in which the operation was observed.
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

/// A parameter of an operation, or a field of an object.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub name: String,
    /// The serialized name; by default `name`. In a body, dots separate the names of nested objects: `poll.name`.
    #[serde(default)]
    pub wire_name: String,
    /// The part of the request. Fields of objects have the default.
    #[serde(rename = "in", default)]
    pub location: ParameterLocation,
    #[serde(rename = "type")]
    pub ty: ParameterType,
    #[serde(default)]
    pub required: bool,
    /// Whether the argument can be positional; the others are keyword-only.
    #[serde(default)]
    pub positional: bool,
    /// Allowed values; for a list, of each item.
    #[serde(rename = "enum", default)]
    pub enum_values: Vec<String>,
    /// The name of the allowed values or of the object in Python's `sparkbot.types`. Without it, signatures contain the
    /// allowed values.
    #[serde(default)]
    pub type_name: Option<String>,
    /// The name of a format in `common.toml`; for a list, of each item.
    #[serde(default)]
    pub format: Option<String>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    /// Fields of an object, or of each object of a list. An object without fields accepts any content.
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
    /// Whether the service also reads this body field from the query, where the body lacks it.
    #[serde(default, skip_serializing)]
    pub also_in_query: bool,
    /// Another name of this body field, which the sandbox takes because some clients send it. The client sends `wire_name`.
    #[serde(default, skip_serializing)]
    pub other_wire_name: Option<String>,
    /// Whether the flag is omitted when it is false.
    #[serde(default)]
    pub skip_if_false: bool,
    /// The default of the service. The client does not send it.
    pub default: Option<toml::Value>,
    /// Set if the parameter is less certain than the operation.
    pub confidence: Option<Confidence>,
    pub summary: String,
}

/// The part of the request that carries a parameter.
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

/// The type of a parameter.
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
    /// A mapping with the keys that `fields` declares.
    Object,
    /// A list of such mappings.
    ObjectList,
    /// Content to upload: a path, bytes or an open file.
    File,
    /// A mapping of keys to values, sent as a list of `{key, value}`.
    Metadata,
}

/// The response of an operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseModel {
    pub kind: ResponseKind,
    /// A schema in `responses.toml`.
    pub schema: Option<String>,
    /// Set if the response is less certain than the operation.
    pub confidence: Option<Confidence>,
}

/// The shape of a successful response's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResponseKind {
    Object,
    List,
    /// Content that is not JSON: a file, an image.
    Bytes,
}

/// The source of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Documented by the service.
    Documented,
    /// Observed in public clients.
    Observed,
    /// Probable, not observed.
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

/// The predicate of a format before the loader sets its own.
fn reject_all() -> fn(&str) -> bool {
    |_| false
}

/// The limits of metadata arguments.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataLimits {
    pub key_pattern: String,
    pub key_min: usize,
    pub key_max: usize,
    pub value_max: usize,
}

/// The known fields of a response, from `responses.toml`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseSchema {
    pub summary: String,
    /// Fields that are always present.
    #[serde(default)]
    pub required: Vec<String>,
    /// Types by field name: a scalar type, a schema, a list of either in brackets, or alternatives separated by `|`.
    pub fields: IndexMap<String, String>,
}

/// `common.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonDefinitions {
    pub format: IndexMap<String, Format>,
    pub path: IndexMap<String, PathParameter>,
    /// Groups of parameters that operations include by `groups`.
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

/// The file of a resource.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResource {
    pub attribute: String,
    pub contract: String,
    pub summary: String,
    /// A Python class with handwritten methods, in `python/sparkbot/resources/_<attribute>.py`.
    #[expect(dead_code, reason = "only the generator of the Python classes reads it")]
    #[serde(default)]
    pub mixin: Option<String>,
    /// Path parameters that override those of `common.toml`.
    #[serde(default)]
    pub path: IndexMap<String, PathParameter>,
    pub operation: Vec<RawOperation>,
}

/// An operation in the file, before its path parameters and groups are inserted.
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
    /// Groups of `common.toml` whose parameters follow those of the operation.
    #[serde(default)]
    pub groups: Vec<String>,
    pub response: ResponseModel,
    pub idempotent: bool,
    #[serde(default)]
    pub paginated: bool,
    pub timeout_seconds: Option<u64>,
    /// Whether a call must change something: an `update` without a field of the body is refused.
    #[serde(default)]
    pub needs_change: bool,
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

fn serialize_method<S: serde::Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(method.as_str())
}
