#![allow(clippy::unwrap_used)]

use crate::api;
use crate::sandbox::query::pairs;
use crate::sandbox::validate::*;

const DEVICE: &str = "64f0c2a91b7e4d5f8a3b6c01";

fn checked(name: &str, query: &str, body: &str) -> Result<Call, String> {
    let operation = api::operation(name).unwrap();
    let is_device = |parameter: &&Parameter| parameter.wire_name == "device";
    let places = operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Path);
    let path = places.map(|parameter| if is_device(&parameter) { DEVICE } else { "447362053576@c.us" }.to_owned()).collect();
    call(operation, path, Query::parse(operation, pairs(query)), body.as_bytes()).map_err(|refusal| {
        assert_eq!(refusal.status, 400);
        refusal.message
    })
}

fn message(name: &str, query: &str, body: &str) -> String {
    checked(name, query, body).unwrap_err()
}

#[test]
fn validates_body_fields() {
    for (body, problem) in [
        ("", "status is required"),
        ("{", "Invalid JSON body"),
        ("[]", "The body must be a JSON object"),
        (r#"{"status":null}"#, "status is required"),
        (r#"{"status":3}"#, "status must be text"),
        (r#"{"status":"done"}"#, "Invalid status value"),
    ] {
        assert_eq!(message("chats.set_status", "", body), problem);
    }
    let call = checked("chats.set_status", "", r#"{"status":"resolved","more":1}"#).unwrap();
    assert_eq!((call.text("status"), call.device(), call.id()), (Some("resolved"), DEVICE, "447362053576@c.us"));
}

#[test]
fn validates_each_type_of_field() {
    let with = |field: &str| message("contacts.create", "", &format!(r#"{{"phone":"+447362053577",{field}}}"#));
    assert_eq!(
        message("contacts.create", "", r#"{"phone":"07"}"#),
        "phone must be a phone number in E.164 form: + and 6 to 15 digits"
    );
    assert_eq!(with(r#""name":"0123456789012345678901234567890""#), "name must be at most 30 characters");
    assert_eq!(with(r#""languages":["a","b","c","d"]"#), "languages must have at most 3 items");
    assert_eq!(with(r#""languages":"en""#), "languages must be a list of text");
    assert_eq!(with(r#""languages":[1]"#), "languages[0] must be text");
    assert_eq!(with(r#""upsert":"true""#), "upsert must be true or false");
    assert_eq!(
        with(r#""birthday":"May""#),
        "birthday must be an ISO-8601 date, with a time zone if it has a time, such as 2026-01-31T12:00:00Z"
    );
    assert_eq!(with(r#""kind":"robot""#), "Invalid kind value");
    assert_eq!(with(r#""metadata":{"a":"b"}"#), "metadata must be a list of {key, value}");
    assert!(checked("contacts.create", "", r#"{"phone":"+447362053577","name":"Ärzte 012345678901234567890123"}"#).is_ok());
}

#[test]
fn validates_metadata_entries() {
    let long = "x".repeat(301);
    for (pair, problem) in [
        (r#"{"key":"a b","value":""}"#.to_owned(), "metadata[1].key must be 1 to 30 characters of A-Z, a-z, 0-9 and _"),
        (r#"{"key":"","value":""}"#.to_owned(), "metadata[1].key must be 1 to 30 characters of A-Z, a-z, 0-9 and _"),
        (r#"{"key":"a","value":1}"#.to_owned(), "metadata[1].value must be text"),
        (r#"{"value":"1"}"#.to_owned(), "metadata[1].key must be text"),
        (format!(r#"{{"key":"a","value":"{long}"}}"#), "metadata[1].value must be at most 300 characters"),
    ] {
        let body = format!(r#"[{{"key":"tier","value":"gold"}},{pair}]"#);
        assert_eq!(message("contacts.upsert_metadata", "", &body), problem);
    }
    assert_eq!(message("contacts.upsert_metadata", "", "[]"), "metadata must have at least 1 item");
    assert_eq!(message("contacts.upsert_metadata", "", r#"{"metadata":[]}"#), "metadata must be a list of {key, value}");
    assert_eq!(message("contacts.upsert_metadata", "", ""), "metadata is required");
}

#[test]
fn validates_query_parameters() {
    for (query, problem) in [
        ("size=0", "size must be at least 1"),
        ("size=many", "size must be a whole number"),
        ("unread=yes", "unread must be true or false"),
        ("status=active,gone", "Invalid status value"),
        ("agent=me", "agent must be 24 hex digits"),
        ("after=yesterday", "after must be an ISO-8601 date, with a time zone if it has a time, such as 2026-01-31T12:00:00Z"),
        ("sort=colour:asc", "Invalid sort value"),
    ] {
        assert_eq!(message("chats.list", query, ""), problem);
    }
    let call = checked("chats.list", "page=3&new=1", "").unwrap();
    assert_eq!((call.query_value("page").as_deref(), call.query_value("size").as_deref()), (Some("3"), Some("20")));
    assert_eq!(call.query_value("search"), None);
}

#[test]
fn validates_alternatives_and_difference() {
    assert_eq!(message("chats.assign", "", "{}"), "Give at least one of agent, email, department.");
    assert_eq!(message("queue.route", "", &format!(r#"{{"device":"{DEVICE}"}}"#)), "device and target must differ.");
}

#[test]
fn validates_each_constraint() {
    for (name, query, body, problem) in [
        ("chats.send_typing", "", r#"{"action":"stop"}"#, "Give exactly one of phone, group."),
        (
            "chats.send_typing",
            "",
            r#"{"action":"stop","chat":"+447362053576","group":"1203@g.us"}"#,
            "Give exactly one of phone, group.",
        ),
        ("chats.update_labels", "upsert=true&remove=true", "[]", "Give at most one of upsert, remove."),
        ("chats.update_attributes", "", "{}", "Give at least one of pinned, muted."),
        ("chats.delete", "", r#"{"force":true}"#, "Give force only together with whatsapp."),
        ("messages.list", "skip=3", "", "Give skip only together with sync."),
        ("meeting_links.delete", "", r#"{"ids":["a"],"all":true}"#, "Give all without other arguments."),
        (
            "team.revoke_access",
            "",
            r#"{"id":"a","action":"reassign","remove":false}"#,
            "assign is required if action is \"reassign\".",
        ),
    ] {
        assert_eq!(message(name, query, body), problem);
    }
    assert!(checked("chats.update_attributes", "", r#"{"pinned":false}"#).is_ok());
}

#[test]
fn validates_objects_and_their_constraints() {
    for (name, body, problem) in [
        ("contacts.bulk_create", r#"[{"phone":"+447362053576"},{"name":"x"}]"#, "contacts[1].phone is required"),
        (
            "contacts.bulk_create",
            r#"[{"phone":"07"}]"#,
            "contacts[0].phone must be a phone number in E.164 form: + and 6 to 15 digits",
        ),
        ("contacts.bulk_create", "[3]", "contacts[0] must be an object"),
        (
            "quick_replies.delete",
            r#"[{"id":"1","all":true}]"#,
            "replies[0] is inconsistent. Give exactly one of id, shortcut, all.",
        ),
        ("quick_replies.delete", r#"[{"id":"1"},{"all":true}]"#, "replies is inconsistent. An entry with all is the only entry."),
        (
            "team.delete",
            r#"{"force":true,"users":[{"id":"1","action":"reassign","remove":true}]}"#,
            "users[0] is inconsistent. assign is required if action is \"reassign\".",
        ),
        ("chats.bulk_update", r#"{"action":"assign","chats":[],"params":{"agent":"me"}}"#, "params.agent must be 24 hex digits"),
    ] {
        assert_eq!(message(name, "", body), problem);
    }
}

#[test]
fn validates_only_resource_ids_in_paths() {
    let operation = api::operation("chats.get").unwrap();
    let get = |device: &str| call(operation, vec![device.to_owned(), "anything".to_owned()], Query::default(), b"");
    assert_eq!(get("12").unwrap_err().message, "Invalid device");
    assert!(get(DEVICE).is_ok());
}
