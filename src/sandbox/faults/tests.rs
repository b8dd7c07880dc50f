#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::json;

use super::*;
use crate::sandbox::faults::plan::ResponseOutcome;

const LIST: RequestFacts<'static> =
    RequestFacts { operation: Some("chats.list"), method: "GET", path: "/chat/d/chats", device: None, needs_session: false };

fn applied(fault: Value, requests: &[RequestFacts<'_>]) -> Vec<bool> {
    let mut faults = Faults::default();
    faults.add(fault).unwrap();
    requests.iter().map(|request| !faults.plan(request).names.is_empty()).collect()
}

#[test]
fn a_fault_applies_to_its_target_only() {
    let other = RequestFacts { operation: Some("devices.get"), method: "GET", path: "/devices/d", ..LIST };
    for (target, expected) in [
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
        let mut fault = target.clone();
        fault["kind"] = "reset".into();
        assert_eq!(applied(fault, &[LIST, other]), expected, "{target}");
    }
}

#[test]
fn after_and_count_limit_a_fault() {
    let fault = json!({"kind": "status", "status": 503, "after": 1, "count": 2});
    assert_eq!(applied(fault, &[LIST; 5]), [false, true, true, false, false]);
}

#[test]
fn delays_add_up_and_the_first_action_applies() {
    let mut faults = Faults::default();
    for fault in [
        json!({"kind": "latency", "seconds": 0.5}),
        json!({"kind": "status", "status": 418, "message": "Tea", "headers": {"retry-after": "1"}}),
        json!({"kind": "reset"}),
        json!({"kind": "latency", "seconds": 0.25, "executed": false}),
    ] {
        faults.add(fault).unwrap();
    }
    let plan = faults.plan(&LIST);
    assert_eq!((plan.delay.as_millis(), plan.delay_first, plan.executes()), (750, true, false));
    assert_eq!(plan.names, ["latency", "status", "latency"]);
    let ResponseOutcome::Complete(response) = plan.into_outcome(None) else { unreachable!("a status is a response") };
    assert_eq!((response.status, response.headers), (418, vec![("retry-after".to_owned(), "1".to_owned())]));
    assert_eq!(response.body, r#"{"status":418,"message":"Tea"}"#);
}

#[test]
fn invalid_faults_are_rejected_by_field() {
    for (fault, message) in [
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
        let error = Spec::from_json(fault).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

proptest::proptest! {
    #[test]
    fn a_star_matches_any_text(start in "[a-z/]{0,5}", middle in ".{0,8}", end in "[a-z/]{0,5}") {
        let text = format!("{start}{middle}{end}");
        proptest::prop_assert!(matches_glob(&format!("{start}*{end}"), &text), "{}", text);
        proptest::prop_assert!(matches_glob("*", &text));
    }
}
