//! The plain verbs, the same for every collection: read a page, read one document, create, update and delete one.

use std::cmp::Ordering;

use serde_json::Value;

use crate::sandbox::handlers::filters;
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::cascade;
use crate::sandbox::state::document::{Document, Documents, set_at, str_at, value_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, Order};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// One document, dressed as the service answers it.
pub fn get(state: &AccountState, kind: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let document = state.find(kind.name, owner(kind, call), call.id())?;
    Ok(Response::ok(&serializers::dressed(state, kind, document, &call.query)))
}

/// One page of the documents that every filter lets through.
pub fn list(state: &mut AccountState, kind: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let order = remembered(state, kind, call);
    answer(state, kind, (state.store.documents(kind.name, owner(kind, call)), &order), call)
}

/// The same for documents that another document holds.
pub fn list_of(
    state: &AccountState,
    kind: &'static CollectionSchema,
    documents: &Documents,
    call: &Call,
) -> Result<Response, ApiError> {
    answer(state, kind, (Some(documents), &ordered(state, kind, documents, call)), call)
}

fn answer(
    state: &AccountState,
    kind: &CollectionSchema,
    (documents, order): (Option<&Documents>, &[usize]),
    call: &Call,
) -> Result<Response, ApiError> {
    let chosen = page(call, order)?.iter().filter_map(|index| Some(documents?.get_index(*index)?.1));
    let page: Vec<_> = chosen.map(|document| serializers::dressed(state, kind, document, &call.query)).collect();
    Ok(Response::ok(&page))
}

/// The part of all that is listed which the call asks for.
pub fn page<'a, T>(call: &Call, all: &'a [T]) -> Result<&'a [T], ApiError> {
    let number = |wire| call.query_value(wire).and_then(|text| text.parse::<usize>().ok());
    let given = |wire| call.query.get(wire).and_then(|_| number(wire));
    let (page, size) = (number("page").unwrap_or(0), given("limit").or_else(|| number("size")).unwrap_or(usize::MAX));
    let start = page.saturating_mul(size).saturating_add(number("skip").unwrap_or(0));
    if page > 0 && start >= all.len() {
        let problem = format!("page {page} is beyond the last of {} documents", all.len());
        return Err(ApiError::invalid("query.page", "Page out of range", &problem));
    }
    let end = start.saturating_add(size).min(all.len());
    Ok(all.get(start..end).unwrap_or_default())
}

/// Makes a document of the body's fields, the row's defaults among them.
pub fn create(state: &mut AccountState, kind: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let document = new_document(state, kind, call)?;
    let id = str_at(&document, kind.key).unwrap_or_default().to_owned();
    let answer = Response::json(201, &serializers::dressed(state, kind, &document, &call.query));
    state.store.upsert(kind, owner(kind, call), &id, document);
    Ok(answer)
}

/// A complete document, not stored yet, for behaviours that do more with it.
pub fn new_document(state: &mut AccountState, kind: &'static CollectionSchema, call: &Call) -> Result<Document, ApiError> {
    let owner = owner(kind, call);
    let mut document = call.fields_with_defaults();
    let given = str_at(&document, kind.key).map(str::to_owned);
    if given.as_ref().is_some_and(|id| state.store.get(kind.name, owner, id).is_some()) {
        return Err(ApiError::new(409, format!("{} already exists", kind.label)));
    }
    let id = given.unwrap_or_else(|| state.store.new_id(kind, owner));
    document.shift_insert(0, kind.key.to_owned(), id.into());
    if kind.per_device {
        document.insert("device".to_owned(), owner.into());
    }
    let moment = timestamp::now();
    document.insert("createdAt".to_owned(), moment.clone().into());
    document.insert("updatedAt".to_owned(), moment.into());
    (kind.complete)(&mut document).map_err(|problem| ApiError::new(400, problem))?;
    Ok(document)
}

/// Changes the fields that the body gives, and leaves the others.
pub fn update(state: &mut AccountState, kind: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let document = state.find_mut(kind.name, owner(kind, call), call.subject())?;
    for (path, value) in call.fields() {
        set_at(document, path, value.clone());
    }
    document.insert("updatedAt".to_owned(), timestamp::now().into());
    let document = state.find(kind.name, owner(kind, call), call.subject())?;
    Ok(Response::ok(&serializers::dressed(state, kind, document, &call.query)))
}

/// Deletes a document and answers what it was.
pub fn delete(state: &mut AccountState, kind: &'static CollectionSchema, call: &Call) -> Result<Response, ApiError> {
    let (owner, id) = (owner(kind, call), call.subject());
    let answer = Response::ok(state.find(kind.name, owner, id)?);
    state.store.remove(kind.name, owner, id);
    cascade::cascade_delete(&mut state.store, kind, owner, id);
    Ok(answer)
}

fn owner<'a>(kind: &CollectionSchema, call: &'a Call) -> &'a str {
    if kind.per_device { call.device() } else { "" }
}

/// The places of the documents to list, in order. A walk over many pages asks for the same order again and again.
fn remembered(state: &mut AccountState, kind: &'static CollectionSchema, call: &Call) -> Order {
    let asked = asked(call);
    // Status posts change with the clock, and no change tells of it.
    let lasts = kind.name != "user_status";
    if let Some(order) = state.cached_order(&asked).filter(|_| lasts) {
        return order;
    }
    let documents = state.store.documents(kind.name, owner(kind, call));
    let order: Order = documents.map(|documents| ordered(state, kind, documents, call)).unwrap_or_default().into();
    state.cache_order(asked, order.clone());
    order
}

/// What makes two lists the same list: all but the page.
fn asked(call: &Call) -> String {
    let mut asked = format!("{} {}", call.operation.name, call.device());
    for (name, values) in
        call.query.iter().filter(|(name, _)| !matches!(*name, "page" | "size" | "limit" | "skip" | "include" | "exclude"))
    {
        asked.push_str(&format!(" {name}={values:?}"));
    }
    asked
}

fn ordered(state: &AccountState, kind: &CollectionSchema, documents: &Documents, call: &Call) -> Vec<usize> {
    let filters = filters::of(kind, &call.query);
    let passes = |document: &Document| filters.iter().all(|filter| filter.passes(state, document));
    let mut places: Vec<usize> =
        (0..documents.len()).filter(|at| documents.get_index(*at).is_some_and(|(_, one)| passes(one))).collect();
    if let Some(sort) = call.query_value("sort") {
        sort_places(&mut places, documents, &sort);
    }
    places
}

/// `sort` is `field:asc` or `field:desc`; documents without the field come last either way.
fn sort_places(places: &mut Vec<usize>, documents: &Documents, sort: &str) {
    let (field, direction) = sort.split_once(':').unwrap_or((sort, "asc"));
    let mut keyed: Vec<_> =
        places.iter().map(|place| (sort_key(documents.get_index(*place).map(|(_, one)| one), field), *place)).collect();
    keyed.sort_by(|(one, _), (other, _)| match (one, other) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (one, other) if direction == "desc" => other.partial_cmp(one).unwrap_or(Ordering::Equal),
        (one, other) => one.partial_cmp(other).unwrap_or(Ordering::Equal),
    });
    *places = keyed.into_iter().map(|(_, place)| place).collect();
}

#[derive(PartialEq, PartialOrd)]
enum SortKey {
    Number(f64),
    Text(String),
}

fn sort_key(document: Option<&Document>, field: &str) -> Option<SortKey> {
    let value = filters::paths_of_sort(field).iter().find_map(|path| value_at(document?, path));
    match value.or_else(|| value_at(document?, field))? {
        Value::Number(number) => number.as_f64().map(SortKey::Number),
        Value::String(text) => Some(SortKey::Text(text.to_lowercase())),
        _ => None,
    }
}
