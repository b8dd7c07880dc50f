"""The benchmark's figures: medians of rounds, ratios with their spread, and the targets that they meet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.clients import DICTS, Client
from tests.benchmarks.results import Results
from tests.benchmarks.targets import Target


def run(seconds: float, *, cpu: float = 1.0) -> dict[str, Any]:
    return {"ok": 10, "seconds": seconds, "cpu": cpu, "peak": 30.0, "rose": None}


def results(rounds: dict[str, list[dict[str, Any]]]) -> Results:
    sides = {"ours": "sparkbot", DICTS: "floor", "bare reqwest": "floor"}
    clients = {name: Client(name, (), frozenset(), sides.get(name, "peer")) for name in rounds}
    found = Results(clients)
    for name, runs in rounds.items():
        for measured in runs:
            found.add("work", name, {"": measured})
    return found


def test_ratio_compares_runs_of_the_same_round() -> None:
    # The second round was slow for both: medians of each would give 2 / 1.
    found = results({"ours": [run(1), run(9), run(2)], "peer": [run(1), run(10), run(1)]})
    assert found.ratio("ours", "peer", "work", "seconds") == (1.0, 0.9, 2.0)


def test_best_peer_has_the_lowest_median() -> None:
    found = results({"ours": [run(1)] * 3, "once fast": [run(1), run(9), run(9)], "steady": [run(3)] * 3})
    assert found.best_peer("work", "seconds") == "steady"


def test_best_peer_may_differ_by_figure() -> None:
    found = results({"quick": [run(1, cpu=9)], "lean": [run(9, cpu=1)]})
    assert (found.best_peer("work", "seconds"), found.best_peer("work", "cpu")) == ("quick", "lean")


def test_floor_with_dicts_is_the_sum_of_both() -> None:
    found = results({"ours": [run(6)], "bare reqwest": [run(2)], DICTS: [run(1)]})
    assert found.ratio("ours", "bare reqwest + dicts", "work", "seconds") == pytest.approx((2.0, 2.0, 2.0))


@pytest.mark.parametrize("other", ["absent", None])
def test_ratio_to_an_unmeasured_client_is_none(other: str | None) -> None:
    assert results({"ours": [run(1)]}).ratio("ours", other, "work", "seconds") is None


def test_target_is_met_by_the_median_of_the_ratios() -> None:
    found = results({"ours": [run(1), run(2), run(1)], "peer": [run(1)] * 3})
    target = Target.of_ratio("time", 1.0, found.ratio("ours", "peer", "work", "seconds"))
    assert (target.value, target.low, target.high, target.met) == (1.0, 1.0, 2.0, True)


def test_target_without_a_measurement_is_neither_met_nor_missed() -> None:
    assert Target.of_ratio("time", 1.0, None).met is None
