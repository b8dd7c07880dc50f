"""The options of a sync: type, default and command-line form of each. `sync_metadata` documents them."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Annotated, Any, Literal, TypeAlias, TypedDict, get_args, get_origin, get_type_hints

from sparkbot.batch import validation
from sparkbot.batch.outcome import Outcome
from sparkbot.batch.progress import Progress, ProgressOption, check_progress
from sparkbot.errors import InvalidArgumentError
from sparkbot.tabular.read_options import ReadOptions

#: A device's id, phone number or alias; a function that returns one for each row; or None if a column names it.
Device = str | Callable[[Any], str] | None


@dataclass(frozen=True, slots=True)
class Option:
    """Default and command-line form of an option."""

    default: Any = None
    #: None derives the flag from the name; the command has no option without a flag.
    flag: str | None = None
    metavar: str | None = None
    in_command: bool = True


class RowOptions(TypedDict, total=False):
    """How rows are read and written; `retry_failed` repeats these."""

    mapping: Annotated[str | PathLike[str] | Mapping[str, Any] | None, Option(metavar="FILE")]
    id_column: Annotated[str | Collection[str] | None, Option(metavar="COLUMN")]
    map: Annotated[Mapping[str, str] | None, Option(metavar="COLUMN=KEY")]
    only: Annotated[Collection[str] | None, Option(metavar="COLUMN")]
    exclude: Annotated[Collection[str] | None, Option(metavar="COLUMN")]
    keys: Annotated[Literal["header", "snake"], Option("header")]
    null_words: Annotated[Collection[str] | None, Option(flag="--null-word", metavar="TEXT")]
    device_column: Annotated[str | None, Option(metavar="COLUMN")]
    country_code: Annotated[str | None, Option(metavar="CODE")]
    country_column: Annotated[str | None, Option(metavar="COLUMN")]
    ambiguous: Annotated[Literal["refuse", "national"], Option("refuse")]
    several: Annotated[Literal["fail", "first"], Option("fail")]
    empty: Annotated[Literal["skip", "clear", "fail"], Option("skip")]
    on_missing: Annotated[Literal["fail", "create", "skip"], Option("fail")]
    resolve: Annotated[Literal["missing", "off", "all"] | None, Option()]
    concurrency: Annotated[int, Option(16)]
    calls_per_second: Annotated[float | Literal["auto"] | None, Option("auto", flag="--rate", metavar="N|auto|none")]


class RunOptions(RowOptions, total=False):
    """Options of a run on one machine or of one partition on a cluster."""

    offline_timeout: Annotated[float, Option(300.0, metavar="SECONDS")]
    max_error_rate: Annotated[float | None, Option(metavar="SHARE")]
    dry_run: Annotated[bool, Option(False)]


class PartitionOptions(RunOptions, total=False):
    """The options of `sync_metadata` that have the same effect when a partition runs again, on any machine."""

    compare: Literal["service"] | None


class InputOptions(TypedDict, total=False):
    """How a file is read."""

    encoding: Annotated[str | None, Option(metavar="NAME")]
    delimiter: Annotated[str | None, Option(metavar="CHARACTER")]
    sheet: Annotated[str | None, Option(metavar="NAME")]
    skip_footer: Annotated[int, Option(0, metavar="LINES")]
    fail_on_empty: Annotated[bool, Option(False)]


class SyncOptions(RunOptions, InputOptions, total=False):
    """Options of `sync_metadata` and `stream_metadata`."""

    compare: Annotated[Literal["service", "journal"] | None, Option()]
    via: Annotated[Literal["rows", "bulk"], Option("rows")]
    journal: Annotated[str | PathLike[str] | None, Option(metavar="FILE")]
    on_removed: Annotated[Literal["ignore", "clear"], Option("ignore")]
    max_removed_rate: Annotated[float, Option(0.1, metavar="SHARE")]
    resume: Annotated[bool, Option(False)]
    restart: Annotated[bool, Option(False)]
    on_outcome: Annotated[Callable[[Outcome], object] | None, Option(in_command=False)]
    on_progress: Annotated[Callable[[Progress], object] | None, Option(in_command=False)]
    progress: Annotated[ProgressOption, Option("auto", in_command=False)]
    report: Annotated[str | PathLike[str] | None, Option(metavar="FILE")]
    dead_letters: Annotated[str | PathLike[str] | None, Option(metavar="FILE")]
    max_failures_kept: Annotated[int, Option(1000, in_command=False)]


#: The value of every option, defaults included.
ResolvedOptions: TypeAlias = dict[str, Any]


def _declared() -> dict[str, tuple[Any, Option]]:
    hints = get_type_hints(SyncOptions, include_extras=True)
    return {name: (hint.__origin__, hint.__metadata__[0]) for name, hint in hints.items()}


#: Type and `Option` of each option, by name.
OPTIONS = _declared()


def choices(hint: Any) -> tuple[Any, ...] | None:
    """The values that a type allows; None if it isn't a `Literal`."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    members = [choices(member) if member is not type(None) else (None,) for member in get_args(hint)]
    return None if not members or None in members else tuple(value for values in members for value in values or ())


def reject_unknown(options: Iterable[str], allowed: Collection[str]) -> None:
    """Raises `TypeError` if a name is not an allowed option; names all that are."""
    unknown = next((name for name in options if name not in allowed), None)
    if unknown is not None:
        raise TypeError(
            f"unexpected option {unknown!r}: the options are {', '.join(name for name in OPTIONS if name in allowed)}"
        )


def resolve(options: Mapping[str, Any]) -> ResolvedOptions:
    """Returns all options with their defaults, validated; nothing is read or sent before."""
    reject_unknown(options, OPTIONS)
    resolved = {name: options.get(name, option.default) for name, (_, option) in OPTIONS.items()}
    _check_choices(resolved)
    check_progress(resolved["progress"])
    if resolved["resolve"] is None:
        resolved["resolve"] = "missing" if resolved["on_missing"] == "create" and resolved["via"] == "rows" else "off"
    validation.check_concurrency(resolved["concurrency"])
    _check_number(resolved, "offline_timeout", 30 * 86_400.0, "seconds, from 0 to 30 days")
    if resolved["max_error_rate"] is not None:
        _check_number(resolved, "max_error_rate", 1.0, "a share from 0 to 1, such as 0.05")
    _check_number(resolved, "max_removed_rate", 1.0, "a share from 0 to 1, such as 0.05")
    _check_number(resolved, "skip_footer", 1e6, "a number of lines")
    _check_lists(resolved)
    _check_mapping(resolved)
    _check_bulk(resolved)
    _check_journal(resolved)
    return resolved


def repeated(options: ResolvedOptions) -> dict[str, Any]:
    """The options that a second run over the failed rows repeats."""
    return {name: value for name, value in options.items() if name in RowOptions.__optional_keys__}


def _check_choices(options: ResolvedOptions) -> None:
    for name, value in options.items():
        allowed = choices(OPTIONS[name][0])
        if allowed is not None and value not in allowed:
            names = ", ".join(str(choice) for choice in allowed if choice)
            raise InvalidArgumentError(f"{name} is {value!r}: give one of {names}", field=name)


def _check_number(options: ResolvedOptions, name: str, maximum: float, expected: str) -> None:
    value = options[name]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and not math.isnan(value)
    if not (is_number and 0 <= value <= maximum):
        raise InvalidArgumentError(f"{name} is {value!r}: give {expected}", field=name)


def _check_lists(options: ResolvedOptions) -> None:
    """Makes lists of what is iterated over more than once."""
    for name in ("id_column", "only", "exclude", "null_words"):
        value = options[name]
        if value is None or (name == "id_column" and isinstance(value, str)):
            continue
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise InvalidArgumentError(f"{name} is {value!r}: give a list of strings, such as [{str(value)!r}]", field=name)
        options[name] = list(value)
        wrong = next((item for item in options[name] if not isinstance(item, str)), "")
        if wrong != "":
            raise InvalidArgumentError(f"{name} holds {wrong!r}: give strings", field=name)
    keys = options["map"]
    if keys is not None and not (isinstance(keys, Mapping) and all(isinstance(key, str) for key in keys.values())):
        raise InvalidArgumentError(f"map is {keys!r}: give a mapping of column name to metadata key", field="map")


def _check_mapping(options: ResolvedOptions) -> None:
    if options["mapping"] is None:
        return
    for name in ("id_column", "map", "only", "exclude", "device_column", "keys"):
        if options[name] and options[name] != "header":
            raise InvalidArgumentError(f"the mapping selects the columns: pass {name} or mapping, not both", field=name)


def _check_bulk(options: ResolvedOptions) -> None:
    if options["via"] != "bulk":
        return
    if options["resolve"] != "off":
        raise InvalidArgumentError(
            "resolve looks up single numbers, and via='bulk' writes many: remove one of them", field="resolve"
        )
    if options["on_missing"] != "create":
        raise InvalidArgumentError(
            f"via='bulk' creates contacts that do not exist, but on_missing is {options['on_missing']!r}: add "
            "on_missing='create' (--on-missing create), or remove via",
            field="via",
        )
    if options["compare"] == "service":
        raise InvalidArgumentError(
            "compare='service' reads each contact, which takes more calls than via='bulk' saves: compare with the journal, or "
            "remove via",
            field="via",
        )


def _check_journal(options: ResolvedOptions) -> None:
    needs_journal = {
        "resume": options["resume"],
        "restart": options["restart"],
        "compare": options["compare"] == "journal",
        "on_removed": options["on_removed"] == "clear",
    }
    for name, is_set in needs_journal.items():
        if is_set and options["journal"] is None:
            raise InvalidArgumentError(f"{name} needs the journal of the earlier run: give journal (--journal)", field=name)
    if options["resume"] and options["restart"]:
        raise InvalidArgumentError("resume continues the earlier run and restart discards it: give only one", field="restart")
    if options["on_removed"] == "clear" and options["compare"] == "service":
        raise InvalidArgumentError(
            "compare='service' writes only keys that differ, so the journal can't record which values are its own: compare with "
            "the journal, or remove on_removed",
            field="on_removed",
        )


def read_options(options: Mapping[str, Any]) -> ReadOptions:
    """How the input is read."""
    return ReadOptions(
        encoding=options["encoding"],
        delimiter=options["delimiter"],
        sheet=options["sheet"],
        skip_footer=int(options["skip_footer"]),
        exclude=frozenset(options["exclude"] or ()),
    )
