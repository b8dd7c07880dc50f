#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn every_file_passes_the_lint() {
    for name in resource_names() {
        let resource = resource(name).unwrap();
        assert!(!resource.operations.is_empty(), "{name} has no operation");
    }
}

#[test]
fn titles_are_unique() {
    let all = operations().unwrap();
    let titles: std::collections::HashSet<_> = all.iter().map(|operation| &operation.title).collect();
    assert_eq!(titles.len(), all.len());
}

#[test]
fn path_parameters_come_first() {
    let operation = operation("chats.set_status").unwrap();
    let names: Vec<_> = operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["device", "chat", "status"]);
}

#[test]
fn errors_name_the_operation() {
    let common = common().unwrap();
    let broken = |change: (&str, &str)| {
        let text = include_str!("operations/session.toml").replace(change.0, change.1);
        loader::parse_resource("session", &text, common).unwrap_err().to_string()
    };
    assert!(broken(("GET", "FETCH")).contains("session.sync: method FETCH"));
    assert!(broken(("{device}", "{phone}")).contains("{phone} is not in common.toml"));
    assert!(broken(("handler:", "magic:")).contains("crud:… or handler:…"));
    assert!(broken(("WhatsApp session:Sync", "Queue:Sync")).contains("must start with the resource"));
    assert!(broken(("idempotent", "repeatable")).contains("repeatable"));
}

#[test]
fn group_parameters_come_last() {
    let operation = operation("send.clear_vote").unwrap();
    let names: Vec<_> = operation.parameters.iter().map(|parameter| parameter.wire_name.as_str()).collect();
    assert_eq!(names.get(..4), Some(["vote.poll", "device", "phone", "group"].as_slice()));
    assert_eq!(names.last(), Some(&"deliverAt"));
}

#[test]
fn file_overrides_path_parameter() {
    let format = |name| {
        operation(name).unwrap().parameters.iter().find(|parameter| parameter.wire_name == "message").unwrap().format.clone()
    };
    assert_eq!(format("outbound.get").as_deref(), Some("resource_id"));
    assert_eq!(format("messages.get").as_deref(), Some("message_id"));
}

#[test]
fn lint_checks_fields_and_constraints() {
    let common = common().unwrap();
    let broken = |text: &str, attribute: &str, change: (&str, &str)| {
        assert!(text.contains(change.0), "{}", change.0);
        loader::parse_resource(attribute, &text.replacen(change.0, change.1, 1), common).unwrap_err().to_string()
    };
    let groups = |from, to| broken(include_str!("operations/groups.toml"), "groups", (from, to));
    assert!(
        groups("type_name = \"GroupMember\"\n", "")
            .contains("groups.create(participants): an object with fields needs a type_name")
    );
    assert!(
        groups("summary = \"Phone number, E.164 with `+`.\" }", "summary = \"Phone\" }")
            .contains("groups.create(participants)[phone]")
    );
    assert!(groups("name = \"admin\"", "name = \"phone\"").contains("two fields have the same name"));
    assert!(
        groups("exactly_one_of = [[\"url\", \"image\"]]", "exactly_one_of = [[\"url\", \"picture\"]]")
            .contains("exactly_one_of names an unknown")
    );
    assert!(
        groups("exactly_one_of = [[\"url\", \"image\"]]", "exactly_one_of = [[\"url\"]]")
            .contains("exactly_one_of has the wrong number")
    );
    let team = |from, to| broken(include_str!("operations/team.toml"), "team", (from, to));
    assert!(
        team("{ action = \"reassign\" }\n", "{ next = \"reassign\" }\n").contains("required_when names an unknown parameter")
    );
    assert!(team("{ action = \"reassign\" },", "{ next = \"reassign\" },").contains("required_when names an unknown parameter"));
    assert!(team("\"reassign\" }", "\"transfer\" }").contains("required_when names a value that is not allowed"));
    let replies = |from, to| broken(include_str!("operations/quick_replies.toml"), "quick_replies", (from, to));
    assert!(replies("type = \"object_list\"", "type = \"object\"").contains("only a field of an object_list"));
    let send = |from, to| broken(include_str!("operations/send.toml"), "send", (from, to));
    assert!(send("wire_name = \"poll.options\"", "wire_name = \"poll\"").contains("send.poll: a body field is also an object"));
    assert!(send("wire_name = \"poll.options\"", "wire_name = \"poll.name\"").contains("send.poll: two body fields"));
    assert!(send("\"media\", ", "\"medium\", ").contains("unknown group medium"));
    let chats = |from, to| broken(include_str!("operations/chats.toml"), "chats", (from, to));
    assert!(chats("depends_on = \"whatsapp\"", "depends_on = \"phone\"").contains("depends_on names an unknown parameter"));
    let devices = |from, to| broken(include_str!("operations/devices.toml"), "devices", (from, to));
    assert!(devices("type = \"string_list\"", "type = \"object_list\"").contains("a query can hold scalars"));
}

#[test]
fn unknown_operation_is_an_error() {
    for name in ["chats", "chats.vanish", "nothing.list", ""] {
        assert!(operation(name).is_err(), "{name}");
    }
}

#[test]
fn every_response_has_a_known_schema() {
    let known = response_schemas().unwrap();
    for operation in operations().unwrap() {
        assert!(operation.response.schema.iter().all(|shape| known.contains_key(shape)), "{}", operation.name);
    }
}
