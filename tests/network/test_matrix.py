"""Every network fault against every kind of call: each fault meets each kind in two of the six ways.

`tests/stress/network.py` runs all combinations.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.network import case, certificates
from tests.network.matrix import FAULTS

if TYPE_CHECKING:
    from pathlib import Path

#: Concurrent cases: most of them wait.
WORKERS = 8


@pytest.fixture(scope="module")
def violations_by_fault(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The violations of each fault."""
    bundle: Path = tmp_path_factory.mktemp("trusted") / "authority.pem"
    certificates.authority().cert_pem.write_to_path(bundle)
    every = case.all_cases(list(FAULTS.values()))
    # 6 combinations per fault and kind; the step selects different ones for each fault.
    chosen = [selected for number, selected in enumerate(every) if (number + number // 6) % 3 == 0]
    with ThreadPoolExecutor(WORKERS) as pool:
        broken = list(pool.map(lambda selected: case.run(selected, bundle), chosen))
    violations: dict[str, list[str]] = {name: [] for name in FAULTS}
    for selected, promises in zip(chosen, broken, strict=True):
        violations[selected.fault.name] += [f"{selected}: {promise}: {instead}" for promise, instead in promises]
    return violations


@pytest.mark.parametrize("fault", FAULTS)
def test_client_keeps_its_promises(violations_by_fault: dict[str, list[str]], fault: str) -> None:
    assert violations_by_fault[fault] == []
