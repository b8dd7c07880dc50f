#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::json;

use super::*;

const DEVICE: &str = "64f0c2a91b7e4d5f8a3b6c01";
const LIST: RequestFacts<'static> =
    RequestFacts { operation: Some("chats.list"), method: "GET", path: "/chat/d/chats", device: None, needs_session: false };

fn struck(given: Value, requests: &[RequestFacts<'_>]) -> Vec<bool> {
    let mut faults = Faults::default();
    faults.add(given).unwrap();
    requests.iter().map(|request| !faults.plan(request).names.is_empty()).collect()
}

#[test]
fn a_fault_strikes_where_it_is_aimed() {
    let other = RequestFacts { operation: Some("devices.get"), method: "GET", path: "/devices/d", ..LIST };
    for (aim, expected) in [
        (json!({}), [true, true]),
        (json!({"operation": "chats.list"}), [true, false]),
        (json!({"operation": "chats.*"}), [true, false]),
        (json!({"method": "get"}), [true, true]),
        (json!({"method": "POST"}), [false, false]),
        (json!({"path": "/chat"}), [true, false]),
        (json!({"path": "/v1/devices"}), [false, true]),
        (json!({"path": "*/d"}), [false, true]),
        (json!({"path": "/v1/*/d/*"}), [true, false]),
    ] {
        let mut given = aim.clone();
        given["kind"] = "reset".into();
        assert_eq!(struck(given, &[LIST, other]), expected, "{aim}");
    }
}

#[test]
fn after_and_count_bound_the_strikes() {
    let given = json!({"kind": "status", "status": 503, "after": 1, "count": 2});
    assert_eq!(struck(given, &[LIST; 5]), [false, true, true, false, false]);
}

#[test]
fn a_rate_limit_strikes_what_is_above_it() {
    let given = json!({"kind": "rate_limit", "per_second": 3});
    assert_eq!(struck(given, &[LIST; 5]), [false, false, false, true, true]);
}

#[test]
fn a_device_is_offline_for_what_needs_its_session() {
    let session = RequestFacts { device: Some(DEVICE), needs_session: true, ..LIST };
    let plain = RequestFacts { needs_session: false, ..session };
    let other = RequestFacts { device: Some("other"), ..session };
    assert_eq!(struck(json!({"kind": "offline", "device": DEVICE}), &[session, plain, other]), [true, false, false]);
    assert_eq!(
        struck(json!({"kind": "offline", "device": DEVICE, "operation": "chats.*"}), &[session, plain, other]),
        [true, true, false]
    );
}

#[test]
fn waits_add_up_and_the_first_end_decides() {
    let mut faults = Faults::default();
    for given in [
        json!({"kind": "latency", "seconds": 0.5}),
        json!({"kind": "status", "status": 418, "message": "Tea", "headers": {"retry-after": "1"}}),
        json!({"kind": "reset"}),
        json!({"kind": "latency", "seconds": 0.25, "executed": false}),
    ] {
        faults.add(given).unwrap();
    }
    let plan = faults.plan(&LIST);
    assert_eq!((plan.wait.as_millis(), plan.waits_first, plan.executes()), (750, true, false));
    assert_eq!(plan.names, ["latency", "status", "latency"]);
    let crate::sandbox::faults::plan::ResponseOutcome::Whole(reply) = plan.depart(None) else {
        unreachable!("a status is an answer")
    };
    assert_eq!((reply.status, reply.headers), (418, vec![("retry-after".to_owned(), "1".to_owned())]));
    assert_eq!(reply.body, r#"{"status":418,"message":"Tea"}"#);
}

#[test]
fn faults_can_be_listed_and_removed() {
    let mut faults = Faults::default();
    let id = faults.add(json!({"kind": "offline", "device": DEVICE, "count": 2})).unwrap();
    let listed = serde_json::to_value(faults.list()).unwrap();
    assert_eq!(listed, json!([{"id": id, "kind": "offline", "count": 2, "device": DEVICE, "matched": 0, "struck": 0}]));
    assert_eq!(faults.offline_devices(), [DEVICE]);
    assert!(faults.remove(id) && !faults.remove(id));
    assert!(faults.offline_devices().is_empty());
}

#[test]
fn wrong_faults_are_refused_by_name() {
    for (given, message) in [
        (json!(3), "fault: give an object with a kind"),
        (json!({"kind": "fire"}), "fault: kind is \"fire\"; there are status, latency, reset, truncate, rate_limit, offline"),
        (
            json!({"kind": "latency", "seconds": 1, "status": 3}),
            "fault: a latency fault has no field `status`; it has seconds, executed, operation",
        ),
        (json!({"kind": "status"}), "fault: a status fault needs the field `status`"),
        (json!({"kind": "status", "status": 99}), "status is not between 200 and 599"),
        (json!({"kind": "status", "status": "x"}), "invalid type"),
        (json!({"kind": "status", "status": 500, "headers": {"a b": "c"}}), "headers has \"a b\", which cannot be sent"),
        (json!({"kind": "latency", "seconds": -1}), "seconds is not between"),
        (json!({"kind": "rate_limit", "per_second": 0}), "per_second is not above 0"),
        (json!({"kind": "reset", "operation": "chats.vanish"}), "operation is \"chats.vanish\"; there is no operation"),
    ] {
        let error = Spec::read(given).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

proptest::proptest! {
    #[test]
    fn a_pattern_fits_what_its_star_stands_for(start in "[a-z/]{0,5}", middle in ".{0,8}", end in "[a-z/]{0,5}") {
        let text = format!("{start}{middle}{end}");
        proptest::prop_assert!(like(&format!("{start}*{end}"), &text), "{}", text);
        proptest::prop_assert!(like("*", &text));
    }
}
