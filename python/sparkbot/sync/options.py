"""The options of a run, held against what they may be before anything is read or sent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sparkbot.batch import validation
from sparkbot.batch.progress import DISPLAYS
from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from os import PathLike

    from sparkbot.batch.outcome import Outcome
    from sparkbot.batch.progress import Display, Progress

    #: A number's id, phone or alias; a function that chooses one for each row; or None where a column names it.
    Device = str | Callable[[Any], str] | None

#: Options by which `retry_failed` reads and writes rows as the first run did.
_REPEATED = (
    "mapping",
    "id_column",
    "map",
    "only",
    "exclude",
    "device_column",
    "country_code",
    "empty",
    "on_missing",
    "concurrency",
    "calls_per_second",
)


@dataclass(slots=True)
class Settings:
    """The options of a run, with their defaults; `sync_metadata` says what each is."""

    mapping: str | PathLike[str] | Mapping[str, Any] | None = None
    id_column: str | None = None
    map: Mapping[str, str] | None = None
    only: Collection[str] | None = None
    exclude: Collection[str] | None = None
    device_column: str | None = None
    country_code: str | None = None
    empty: Literal["skip", "clear", "fail"] = "skip"
    on_missing: Literal["fail", "create", "skip"] = "fail"
    compare: Literal["service", "journal"] | None = None
    via: Literal["rows", "bulk"] = "rows"
    journal: str | PathLike[str] | None = None
    resume: bool = False
    restart: bool = False
    concurrency: int = 16
    calls_per_second: float | Literal["auto"] | None = "auto"
    offline_patience: float = 300.0
    max_error_rate: float | None = None
    on_outcome: Callable[[Outcome], object] | None = None
    on_progress: Callable[[Progress], object] | None = None
    progress: Display = "auto"
    report: str | PathLike[str] | None = None
    dead_letters: str | PathLike[str] | None = None
    dry_run: bool = False
    max_failures_kept: int = 1000

    def __post_init__(self) -> None:
        _choice("empty", self.empty, ("skip", "clear", "fail"))
        _choice("on_missing", self.on_missing, ("fail", "create", "skip"))
        _choice("compare", self.compare, ("service", "journal", None))
        _choice("via", self.via, ("rows", "bulk"))
        _choice("progress", self.progress, DISPLAYS)
        validation.check_concurrency(self.concurrency)
        if not _is_number(self.offline_patience, most=30 * 86_400.0):
            raise InvalidArgumentError(f"{self.offline_patience!r} is no number of seconds", field="offline_patience")
        if self.max_error_rate is not None and not _is_number(self.max_error_rate, most=1.0):
            raise InvalidArgumentError(f"{self.max_error_rate!r} is no share from 0 to 1, such as 0.05", field="max_error_rate")
        self._check_mapping()
        self._check_bulk()
        self._check_journal()

    def _check_mapping(self) -> None:
        if self.mapping is None:
            return
        for field in ("id_column", "map", "only", "exclude", "device_column"):
            if getattr(self, field):
                raise InvalidArgumentError(f"the mapping selects the columns: pass {field} or mapping, not both", field=field)

    def _check_bulk(self) -> None:
        if self.via != "bulk":
            return
        if self.on_missing != "create":
            raise InvalidArgumentError(
                f"bulk creates every contact that does not exist, and on_missing is {self.on_missing!r}: give "
                "on_missing='create' (--on-missing create) too, or leave via away",
                field="via",
            )
        if self.compare == "service":
            raise InvalidArgumentError(
                "reading each contact takes more calls than bulk saves: compare with the journal, or leave via away", field="via"
            )

    def _check_journal(self) -> None:
        needing = {"resume": self.resume, "restart": self.restart, "compare": self.compare == "journal"}
        for field, needs in needing.items():
            if needs and self.journal is None:
                raise InvalidArgumentError(f"{field} needs the journal of the earlier run: give journal (--journal)", field=field)
        if self.resume and self.restart:
            raise InvalidArgumentError(
                "resume goes on with the earlier run and restart forgets how far it was: give one", field="restart"
            )

    def repeated(self) -> dict[str, Any]:
        """The options that a second run over the failed rows takes over."""
        return {name: getattr(self, name) for name in _REPEATED}


def _is_number(given: object, *, most: float) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool) and not math.isnan(given) and 0 <= given <= most


def _choice(field: str, given: str | None, known: tuple[str | None, ...]) -> None:
    if given not in known:
        raise InvalidArgumentError(f"{given!r} is none of {', '.join(str(one) for one in known if one)}", field=field)
