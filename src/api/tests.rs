#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn every_file_follows_the_rules() {
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
fn a_row_gets_the_parameters_of_its_path_first() {
    let operation = operation("chats.set_status").unwrap();
    let names: Vec<_> = operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["device", "chat", "status"]);
}

#[test]
fn broken_rows_are_refused_with_their_place() {
    let shared = shared().unwrap();
    let row = |change: (&str, &str)| {
        let text = include_str!("session.toml").replace(change.0, change.1);
        rules::parse_resource("session", &text, shared).unwrap_err().to_string()
    };
    assert!(row(("GET", "FETCH")).contains("session.sync: method FETCH"));
    assert!(row(("{device}", "{phone}")).contains("{phone} is not in shared.toml"));
    assert!(row(("behaviour:", "magic:")).contains("crud:… or behaviour:…"));
    assert!(row(("WhatsApp session:Sync", "Queue:Sync")).contains("not of this resource"));
    assert!(row(("repeat", "repeats")).contains("repeats"));
}

#[test]
fn unknown_names_are_an_error() {
    for name in ["chats", "chats.vanish", "nothing.list", ""] {
        assert!(operation(name).is_err(), "{name}");
    }
}
