//! The table of operations: the one source of routes, signatures, checks and documentation.
//!
//! Each resource is a TOML file beside this one, embedded in the binary and parsed the first time that one of its
//! operations is used: an import costs nothing, and a program pays only for the resources that it calls.

mod constraint;
mod format;
mod lint;
mod loader;
mod operation;
#[cfg(test)]
mod tests;
pub mod validate;

use indexmap::IndexMap;
use std::cell::Cell;
use std::sync::{LazyLock, OnceLock};

pub use crate::api::constraint::{Constraint, ConstraintKind};
pub use crate::api::loader::ModelError;
pub use crate::api::operation::{
    Confidence, Format, MetadataLimits, Operation, Parameter, ParameterLocation, ParameterType, Resource, ResponseKind,
    ResponseModel, ResponseSchema,
};

/// Name and text of every resource's file. Adding a resource adds a line here and nothing else in Rust.
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

static SHARED: LazyLock<Result<operation::CommonDefinitions, ModelError>> =
    LazyLock::new(|| loader::parse_shared(include_str!("common.toml")));
static RESPONSE_SCHEMAS: LazyLock<Result<IndexMap<String, ResponseSchema>, ModelError>> =
    LazyLock::new(|| loader::parse_response_schemas(include_str!("responses.toml")));
static RESOURCES: LazyLock<Vec<OnceLock<Result<Resource, ModelError>>>> =
    LazyLock::new(|| FILES.iter().map(|_| OnceLock::new()).collect());

/// Attribute names of all resources, in the order of the table.
pub fn resource_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The resource called `attribute` (`"chats"`).
pub fn resource(attribute: &str) -> Result<&'static Resource, ModelError> {
    let index = FILES.iter().position(|(name, _)| *name == attribute);
    let Some((slot, (_, text))) = index.and_then(|i| Some((RESOURCES.get(i)?, FILES.get(i)?))) else {
        return Err(ModelError::new(attribute, "there is no resource of this name"));
    };
    let parsed = slot.get_or_init(|| loader::parse_resource(attribute, text, shared()?));
    parsed.as_ref().map_err(Clone::clone)
}

/// The operation called `name` (`"chats.unassign"`). Most calls are of the operation that the thread's last call was of.
pub fn operation(name: &str) -> Result<&'static Operation, ModelError> {
    thread_local!(static LAST: Cell<Option<&'static Operation>> = const { Cell::new(None) });
    if let Some(last) = LAST.get().filter(|last| last.name == name) {
        return Ok(last);
    }
    let found = find(name)?;
    LAST.set(Some(found));
    Ok(found)
}

fn find(name: &str) -> Result<&'static Operation, ModelError> {
    let unknown = || ModelError::new(name, "there is no operation of this name");
    let (attribute, _) = name.split_once('.').ok_or_else(unknown)?;
    resource(attribute)?.operations.get(name).ok_or_else(unknown)
}

/// Every operation of every resource, in the order of the table.
pub fn operations() -> Result<Vec<&'static Operation>, ModelError> {
    let resources: Result<Vec<_>, _> = resource_names().map(resource).collect();
    Ok(resources?.into_iter().flat_map(|resource| resource.operations.values()).collect())
}

/// What a metadata argument may hold.
pub fn metadata_limits() -> Result<&'static MetadataLimits, ModelError> {
    Ok(&shared()?.metadata)
}

/// The format called `name` (`"contact_wid"`).
pub fn format(name: &str) -> Result<&'static Format, ModelError> {
    shared()?.format.get(name).ok_or_else(|| ModelError::new(name, "there is no format of this name"))
}

/// Every format, by its name.
pub fn formats() -> Result<&'static IndexMap<String, Format>, ModelError> {
    Ok(&shared()?.format)
}

/// What answers are known to carry, by the name that rows give it.
pub fn response_schemas() -> Result<&'static IndexMap<String, ResponseSchema>, ModelError> {
    RESPONSE_SCHEMAS.as_ref().map_err(Clone::clone)
}

fn shared() -> Result<&'static operation::CommonDefinitions, ModelError> {
    SHARED.as_ref().map_err(Clone::clone)
}
