# Generated from src/api/operations/labels.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from typing import Any

    from sparkbot.options import Options
    from sparkbot.types import Label, LabelColor


class Labels(Resource):
    """Labels of chats."""

    __slots__ = ()

    def list(self, device: str, *, size: int | None = None, options: Options | None = None) -> builtins.list[Label]:
        """List the labels of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Maximum number of results; 100 has been observed.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Label` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.labels.list(device)

        `GET /devices/{device}/labels` · idempotent · observed in 7 public codebases.
        Title: `Labels:Get Labels`.
        """
        return self._call("labels.list", (device, size), options)

    def create(
        self,
        device: str,
        name: str,
        *,
        color: LabelColor | None = None,
        description: str | None = None,
        options: Options | None = None,
    ) -> Label:
        """Create a label.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name, which also identifies the label. Up to 30 characters.
            color: Color of the label. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`, `rose`,
                `poppy`, `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`, `kelly`,
                `apple`, `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            description: What the label is for.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Label` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.labels.create(device, "vip", color="gold")

        `POST /devices/{device}/labels` · not idempotent · observed in 7 public codebases.
        Title: `Labels:Create Label`.
        """
        return self._call("labels.create", (device, name, color, description), options)

    def update(
        self,
        device: str,
        name: str,
        *,
        color: LabelColor | None = None,
        description: str | None = None,
        options: Options | None = None,
    ) -> Label:
        """Change the color or description of a label.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name of the label to change.
            color: The new color. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`, `rose`, `poppy`,
                `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`, `kelly`, `apple`,
                `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            description: What the label is for.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Label` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.labels.update(device, "vip", color="ruby")

        `PATCH /devices/{device}/labels` · idempotent · observed in 1 public codebase.
        Title: `Labels:Update Label`.
        """
        return self._call("labels.update", (device, name, color, description), options)

    def delete(self, device: str, name: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a label.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name of the label.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.labels.delete(device, "vip")

        `DELETE /devices/{device}/labels` · idempotent · observed in 1 public codebase.
        Title: `Labels:Delete Label`.
        """
        return self._call("labels.delete", (device, name), options)


class AsyncLabels(AsyncResource):
    """Labels of chats."""

    __slots__ = ()

    async def list(self, device: str, *, size: int | None = None, options: Options | None = None) -> builtins.list[Label]:
        """List the labels of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Maximum number of results; 100 has been observed.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Label` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.labels.list(device)

        `GET /devices/{device}/labels` · idempotent · observed in 7 public codebases.
        Title: `Labels:Get Labels`.
        """
        return await self._call("labels.list", (device, size), options)

    async def create(
        self,
        device: str,
        name: str,
        *,
        color: LabelColor | None = None,
        description: str | None = None,
        options: Options | None = None,
    ) -> Label:
        """Create a label.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name, which also identifies the label. Up to 30 characters.
            color: Color of the label. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`, `rose`,
                `poppy`, `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`, `kelly`,
                `apple`, `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            description: What the label is for.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Label` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.labels.create(device, "vip", color="gold")

        `POST /devices/{device}/labels` · not idempotent · observed in 7 public codebases.
        Title: `Labels:Create Label`.
        """
        return await self._call("labels.create", (device, name, color, description), options)

    async def update(
        self,
        device: str,
        name: str,
        *,
        color: LabelColor | None = None,
        description: str | None = None,
        options: Options | None = None,
    ) -> Label:
        """Change the color or description of a label.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name of the label to change.
            color: The new color. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`, `rose`, `poppy`,
                `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`, `kelly`, `apple`,
                `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            description: What the label is for.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Label` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.labels.update(device, "vip", color="ruby")

        `PATCH /devices/{device}/labels` · idempotent · observed in 1 public codebase.
        Title: `Labels:Update Label`.
        """
        return await self._call("labels.update", (device, name, color, description), options)

    async def delete(self, device: str, name: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a label.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name of the label.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.labels.delete(device, "vip")

        `DELETE /devices/{device}/labels` · idempotent · observed in 1 public codebase.
        Title: `Labels:Delete Label`.
        """
        return await self._call("labels.delete", (device, name), options)
