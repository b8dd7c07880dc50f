//! Product catalogs of businesses.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, str_at, without_nulls};
use crate::sandbox::state::fixtures::products;
use crate::sandbox::state::schemas::{EPOCH, wid_of_phone};
use crate::sandbox::state::{AccountState, blob_store, facts};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Returns one page of the device's products.
pub fn get(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let number = |wire| call.query_number(wire).unwrap_or_default();
    let (page, size) = (number("page"), number("size"));
    let products = products_of(state, call.device()).skip(page.saturating_mul(size)).take(size).cloned().collect();
    Ok(Response::ok(&catalog(state, str_at(device, "wid").unwrap_or_default(), device, products)))
}

/// Returns the products of a device of this account; other businesses have generated products, the same on every call.
pub fn query(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let phone = call.text("phone").unwrap_or_default();
    let size = call.field("size").and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok()).unwrap_or(100);
    let own = state.store.all("devices").find(|device| str_at(device, "phone") == Some(phone));
    let mut products: Vec<Document> = match own.and_then(|device| str_at(device, "id")) {
        Some(id) => products_of(state, id).cloned().collect(),
        None if is_private(state, call.device(), phone) => return Err(ApiError::new(404, "Catalog not found")),
        None => generated_products(phone),
    };
    products.truncate(size);
    Ok(Response::ok(&catalog(state, &wid_of_phone(phone), device, products)))
}

fn products_of<'a>(state: &'a AccountState, device: &str) -> impl Iterator<Item = &'a Document> {
    state.store.documents("products", device).into_iter().flat_map(|products| products.values())
}

/// Whether the phone number is a contact that is not a business.
fn is_private(state: &AccountState, device: &str, phone: &str) -> bool {
    let contact = state.store.get("contacts", device, &wid_of_phone(phone));
    contact.is_some_and(|contact| contact.get("meta").and_then(|meta| meta.get("isBusiness")) == Some(&Value::Bool(false)))
}

fn generated_products(phone: &str) -> Vec<Document> {
    let seed = phone.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let generated = products(&mut Rng::with_seed(seed), None);
    generated.into_iter().filter_map(|product| product.as_object().cloned()).collect()
}

fn catalog(state: &AccountState, wid: &str, device: &Document, products: Vec<Document>) -> Document {
    let created_at = timestamp::format(EPOCH);
    let catalog = json!({
        "id": blob_store::sha256_hex(wid.as_bytes()).get(..24),
        "wid": wid,
        "scope": "wa",
        "status": "active",
        "permission": "public",
        "device": {"id": device.get("id")},
        "createdAt": created_at,
        "updatedAt": created_at,
        "syncedAt": created_at,
        "user": facts::device_owner(state, device),
        "products": products,
    });
    without_nulls(catalog)
}
