"""Answers as data frames of pandas or polars: nested fields and metadata become columns.

>>> frame = sparkbot.frames.contacts(client.contacts.iter(device))
>>> {"wid", "createdAt", "info.country", "metadata.tier"} <= set(frame.columns)
True

A field within a field is named with a dot (`owner.agent`), a metadata key after `metadata` (`metadata.tier`). Moments are
datetimes in UTC. docs/frames.md has all of the rule.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal, TypeAlias

    Rows: TypeAlias = Iterable[Mapping[str, Any]]
    Library: TypeAlias = Literal["pandas", "polars"]

__all__ = ["chats", "contacts", "devices", "frame", "messages"]


def contacts(rows: Rows, *, library: Library | None = None) -> Any:
    """Contacts as a frame; each metadata key is a column, such as `metadata.tier`.

    Args:
        rows: What `contacts.list` or `contacts.iter` gives, or dicts of that shape.
        library: `pandas` or `polars`; where it is left out, pandas if it is installed, else polars.

    Returns:
        A `DataFrame` with a row for each contact.

    Raises:
        InvalidArgumentError: `rows` is no iterable of dicts, or `library` is none of the two.
        ImportError: The library is not installed; the message says which extra brings it.

    Example:
        >>> frame = sparkbot.frames.contacts(client.contacts.iter(device))
        >>> frame["metadata.tier"].nunique()
        3
    """
    from sparkbot.types import Contact

    return frame(rows, shape=Contact, library=library)


def chats(rows: Rows, *, library: Library | None = None) -> Any:
    """Chats as a frame, with their owner (`owner.agent`) and contact (`contact.displayName`); `labels` stay lists.

    Args:
        rows: What `chats.list` or `chats.iter` gives, or dicts of that shape.
        library: `pandas` or `polars`; where it is left out, pandas if it is installed, else polars.

    Returns:
        A `DataFrame` with a row for each chat.

    Raises:
        InvalidArgumentError: `rows` is no iterable of dicts, or `library` is none of the two.
        ImportError: The library is not installed; the message says which extra brings it.

    Example:
        >>> frame = sparkbot.frames.chats(client.chats.iter(device), library="polars")
        >>> frame["lastMessageAt"].dtype.time_zone
        'UTC'
    """
    from sparkbot.types import Chat

    return frame(rows, shape=Chat, library=library)


def messages(rows: Rows, *, library: Library | None = None) -> Any:
    """Messages as a frame, with their agent (`agent.id`) and file (`media.mime`).

    Args:
        rows: What `messages.list` or `messages.iter` gives, or dicts of that shape.
        library: `pandas` or `polars`; where it is left out, pandas if it is installed, else polars.

    Returns:
        A `DataFrame` with a row for each message.

    Raises:
        InvalidArgumentError: `rows` is no iterable of dicts, or `library` is none of the two.
        ImportError: The library is not installed; the message says which extra brings it.

    Example:
        >>> frame = sparkbot.frames.messages(client.messages.iter(device, flow="inbound", max_pages=2))
        >>> bool(frame["fromMe"].any())
        False
    """
    from sparkbot.types import Message

    return frame(rows, shape=Message, library=library)


def devices(rows: Rows, *, library: Library | None = None) -> Any:
    """WhatsApp numbers as a frame, with their session (`session.status`) and queue (`queue.size`).

    Args:
        rows: What `devices.list` gives, or dicts of that shape.
        library: `pandas` or `polars`; where it is left out, pandas if it is installed, else polars.

    Returns:
        A `DataFrame` with a row for each number.

    Raises:
        InvalidArgumentError: `rows` is no iterable of dicts, or `library` is none of the two.
        ImportError: The library is not installed; the message says which extra brings it.

    Example:
        >>> sparkbot.frames.devices(client.devices.list())["session.status"].tolist()
        ['online', 'online', 'online']
    """
    from sparkbot.types import Device

    return frame(rows, shape=Device, library=library)


def frame(rows: Rows, *, shape: type | None = None, library: Library | None = None) -> Any:
    """Any list of answers as a frame.

    Args:
        rows: Dicts, as `list` and `iter` give them.
        shape: One of `sparkbot.types`, such as `Campaign`: its fields are columns even where no row has them.
        library: `pandas` or `polars`; where it is left out, pandas if it is installed, else polars.

    Returns:
        A `DataFrame` with a row for each dict.

    Raises:
        InvalidArgumentError: `rows` is no iterable of dicts, `shape` is no shape, or `library` is none of the two.
        ImportError: The library is not installed; the message says which extra brings it.

    Example:
        >>> from sparkbot.types import Campaign
        >>> frame = sparkbot.frames.frame(client.campaigns.iter(), shape=Campaign)
        >>> frame["stats.total"].tolist() == [campaign["stats"]["total"] for campaign in client.campaigns.iter()]
        True
    """
    from .columns import built
    from .flat import table_of
    from .libraries import chosen
    from .shapes import kinds_of

    # The library first: pages that nothing can be made of need not be asked for.
    module = chosen(library)
    kinds = kinds_of(shape)
    return built(table_of(rows, kinds), kinds, module)
