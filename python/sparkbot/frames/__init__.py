"""Responses as data frames of pandas or polars, or as Arrow tables: nested fields and metadata become columns.

>>> frame = sparkbot.frames.contacts(client.contacts.iter(device))
>>> {"wid", "createdAt", "info.country", "metadata.tier"} <= set(frame.columns)
True

A nested field has a dotted column name (`owner.agent`), a metadata key is prefixed by `metadata` (`metadata.tier`).
Timestamps become datetimes in UTC. docs/frames.md has all conversion rules.
"""

from __future__ import annotations

from sparkbot._annotations import make_public

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal, TypeAlias

    from sparkbot.batch.outcome import Outcome

    Rows: TypeAlias = Iterable[Mapping[str, Any]]
    Library: TypeAlias = Literal["pandas", "polars", "arrow"]

__all__ = ["chats", "contacts", "devices", "frame", "messages", "outcomes"]


def contacts(rows: Rows, *, library: Library | None = None) -> Any:
    """Contacts as a data frame; each metadata key is a column, such as `metadata.tier`.

    Args:
        rows: Results of `contacts.list` or `contacts.iter`, or dicts of that shape.
        library: `pandas`, `polars` or `arrow`; see `frame`, also for the errors.

    Returns:
        A `DataFrame` with a row per contact.

    Example:
        >>> frame = sparkbot.frames.contacts(client.contacts.iter(device))
        >>> frame["metadata.tier"].nunique()
        3
    """
    from sparkbot.types import Contact

    return frame(rows, shape=Contact, library=library)


def chats(rows: Rows, *, library: Library | None = None) -> Any:
    """Chats as a data frame, with owner (`owner.agent`) and contact (`contact.displayName`); `labels` stay lists.

    Args:
        rows: Results of `chats.list` or `chats.iter`, or dicts of that shape.
        library: `pandas`, `polars` or `arrow`; see `frame`, also for the errors.

    Returns:
        A `DataFrame` with a row per chat.

    Example:
        >>> frame = sparkbot.frames.chats(client.chats.iter(device), library="polars")
        >>> frame["lastMessageAt"].dtype.time_zone
        'UTC'
    """
    from sparkbot.types import Chat

    return frame(rows, shape=Chat, library=library)


def messages(rows: Rows, *, library: Library | None = None) -> Any:
    """Messages as a data frame, with agent (`agent.id`) and file (`media.mime`).

    Args:
        rows: Results of `messages.list` or `messages.iter`, or dicts of that shape.
        library: `pandas`, `polars` or `arrow`; see `frame`, also for the errors.

    Returns:
        A `DataFrame` with a row per message.

    Example:
        >>> frame = sparkbot.frames.messages(client.messages.iter(device, flow="inbound", max_pages=2))
        >>> bool(frame["fromMe"].any())
        False
    """
    from sparkbot.types import Message

    return frame(rows, shape=Message, library=library)


def devices(rows: Rows, *, library: Library | None = None) -> Any:
    """Devices as a data frame, with session (`session.status`) and queue (`queue.size`).

    Args:
        rows: Results of `devices.list`, or dicts of that shape.
        library: `pandas`, `polars` or `arrow`; see `frame`, also for the errors.

    Returns:
        A `DataFrame` with a row per device.

    Example:
        >>> sparkbot.frames.devices(client.devices.list())["session.status"].tolist()
        ['online', 'online', 'online']
    """
    from sparkbot.types import Device

    return frame(rows, shape=Device, library=library)


def outcomes(outcomes: Iterable[Outcome[Any]], *, library: Library | None = None) -> Any:
    """Outcomes of a run as a data frame, with the item (`input.chat`), the result (`result.status`) and the error (`error.type`).

    It has contacts and values, unlike the summary of a report.

    Args:
        outcomes: What `client.map`, its `collect` and `stream_metadata` return.
        library: `pandas`, `polars` or `arrow`; see `frame`, also for the errors.

    Returns:
        A `DataFrame` with a row per outcome.

    Example:
        >>> run = client.map(client.devices.get, [{"device": device}])
        >>> table = sparkbot.frames.outcomes(run, library="arrow")
        >>> table["status"].to_pylist()
        ['ok']
    """
    from .outcome_rows import OutcomeFields, to_rows

    return frame(to_rows(outcomes), shape=OutcomeFields, library=library)


def frame(rows: Rows, *, shape: type | None = None, library: Library | None = None) -> Any:
    """Any list of responses as a data frame.

    Args:
        rows: Dicts, as returned by `list` and `iter`.
        shape: A type of `sparkbot.types`, such as `Campaign`: its fields become columns even if no row has them.
        library: `pandas`, `polars` or `arrow`. By default the first of these that is installed.

    Returns:
        A `DataFrame` with a row per dict. With `arrow` a `pyarrow.Table`, which DuckDB, polars, pandas and others read without a
        copy, through `__arrow_c_stream__`.

    Raises:
        InvalidArgumentError: `rows` is not an iterable of dicts, `shape` is not a type, or `library` is not supported.
        ImportError: The library is not installed; the message names the extra that installs it.

    Example:
        >>> from sparkbot.types import Campaign
        >>> frame = sparkbot.frames.frame(client.campaigns.iter(), shape=Campaign)
        >>> frame["stats.total"].tolist() == [campaign["stats"]["total"] for campaign in client.campaigns.iter()]
        True
    """
    from .columns import build_frame, resolve_library
    from .flatten import flatten
    from .schema import column_types

    # Before the first page is requested.
    module = resolve_library(library)
    types = column_types(shape)
    return build_frame(flatten(rows, types), types, module)


make_public(__name__)
