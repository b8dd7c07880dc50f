//! The API model: the single source of routes, signatures, validation rules and documentation.
//!
//! Each resource is a TOML file in `operations/`. The files are embedded in the binary, and each is parsed when one of its
//! operations is first used: an import parses nothing, and a program parses only the resources that it calls.

mod constraint;
mod error;
mod format;
mod lint;
mod loader;
mod operation;
mod resolve_constraints;
#[cfg(test)]
mod tests;
pub mod validate;

use indexmap::IndexMap;
use std::cell::Cell;
use std::sync::{LazyLock, OnceLock};

pub use crate::api::constraint::{Constraint, ConstraintKind};
pub use crate::api::error::ModelError;
pub use crate::api::operation::{
    Confidence, Format, MetadataLimits, Operation, Parameter, ParameterLocation, ParameterType, Resource, ResponseKind,
    ResponseModel, ResponseSchema,
};

/// The name and the text of each resource's file. A new resource adds a line here and nothing else in Rust.
const FILES: &[(&str, &str)] = &[
    ("campaigns", include_str!("operations/campaigns.toml")),
    ("catalog", include_str!("operations/catalog.toml")),
    ("channels", include_str!("operations/channels.toml")),
    ("chat_files", include_str!("operations/chat_files.toml")),
    ("chats", include_str!("operations/chats.toml")),
    ("contacts", include_str!("operations/contacts.toml")),
    ("departments", include_str!("operations/departments.toml")),
    ("devices", include_str!("operations/devices.toml")),
    ("files", include_str!("operations/files.toml")),
    ("groups", include_str!("operations/groups.toml")),
    ("labels", include_str!("operations/labels.toml")),
    ("meeting_links", include_str!("operations/meeting_links.toml")),
    ("messages", include_str!("operations/messages.toml")),
    ("numbers", include_str!("operations/numbers.toml")),
    ("outbound", include_str!("operations/outbound.toml")),
    ("profile", include_str!("operations/profile.toml")),
    ("queue", include_str!("operations/queue.toml")),
    ("quick_replies", include_str!("operations/quick_replies.toml")),
    ("send", include_str!("operations/send.toml")),
    ("session", include_str!("operations/session.toml")),
    ("team", include_str!("operations/team.toml")),
    ("user_status", include_str!("operations/user_status.toml")),
    ("webhooks", include_str!("operations/webhooks.toml")),
];

static COMMON: LazyLock<Result<operation::CommonDefinitions, ModelError>> =
    LazyLock::new(|| loader::parse_common(include_str!("common.toml")));
static RESPONSE_SCHEMAS: LazyLock<Result<IndexMap<String, ResponseSchema>, ModelError>> =
    LazyLock::new(|| loader::parse_response_schemas(include_str!("responses.toml")));
static RESOURCES: LazyLock<Vec<OnceLock<Result<Resource, ModelError>>>> =
    LazyLock::new(|| FILES.iter().map(|_| OnceLock::new()).collect());

/// The attribute names of all resources.
pub fn resource_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The resource called `attribute` (`"chats"`).
pub fn resource(attribute: &str) -> Result<&'static Resource, ModelError> {
    let index = FILES.iter().position(|(name, _)| *name == attribute);
    let Some((slot, (_, text))) = index.and_then(|i| Some((RESOURCES.get(i)?, FILES.get(i)?))) else {
        return Err(ModelError::new(attribute, "unknown resource"));
    };
    let parsed = slot.get_or_init(|| loader::parse_resource(attribute, text, common()?));
    parsed.as_ref().map_err(Clone::clone)
}

/// The operation called `name` (`"chats.unassign"`). The last one is cached per thread, because most threads repeat it.
pub fn operation(name: &str) -> Result<&'static Operation, ModelError> {
    thread_local!(static LAST: Cell<Option<&'static Operation>> = const { Cell::new(None) });
    if let Some(last) = LAST.get().filter(|last| last.name == name) {
        return Ok(last);
    }
    let operation = find(name)?;
    LAST.set(Some(operation));
    Ok(operation)
}

fn find(name: &str) -> Result<&'static Operation, ModelError> {
    let unknown = || ModelError::new(name, "unknown operation");
    let (attribute, _) = name.split_once('.').ok_or_else(unknown)?;
    resource(attribute)?.operations.get(name).ok_or_else(unknown)
}

/// Every operation of every resource.
pub fn operations() -> Result<Vec<&'static Operation>, ModelError> {
    let resources: Result<Vec<_>, _> = resource_names().map(resource).collect();
    Ok(resources?.into_iter().flat_map(|resource| resource.operations.values()).collect())
}

/// The limits of metadata arguments.
pub fn metadata_limits() -> Result<&'static MetadataLimits, ModelError> {
    Ok(&common()?.metadata)
}

/// The format called `name` (`"contact_wid"`).
pub fn format(name: &str) -> Result<&'static Format, ModelError> {
    common()?.format.get(name).ok_or_else(|| ModelError::new(name, "unknown format"))
}

/// Every format, by name.
pub fn formats() -> Result<&'static IndexMap<String, Format>, ModelError> {
    Ok(&common()?.format)
}

/// The response schemas, by name.
pub fn response_schemas() -> Result<&'static IndexMap<String, ResponseSchema>, ModelError> {
    RESPONSE_SCHEMAS.as_ref().map_err(Clone::clone)
}

fn common() -> Result<&'static operation::CommonDefinitions, ModelError> {
    COMMON.as_ref().map_err(Clone::clone)
}
