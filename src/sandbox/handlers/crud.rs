//! The generic handlers of every collection: list, get, create, update and delete.

use std::cmp::Ordering;

use serde_json::Value;

use crate::sandbox::handlers::{filters, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, Documents, set_at, str_at, value_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, Order, cascade};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Returns one document.
pub fn get(state: &AccountState, schema: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let document = state.find(schema.name, owner(schema, call), call.id())?;
    Ok(Response::ok(&serializers::serialize(state, schema, document, &call.query)))
}

/// Returns one page of the documents that match every filter.
pub fn list(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let order = cached_order(state, schema, call);
    page_response(state, schema, (state.store.documents(schema.name, owner(schema, call)), &order), call)
}

/// The same for documents embedded in another document.
pub fn list_of(
    state: &AccountState,
    schema: &'static CollectionSchema,
    documents: &Documents,
    call: &Call,
) -> Result<Response, ApiError> {
    page_response(state, schema, (Some(documents), &sort_order(state, schema, documents, call)), call)
}

fn page_response(
    state: &AccountState,
    schema: &CollectionSchema,
    (documents, order): (Option<&Documents>, &[usize]),
    call: &Call,
) -> Result<Response, ApiError> {
    let documents = page(call, order)?.iter().filter_map(|index| Some(documents?.get_index(*index)?.1));
    let page: Vec<_> = documents.map(|document| serializers::serialize(state, schema, document, &call.query)).collect();
    Ok(Response::ok(&page))
}

/// The requested page of a list.
pub fn page<'a, T>(call: &Call, all: &'a [T]) -> Result<&'a [T], ApiError> {
    // `limit` has a default, so it counts only if it is in the query.
    let limit = call.query.get("limit").and_then(|_| call.query_number("limit"));
    let size = limit.or_else(|| call.query_number("size")).unwrap_or(usize::MAX).min(call.paging().cap.unwrap_or(usize::MAX));
    let page = call.query_number("page").unwrap_or(0);
    let start = page.saturating_mul(size).saturating_add(call.query_number("skip").unwrap_or(0));
    if page > 0 && start >= all.len() && !call.paging().empty_beyond_last {
        let problem = format!("page {page} is beyond the last of {} documents", all.len());
        return Err(ApiError::invalid("query.page", "Page out of range", &problem));
    }
    let end = start.saturating_add(size).min(all.len());
    Ok(all.get(start..end).unwrap_or_default())
}

/// Creates a document from the body and the operation's defaults.
pub fn create(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let document = new_document(state, schema, call)?;
    Ok(insert(state, schema, call, document))
}

/// Stores a new document and returns it with a 201.
pub fn insert(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call, document: Document) -> Response {
    let id = str_at(&document, schema.key).unwrap_or_default().to_owned();
    let response = Response::json(201, &serializers::serialize(state, schema, &document, &call.query));
    state.store.upsert(schema, owner(schema, call), &id, document);
    response
}

/// A complete document that is not stored yet.
pub fn new_document(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call) -> Result<Document, ApiError> {
    complete(state, schema, call, call.fields_with_defaults())
}

/// The same from other fields than those of the body.
pub fn complete(
    state: &mut AccountState,
    schema: &'static CollectionSchema,
    call: &Call,
    mut document: Document,
) -> Result<Document, ApiError> {
    let owner = owner(schema, call);
    let id = str_at(&document, schema.key).map(str::to_owned);
    if id.as_ref().is_some_and(|id| state.store.get(schema.name, owner, id).is_some()) {
        return Err(ApiError::new(409, format!("{} already exists", schema.label)));
    }
    let id = id.unwrap_or_else(|| state.store.new_id(schema, owner));
    document.shift_insert(0, schema.key.to_owned(), id.into());
    if schema.per_device {
        document.insert("device".to_owned(), owner.into());
    }
    let now = timestamp::now();
    document.insert("createdAt".to_owned(), now.clone().into());
    document.insert("updatedAt".to_owned(), now.into());
    (schema.apply_defaults)(&mut document).map_err(|problem| ApiError::new(400, problem))?;
    Ok(document)
}

/// Sets the fields in the body, keeps the others.
pub fn update(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let document = state.find_mut(schema.name, owner(schema, call), call.subject())?;
    call.fields().for_each(|(path, value)| set_at(document, path, value.clone()));
    document.insert("updatedAt".to_owned(), timestamp::now().into());
    let document = state.find(schema.name, owner(schema, call), call.subject())?;
    Ok(Response::ok(&serializers::serialize(state, schema, document, &call.query)))
}

/// Deletes a document and returns it.
pub fn delete(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let (owner, id) = (owner(schema, call), call.subject());
    let response = Response::ok(&serializers::view(state, schema, state.find(schema.name, owner, id)?));
    state.store.remove(schema.name, owner, id);
    cascade::cascade_delete(&mut state.store, schema, owner, id);
    Ok(response)
}

fn owner<'a>(schema: &CollectionSchema, call: &'a Call) -> &'a str {
    if schema.per_device { call.device() } else { "" }
}

/// The indices of the matching documents, in order; cached, because every page of a list needs the same order.
fn cached_order(state: &mut AccountState, schema: &'static CollectionSchema, call: &Call) -> Order {
    let key = cache_key(call);
    // Scheduled status posts change with time, without a new version of the store.
    let is_cacheable = schema.name != "user_status";
    if let Some(order) = state.cached_order(&key).filter(|_| is_cacheable) {
        return order;
    }
    let documents = state.store.documents(schema.name, owner(schema, call));
    let order: Order = documents.map(|documents| sort_order(state, schema, documents, call)).unwrap_or_default().into();
    state.cache_order(key, order.clone());
    order
}

/// Identifies a list: everything in the request except the page.
fn cache_key(call: &Call) -> String {
    let mut key = format!("{} {}", call.operation.name, call.device());
    for (name, values) in
        call.query.iter().filter(|(name, _)| !matches!(*name, "page" | "size" | "limit" | "skip" | "include" | "exclude"))
    {
        key.push_str(&format!(" {name}={values:?}"));
    }
    key
}

fn sort_order(state: &AccountState, schema: &CollectionSchema, documents: &Documents, call: &Call) -> Vec<usize> {
    let filters = filters::from_query(schema, &call.query);
    let matches = |document: &Document| filters.iter().all(|filter| filter.matches(state, document));
    let mut indices: Vec<usize> =
        (0..documents.len()).filter(|index| documents.get_index(*index).is_some_and(|(_, document)| matches(document))).collect();
    if let Some(sort) = call.query_value("sort") {
        sort_indices(&mut indices, documents, &sort);
    }
    indices
}

/// Sorts by `field:asc` or `field:desc`; documents without the field come last in both.
fn sort_indices(indices: &mut Vec<usize>, documents: &Documents, sort: &str) {
    let (field, direction) = sort.split_once(':').unwrap_or((sort, "asc"));
    let mut keyed: Vec<_> = indices
        .iter()
        .map(|index| (sort_key(documents.get_index(*index).map(|(_, document)| document), field), *index))
        .collect();
    keyed.sort_by(|(left, _), (right, _)| match (left, right) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (left, right) if direction == "desc" => right.partial_cmp(left).unwrap_or(Ordering::Equal),
        (left, right) => left.partial_cmp(right).unwrap_or(Ordering::Equal),
    });
    *indices = keyed.into_iter().map(|(_, index)| index).collect();
}

#[derive(PartialEq, PartialOrd)]
enum SortKey {
    Number(f64),
    Text(String),
}

fn sort_key(document: Option<&Document>, field: &str) -> Option<SortKey> {
    let value = filters::sort_paths(field).iter().find_map(|path| value_at(document?, path));
    match value.or_else(|| value_at(document?, field))? {
        Value::Number(number) => number.as_f64().map(SortKey::Number),
        Value::String(text) => Some(SortKey::Text(text.to_lowercase())),
        _ => None,
    }
}
