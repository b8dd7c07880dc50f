//! Looking up and validating phone numbers.

use serde_json::{Value, json};

use crate::phone::{self, PhoneSettings};
use crate::sandbox::countries::{self, Country};
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::account_forms::other_wids;
use crate::sandbox::state::document::{str_at, without_nulls};
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::validate::Call;

/// Phone numbers with this ending are not on WhatsApp: messages to them fail.
const UNUSED_SUFFIX: &str = "0000";

/// Whether the phone number is on WhatsApp: all but those that end in 0000.
pub fn is_in_use(phone: &str) -> bool {
    !phone.ends_with(UNUSED_SUFFIX)
}

/// Returns whether a phone number has a WhatsApp account, and its other forms.
pub fn exists(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let phone = call.text("phone").unwrap_or_default();
    let digits = phone.trim_start_matches('+');
    let country = countries::from_phone_digits(digits).map(countries::summary);
    if !is_in_use(phone) {
        return Ok(Response::ok(&without_nulls(json!({"exists": false, "phone": phone, "country": country}))));
    }
    let own = wid_of_phone(phone);
    let forms = [vec![own.clone()], other_wids(digits)].concat();
    let find = |wid: &String| state.store.all("contacts").find(|contact| str_at(contact, "wid") == Some(wid));
    let contact = forms.iter().find_map(find);
    let wid = contact.and_then(|contact| str_at(contact, "wid")).unwrap_or(&own);
    let business = contact.filter(|contact| serializers::is_business(contact));
    let info = |contact| {
        let mut info = without_nulls(serializers::business_info(contact));
        info.extend(without_nulls(json!({"name": str_at(contact, "displayName"), "isApi": false, "isSmb": true})));
        info.insert("privacyMode".to_owned(), Value::Null);
        info
    };
    let result = json!({
        "exists": true, "phone": phone, "wid": wid, "isBusiness": business.is_some(), "businessInfo": business.map(info),
        "link": format!("https://wa.me/{digits}"), "country": country,
    });
    Ok(Response::ok(&without_nulls(result)))
}

/// Checks phone numbers without looking for an account.
pub fn validate(_: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let code = calling_code(call)?;
    let numbers: Vec<Value> = call
        .list("numbers")
        .iter()
        .map(|number| validate_number(number.get("phone").and_then(Value::as_str).unwrap_or_default(), code.as_deref()))
        .collect();
    let valid = numbers.iter().filter(|number| number.get("valid") == Some(&Value::Bool(true))).count();
    let summary = json!({"total": numbers.len(), "valid": valid, "invalid": numbers.len() - valid});
    Ok(Response::ok(&json!({"summary": summary, "numbers": numbers})))
}

/// The calling code of phone numbers that are written without one.
fn calling_code(call: &Call) -> Result<Option<String>, ApiError> {
    let Some(code) = call.text("country") else {
        return Ok(call.field("prefix").and_then(Value::as_i64).map(|prefix| prefix.to_string()));
    };
    let problem = "the country is unknown to the sandbox";
    let country = countries::from_iso_code(code);
    let known = country.ok_or_else(|| ApiError::invalid("body.country", format!("country {code}: {problem}"), problem))?;
    Ok(Some(known.calling.to_owned()))
}

fn validate_number(input: &str, code: Option<&str>) -> Value {
    match digits(input, code) {
        Ok(digits) => valid_number(input, &digits),
        Err(problem) => json!({"valid": false, "error": problem, "input": input}),
    }
}

fn digits(input: &str, code: Option<&str>) -> Result<String, String> {
    if input.contains('@') {
        return Err("this is a wid, not a phone number".to_owned());
    }
    let country = code.map(phone::Country::parse).transpose()?;
    let settings = PhoneSettings { country, ..PhoneSettings::default() };
    let contact = phone::contact_id(input, &settings).map_err(|problem| problem.message)?;
    let digits = contact.wid.trim_end_matches("@c.us").to_owned();
    match countries::from_phone_digits(&digits) {
        Some(Country { name, calling, digits: (min, max), .. }) if !(*min..=*max).contains(&(digits.len() - calling.len())) => {
            Err(format!("a number of {name} has {min} to {max} digits after {calling}"))
        }
        _ => Ok(digits),
    }
}

fn valid_number(input: &str, digits: &str) -> Value {
    let country = countries::from_phone_digits(digits);
    let prefix = country.map(|country| country.calling).unwrap_or_default();
    let local = digits.strip_prefix(prefix).unwrap_or(digits);
    let number = json!({
        "valid": true, "input": input, "phone": format!("+{digits}"), "wid": format!("{digits}@c.us"), "kind": "unknown",
        "country": country.map(|country| country.code), "countryPrefix": prefix.parse::<u32>().ok(),
        "formats": {"local": local, "national": local, "international": format!("+{prefix} {local}").replace("+ ", "+")},
    });
    without_nulls(number).into()
}
