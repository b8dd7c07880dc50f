"""What `make demo` runs: the contacts of a CRM's export, written into a sandbox.

The export is as untidy as exports are, so the run ends with exit code 3 and explains every row that it could not write.
This script checks that it did, and ends with 0.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
REPORT = HERE.parent / "target" / "demo-report.csv"

#: Every row of contacts.csv by what becomes of it. All its numbers are invented. The American, German
#: and Swedish ones are of ranges that are kept free for films and books; such ranges of other countries are not valid.
EXPECTED = {
    "ok": 2918,
    "skipped": 9,
    "InvalidRow (contact: no country code)": 14,
    "InvalidRow (contact: exponent)": 12,
    "InvalidRow (row)": 9,
    "InvalidRow (Notes: too long)": 8,
    "InvalidRow (contact: empty)": 7,
    "NotFoundError": 6,
    "InvalidRow (contact: several numbers)": 4,
    "InvalidRow (contact: letters)": 3,
    "InvalidRow (contact: not a contact)": 2,
}
COMMAND = [
    *("sync", str(HERE / "contacts.csv"), "--sandbox", "--report", str(REPORT)),
    *("--map", "First Name=first_name", "--map", "Last Name=last_name"),
    *("--map", "Lifetime Value=lifetime_value", "--map", "Last Contacted=last_contacted"),
    *("--exclude", "Owner Email"),
]


def main() -> int:
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.unlink(missing_ok=True)
    exit_code = subprocess.run([sys.executable, "-m", "sparkbot", *COMMAND], check=False).returncode
    problems = [] if exit_code == 3 else [f"the exit code is {exit_code}, not 3"]
    found = counted()
    kinds = EXPECTED.keys() | found.keys()
    problems += [
        f"{kind}: {found[kind]} rows, not {EXPECTED.get(kind, 0)}" for kind in kinds if found[kind] != EXPECTED.get(kind, 0)
    ]
    if problems:
        print("\nThe demo did not go as it should:", *problems, sep="\n  ", file=sys.stderr)
        return 1
    print(
        f"\nWhat you have seen: {found['ok']:,} rows of a CRM's export written as metadata onto WhatsApp contacts, and "
        f"{found.total() - found['ok'] - found['skipped']} rows that can't be, each with its reason. "
        "That is exit code 3, as it should be."
    )
    return 0


def counted() -> Counter[str]:
    """Rows of the report by kind of error, or by status."""
    if not REPORT.exists():
        return Counter()
    with REPORT.open(encoding="utf-8-sig", newline="") as file:
        return Counter(row["sparkbot_error"] or row["sparkbot_status"] for row in csv.DictReader(file))


if __name__ == "__main__":
    raise SystemExit(main())
