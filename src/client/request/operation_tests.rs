//! Builds a request of every operation, with as few and with as many arguments as possible.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;

use crate::api::{self, ConstraintKind, Operation, Parameter, ParameterType};
use crate::client::Error;
use crate::client::api_key::ApiKey;
use crate::client::config::{CallOptions, Config, InvalidUnicode, Limits, RetryPolicy, Timeouts, Validate};
use crate::client::request::base_url::BaseUrl;
use crate::client::request::builder::build_request;
use crate::client::request::multipart::{BytesSource, Upload};
use crate::client::request::value::Value;
use crate::client::request::{Body, Request};

pub(crate) fn config() -> Config {
    Config {
        api_key: ApiKey::new("a-key").unwrap(),
        base_url: BaseUrl::parse("https://service.example/v1", false).unwrap(),
        user_agent: "tests".to_owned(),
        timeouts: Timeouts::default(),
        retry: RetryPolicy::default(),
        limits: Limits::default(),
        proxy: None,
        ca_bundle: None,
        on_bad_unicode: InvalidUnicode::default(),
        validate: Validate::Error,
    }
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn map(pairs: &[(&str, Value)]) -> Value {
    Value::Object(pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

/// The request of a call with these arguments.
pub(crate) fn request_for(name: &str, arguments: &[(&str, Value)]) -> Result<Request, Error> {
    let operation = api::operation(name).unwrap();
    for (given, _) in arguments {
        assert!(operation.parameters.iter().any(|parameter| parameter.name == *given), "{name} has no {given}");
    }
    let value =
        |parameter: &Parameter| arguments.iter().find(|(given, _)| *given == parameter.name).map(|(_, value)| value.clone());
    let values: Vec<Value> = operation.parameters.iter().map(|parameter| value(parameter).unwrap_or(Value::Null)).collect();
    build_request(&config(), operation, &values, &CallOptions::default())
}

fn body(name: &str, arguments: &[(&str, Value)]) -> serde_json::Value {
    let request = request_for(name, arguments).unwrap();
    serde_json::from_slice(request.http.body.as_ref().and_then(Body::as_json).map(|json| json.as_ref()).unwrap_or_default())
        .unwrap_or_default()
}

fn problem(name: &str, arguments: &[(&str, Value)]) -> String {
    request_for(name, arguments).unwrap_err().to_string()
}

/// A value that the service accepts.
fn plausible(parameter: &Parameter) -> Value {
    let count = parameter.min_items.unwrap_or(1).max(1);
    match parameter.ty {
        ParameterType::String => text(&word(parameter)),
        ParameterType::Datetime => text("2026-01-31T12:00:00Z"),
        ParameterType::Boolean => Value::Bool(true),
        ParameterType::Integer => Value::Integer(parameter.min.unwrap_or(0).max(1)),
        ParameterType::Number => Value::Float(0.5),
        ParameterType::StringList => Value::List(vec![text(&word(parameter)); count]),
        ParameterType::NumberList => Value::List(vec![Value::Float(51.5); count]),
        ParameterType::Metadata => map(&[("tier", text("gold"))]),
        ParameterType::Object => object(parameter),
        ParameterType::ObjectList => Value::List(vec![object(parameter); count]),
        ParameterType::File => Value::Null,
    }
}

fn word(parameter: &Parameter) -> String {
    if let Some(value) = parameter.enum_values.first() {
        return value.clone();
    }
    match &parameter.format {
        Some(format) => api::format(format).unwrap().example.clone(),
        None => {
            "wordwordwordword".chars().take(parameter.max_length.unwrap_or(8).max(parameter.min_length.unwrap_or(0))).collect()
        }
    }
}

fn object(parameter: &Parameter) -> Value {
    let spare = parameter.exactly_one_of.iter().skip(1).collect::<Vec<_>>();
    let fields = parameter.fields.iter().filter(|field| !spare.contains(&&field.name));
    Value::Object(fields.map(|field| (field.name.clone(), plausible(field))).collect())
}

/// Arguments of a call: the first of all alternatives and, with `more`, the optional ones.
fn arguments(operation: &Operation, more: bool) -> Vec<Value> {
    let uploaded = |name: &&String| !operation.parameters.iter().any(|one| one.name == **name && one.ty == ParameterType::File);
    let chosen = |list: &[String]| list.iter().find(uploaded).cloned();
    let constrained = |kinds: [ConstraintKind; 2]| kinds.map(|kind| operation.constrained(kind)).into_iter().flatten();
    let needed: Vec<String> =
        constrained([ConstraintKind::AtLeastOneOf, ConstraintKind::ExactlyOneOf]).filter_map(chosen).collect();
    let barred = |name: &String| {
        let mut lists = constrained([ConstraintKind::ExactlyOneOf, ConstraintKind::MutuallyExclusive]);
        lists.any(|list| list.contains(name) && chosen(list).as_ref() != Some(name))
    };
    let wanted = |parameter: &Parameter| more && !parameter.exclusive && !barred(&parameter.name);
    let given = |parameter: &&Parameter| {
        let chosen = needed.contains(&parameter.name) && !(more && parameter.exclusive);
        parameter.required || chosen || wanted(parameter)
    };
    let value =
        |parameter: &Parameter| match operation.constrained(ConstraintKind::MustDiffer).next().and_then(|names| names.get(1)) {
            Some(other) if *other == parameter.name => text("64f0c2a91b7e4d5f8a3b6c02"),
            _ => plausible(parameter),
        };
    operation.parameters.iter().map(|one| if given(&one) { value(one) } else { Value::Null }).collect()
}

#[test]
fn every_operation_builds_a_request() {
    for operation in api::operations().unwrap() {
        for more in [false, true] {
            let request = build_request(&config(), operation, &arguments(operation, more), &CallOptions::default()).unwrap();
            assert!(!request.http.url.path().contains(['{', '}']), "{}: {}", operation.name, request.http.url);
            assert_eq!(request.http.url.path().split('/').count(), operation.path.split('/').count() + 1, "{}", request.http.url);
            let parsed = |body| serde_json::from_slice::<serde_json::Value>(body).is_ok();
            assert!(
                request.http.body.as_ref().and_then(Body::as_json).is_none_or(|json| parsed(json)),
                "{}: {:?}",
                operation.name,
                request.http.body
            );
            let sends = operation.parameters.iter().any(|one| one.required && one.location == api::ParameterLocation::Body);
            assert!(!sends || request.http.body.is_some(), "{} has no body", operation.name);
        }
    }
}

const DEVICE: (&str, &str) = ("device", "64f0c2a91b7e4d5f8a3b6c01");

fn to_a_phone() -> [(&'static str, Value); 2] {
    [(DEVICE.0, text(DEVICE.1)), ("phone", text("+447362053576"))]
}

#[test]
fn dotted_names_become_objects() {
    let [device, phone] = to_a_phone();
    let options = Value::List(vec![text("Pizza"), text("Soup")]);
    let poll = body("send.poll", &[("name", text("Lunch?")), ("choices", options), device.clone(), phone.clone()]);
    assert_eq!(
        poll,
        serde_json::json!({
            "poll": {"name": "Lunch?", "options": ["Pizza", "Soup"]}, "device": DEVICE.1, "phone": "+447362053576"
        })
    );
    let cleared = body("send.clear_vote", &[("poll", text("3EB0A1B2C3D4E5F60718")), device, phone]);
    assert_eq!(cleared["vote"], serde_json::json!({"poll": "3EB0A1B2C3D4E5F60718", "options": []}));
}

#[test]
fn send_requires_one_recipient() {
    let [device, phone] = to_a_phone();
    let message = ("message", text("Hello"));
    let none = problem("send.text", &[message.clone(), device.clone()]);
    assert!(none.contains("phone, group, channel, chat are all missing. Give exactly one of"), "{none}");
    let group = ("group", text("120363012345678901@g.us"));
    let two = problem("send.text", &[message, device, phone, group]);
    assert!(two.contains("phone, group are given together. Give exactly one of"), "{two}");
}

#[test]
fn checks_exclusive_and_dependent_arguments() {
    let here = [("device", text(DEVICE.1)), ("chat", text("447362053576@c.us"))];
    let with = |more: &[(&'static str, Value)]| here.iter().chain(more).cloned().collect::<Vec<_>>();
    let alone = problem("chats.delete", &with(&[("force", Value::Bool(true))]));
    assert!(alone.contains("force is given without whatsapp"), "{alone}");
    assert!(request_for("chats.delete", &with(&[("force", Value::Bool(true)), ("whatsapp", Value::Bool(true))])).is_ok());
    let (ids, phones) = (Value::List(vec![text(DEVICE.1)]), Value::List(vec![text("+447362053576")]));
    let both = problem("queue.empty", &[here[0].clone(), ("ids", ids), ("phones", phones)]);
    assert!(both.contains("ids, phones are given together. Give at most one of"), "{both}");
    let labels = ("labels", Value::List(vec![text("vip")]));
    let flags = |upsert| with(&[labels.clone(), ("upsert", Value::Bool(upsert)), ("remove", Value::Bool(true))]);
    assert!(request_for("chats.update_labels", &flags(false)).is_ok());
    assert!(request_for("chats.update_labels", &flags(true)).is_err());
}

#[test]
fn bulk_delete_requires_a_filter() {
    let empty = || Value::List(Vec::new());
    let files = problem("files.bulk_delete", &[("limit", Value::Integer(500)), ("filename", Value::Null)]);
    assert!(files.contains("are all missing. Give at least one of"), "{files}");
    assert!(problem("files.bulk_delete", &[("ids", empty())]).contains("ids has 0 items"));
    let device = ("device", text(DEVICE.1));
    assert!(problem("queue.empty", &[device.clone(), ("ids", empty())]).contains("ids has 0 items"));
    let links = problem("meeting_links.delete", &[device.clone(), ("all", Value::Bool(false))]);
    assert!(links.contains("are all missing"), "{links}");
    let group = ("group", text("120363012345678901@g.us"));
    let nobody = problem("groups.approve_members", &[device, group, ("all", Value::Bool(false))]);
    assert!(nobody.contains("all, phones are all missing. Give exactly one of"), "{nobody}");
}

#[test]
fn false_flag_is_omitted() {
    let here = [("device", text(DEVICE.1)), ("chat", text("447362053576@c.us"))];
    let with =
        |value| request_for("chats.delete", &[here[0].clone(), here[1].clone(), ("whatsapp", Value::Bool(value))]).unwrap();
    assert!(with(false).http.body.is_none());
    assert_eq!(
        with(true).http.body.as_ref().and_then(Body::as_json).map(|json| json.as_ref()),
        Some(br#"{"whatsapp":true}"#.as_slice())
    );
    let start = |value| request_for("session.start", &[here[0].clone(), ("wait", Value::Bool(value))]).unwrap();
    assert_eq!(start(false).http.url.query(), None);
    assert_eq!(start(true).http.url.query(), Some("wait=true"));
}

#[test]
fn objects_use_wire_names() {
    let day = map(&[("mode", text("hours"))]);
    let hours = map(&[("timezone", text("UTC")), ("monday", day), ("friday", Value::Null)]);
    let sent = body("profile.update", &[("device", text(DEVICE.1)), ("business_hours", hours)]);
    let wanted = serde_json::json!({"businessProfile": {"businessHours": {"timezone": "UTC", "monday": {"mode": "hours"}}}});
    assert_eq!(sent, wanted);
    let contact = map(&[("phone", text("+447362053576")), ("company_name", text("Example"))]);
    let sent = body("contacts.bulk_create", &[("device", text(DEVICE.1)), ("contacts", Value::List(vec![contact]))]);
    assert_eq!(sent, serde_json::json!([{"phone": "+447362053576", "companyName": "Example"}]));
}

#[test]
fn errors_locate_nested_values() {
    let [device, phone] = to_a_phone();
    let action = |params| Value::List(vec![map(&[("action", text("metadata:set")), ("params", params)])]);
    let send = |actions| [("message", text("Hello")), ("actions", actions), device.clone(), phone.clone()];
    let pairs = map(&[("metadata", map(&[("tier", text("gold"))]))]);
    let sent = body("send.text", &send(action(pairs)));
    assert_eq!(sent["actions"][0]["params"]["metadata"], serde_json::json!([{"key": "tier", "value": "gold"}]));
    let wrong = problem("send.text", &send(action(map(&[("agent", text("Ada"))]))));
    assert!(wrong.contains(r#"actions[0]["params"]["agent"] is "Ada", expected 24 hex digits"#), "{wrong}");
    let missing = problem("send.text", &send(Value::List(vec![map(&[])])));
    assert!(missing.contains(r#"actions[0]["action"] is None; it is required"#), "{missing}");
    let unlisted = problem("send.text", &send(map(&[])));
    assert!(unlisted.contains("actions is a mapping, not a list of dicts"), "{unlisted}");
}

#[test]
fn checks_object_keys_and_alternatives() {
    let [device, phone] = to_a_phone();
    let expiring = |value| [("message", text("Hello")), ("expiration", value), device.clone(), phone.clone()];
    let both = map(&[("seconds", Value::Integer(60)), ("duration", text("1h"))]);
    assert!(problem("send.text", &expiring(both)).contains("is inconsistent. Give exactly one of seconds, duration, date"));
    assert!(problem("send.text", &expiring(map(&[]))).contains("is inconsistent. Give exactly one of"));
    let soon = problem("send.text", &expiring(map(&[("seconds", Value::Integer(1))])));
    assert!(soon.contains(r#"expiration["seconds"] is 1, expected at least 5"#), "{soon}");
    let contact = map(&[("phone", text("+447362053576")), ("companyName", text("Example"))]);
    let named = problem("contacts.bulk_create", &[device, ("contacts", Value::List(vec![contact]))]);
    assert!(
        named.contains(r#"contacts[0] has the key "companyName""#) && named.contains(r#"did you mean "company_name"?"#),
        "{named}"
    );
}

#[test]
fn file_upload_is_a_form() {
    let upload = Upload { filename: "menu.pdf".to_owned(), content: Arc::new(BytesSource(bytes::Bytes::from_static(b"menu"))) };
    let operation = api::operation("files.upload").unwrap();
    let values = operation.parameters.iter().map(|parameter| match parameter.name.as_str() {
        "file" => Value::File(upload.clone()),
        "reference" => Value::String("spring".to_owned()),
        _ => Value::Null,
    });
    let request = build_request(&config(), operation, &values.collect::<Vec<_>>(), &CallOptions::default()).unwrap();
    let Some(Body::Form { fields, file_field, upload: sent }) = request.http.body else { panic!("no form") };
    assert_eq!(fields, [("reference".to_owned(), "spring".to_owned())]);
    assert_eq!((file_field.as_str(), sent), ("file", upload));
}

#[test]
fn checks_number_limits() {
    let [device, phone] = to_a_phone();
    let at =
        |latitude| [("name", text("Demo")), ("date", text("2030-01-31")), ("latitude", latitude), device.clone(), phone.clone()];
    assert!(problem("send.event", &at(Value::Float(90.5))).contains("latitude is 90.5, expected at most 90"));
    assert!(request_for("send.event", &at(Value::Decimal("51.25".to_owned()))).is_ok());
    let place = Value::List(vec![Value::Float(51.5), text("west")]);
    let wrong = problem("send.location", &[("coordinates", place), device, phone]);
    assert!(wrong.contains("coordinates[1] is text, not a number"), "{wrong}");
}
