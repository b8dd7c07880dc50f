# Generated from src/api/operations/webhooks.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import Webhook, WebhookEvent, WebhookLog


class Webhooks(Resource):
    """Addresses to which the service sends events."""

    __slots__ = ()

    def list(
        self,
        *,
        devices: Sequence[str] | None = None,
        status: Sequence[Literal["removed", "error", "pending", "failed", "active"]] | None = None,
        search: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Webhook]:
        """List the webhooks, one page at a time.

        `webhooks.iter` iterates over all pages.

        Args:
            devices: Only webhooks of these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only webhooks in these states. Allowed: `removed`, `error`, `pending`, `failed`, `active`.
            search: Text to search for in the name or address. At least 2 characters. Up to 200 characters.
            size: Webhooks per page. At least 1. At most 200. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. At most 50. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.list(status=["active"])

        `GET /webhooks` · idempotent · documented.
        Title: `Webhooks:Get Webhooks`.
        """
        return self._call("webhooks.list", (devices, status, search, size, page), options)

    def iter(
        self,
        *,
        devices: Sequence[str] | None = None,
        status: Sequence[Literal["removed", "error", "pending", "failed", "active"]] | None = None,
        search: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Webhook]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            devices: Only webhooks of these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only webhooks in these states. Allowed: `removed`, `error`, `pending`, `failed`, `active`.
            search: Text to search for in the name or address. At least 2 characters. Up to 200 characters.
            size: Webhooks per page. At least 1. At most 200. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Webhook` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.webhooks.iter(status=["active"]): ...

        `GET /webhooks` · idempotent · documented.
        Title: `Webhooks:Get Webhooks`.
        """
        return self._iterate("webhooks.list", (devices, status, search, size, None), options, max_pages)

    def create(
        self,
        *,
        name: str,
        url: str,
        events: Sequence[WebhookEvent],
        device: str | None = None,
        sample: str | None = None,
        options: Options | None = None,
    ) -> Webhook:
        """Register an address for events.

        A registered address is a `ConflictError`.

        Args:
            name: Name. Up to 30 characters.
            url: Public http(s) address. It is not known whether the requests are signed, so put a secret into
                the address. Such as `https://example.com/path`.
            events: Events to send. Allowed: `message:in:new`, `message:out:new`, `message:out:sent`,
                `message:out:ack`, `message:out:failed`, `message:update`, `message:reaction`, `channel:in`,
                `status:update`, `group:update`, `chat:update`, `contact:update`, `number:session`.
            device: Id of the number; all numbers if not given. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            sample: A word such as `inbound-text`; one other client sends it; its effect is not known. Less
                certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.create(name="CRM", url="https://example.com/hook?secret=4f8a3b6c", events=["message:in:new"])

        `POST /webhooks` · not idempotent · documented.
        Title: `Webhooks:Create Webhook`.
        """
        return self._call("webhooks.create", (name, url, events, device, sample), options)

    def get(
        self,
        webhook: str,
        *,
        workflow: str | None = None,
        sample: str | None = None,
        options: Options | None = None,
    ) -> Webhook:
        """Read one webhook.

        Args:
            webhook: Id of the webhook (24 hex digits).
            workflow: Id of a workflow; only one other client sends it. Less certain than the operation.
            sample: Name of a sample event, such as `inbound-text`; one other client sends it; its effect is
                not known. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.get(webhook)["status"]

        `GET /webhooks/{webhook}` · idempotent · observed in 2 public codebases.
        Title: `Webhooks:Get Webhook`.
        """
        return self._call("webhooks.get", (webhook, workflow, sample), options)

    def update(
        self,
        webhook: str,
        *,
        name: str | None = None,
        url: str | None = None,
        events: Sequence[WebhookEvent] | None = None,
        device: str | None = None,
        options: Options | None = None,
    ) -> Webhook:
        """Change some fields of a webhook.

        Give at least one field to change.

        Args:
            webhook: Id of the webhook (24 hex digits).
            name: Name. Up to 30 characters.
            url: Public http(s) address. Such as `https://example.com/path`.
            events: Events to send; replaces the list. Allowed: `message:in:new`, `message:out:new`,
                `message:out:sent`, `message:out:ack`, `message:out:failed`, `message:update`,
                `message:reaction`, `channel:in`, `status:update`, `group:update`, `chat:update`,
                `contact:update`, `number:session`.
            device: Id of the number.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.update(webhook, events=["message:in:new", "message:out:ack"])

        `PATCH /webhooks/{webhook}` · idempotent · observed in 4 public codebases.
        Title: `Webhooks:Update Webhook`.
        """
        return self._call("webhooks.update", (webhook, name, url, events, device), options)

    def delete(self, webhook: str, *, workflow: str | None = None, options: Options | None = None) -> dict[str, Any]:
        """Delete a webhook.

        Args:
            webhook: Id of the webhook (24 hex digits).
            workflow: Id of a workflow; only one other client sends it. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.delete(webhook)

        `DELETE /webhooks/{webhook}` · idempotent · observed in 9 public codebases.
        Title: `Webhooks:Delete Webhook`.
        """
        return self._call("webhooks.delete", (webhook, workflow), options)

    def enable(self, webhook: str, *, options: Options | None = None) -> dict[str, Any]:
        """Enable a webhook that the service has disabled.

        Args:
            webhook: Id of the webhook (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.enable(webhook)

        `POST /webhooks/{webhook}/enable` · idempotent · observed in 2 public codebases.
        Title: `Webhooks:Enable Webhook`.
        """
        return self._call("webhooks.enable", (webhook,), options)

    def list_logs(
        self,
        webhook: str,
        *,
        size: int | None = None,
        skip: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[WebhookLog]:
        """List the deliveries to a webhook and their results.

        Args:
            webhook: Id of the webhook (24 hex digits).
            size: Maximum number of entries. Default of the service: `20`.
            skip: Entries to skip; this list is not paginated. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.WebhookLog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.webhooks.list_logs(webhook, size=50)

        `GET /webhooks/{webhook}/logs` · idempotent · observed in 1 public codebase.
        Title: `Webhooks:Get Webhook Logs`.
        """
        return self._call("webhooks.list_logs", (webhook, size, skip), options)


class AsyncWebhooks(AsyncResource):
    """Addresses to which the service sends events."""

    __slots__ = ()

    async def list(
        self,
        *,
        devices: Sequence[str] | None = None,
        status: Sequence[Literal["removed", "error", "pending", "failed", "active"]] | None = None,
        search: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Webhook]:
        """List the webhooks, one page at a time.

        `webhooks.iter` iterates over all pages.

        Args:
            devices: Only webhooks of these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only webhooks in these states. Allowed: `removed`, `error`, `pending`, `failed`, `active`.
            search: Text to search for in the name or address. At least 2 characters. Up to 200 characters.
            size: Webhooks per page. At least 1. At most 200. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. At most 50. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.webhooks.list(status=["active"])

        `GET /webhooks` · idempotent · documented.
        Title: `Webhooks:Get Webhooks`.
        """
        return await self._call("webhooks.list", (devices, status, search, size, page), options)

    def iter(
        self,
        *,
        devices: Sequence[str] | None = None,
        status: Sequence[Literal["removed", "error", "pending", "failed", "active"]] | None = None,
        search: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Webhook]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            devices: Only webhooks of these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only webhooks in these states. Allowed: `removed`, `error`, `pending`, `failed`, `active`.
            search: Text to search for in the name or address. At least 2 characters. Up to 200 characters.
            size: Webhooks per page. At least 1. At most 200. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Webhook` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.webhooks.iter(status=["active"]): ...

        `GET /webhooks` · idempotent · documented.
        Title: `Webhooks:Get Webhooks`.
        """
        return self._iterate("webhooks.list", (devices, status, search, size, None), options, max_pages)

    async def create(
        self,
        *,
        name: str,
        url: str,
        events: Sequence[WebhookEvent],
        device: str | None = None,
        sample: str | None = None,
        options: Options | None = None,
    ) -> Webhook:
        """Register an address for events.

        A registered address is a `ConflictError`.

        Args:
            name: Name. Up to 30 characters.
            url: Public http(s) address. It is not known whether the requests are signed, so put a secret into
                the address. Such as `https://example.com/path`.
            events: Events to send. Allowed: `message:in:new`, `message:out:new`, `message:out:sent`,
                `message:out:ack`, `message:out:failed`, `message:update`, `message:reaction`, `channel:in`,
                `status:update`, `group:update`, `chat:update`, `contact:update`, `number:session`.
            device: Id of the number; all numbers if not given. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            sample: A word such as `inbound-text`; one other client sends it; its effect is not known. Less
                certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.webhooks.create(
            ...     name="CRM",
            ...     url="https://example.com/hook?secret=4f8a3b6c",
            ...     events=["message:in:new"],
            ... )

        `POST /webhooks` · not idempotent · documented.
        Title: `Webhooks:Create Webhook`.
        """
        return await self._call("webhooks.create", (name, url, events, device, sample), options)

    async def get(
        self,
        webhook: str,
        *,
        workflow: str | None = None,
        sample: str | None = None,
        options: Options | None = None,
    ) -> Webhook:
        """Read one webhook.

        Args:
            webhook: Id of the webhook (24 hex digits).
            workflow: Id of a workflow; only one other client sends it. Less certain than the operation.
            sample: Name of a sample event, such as `inbound-text`; one other client sends it; its effect is
                not known. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.webhooks.get(webhook))["status"]

        `GET /webhooks/{webhook}` · idempotent · observed in 2 public codebases.
        Title: `Webhooks:Get Webhook`.
        """
        return await self._call("webhooks.get", (webhook, workflow, sample), options)

    async def update(
        self,
        webhook: str,
        *,
        name: str | None = None,
        url: str | None = None,
        events: Sequence[WebhookEvent] | None = None,
        device: str | None = None,
        options: Options | None = None,
    ) -> Webhook:
        """Change some fields of a webhook.

        Give at least one field to change.

        Args:
            webhook: Id of the webhook (24 hex digits).
            name: Name. Up to 30 characters.
            url: Public http(s) address. Such as `https://example.com/path`.
            events: Events to send; replaces the list. Allowed: `message:in:new`, `message:out:new`,
                `message:out:sent`, `message:out:ack`, `message:out:failed`, `message:update`,
                `message:reaction`, `channel:in`, `status:update`, `group:update`, `chat:update`,
                `contact:update`, `number:session`.
            device: Id of the number.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Webhook` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.webhooks.update(webhook, events=["message:in:new", "message:out:ack"])

        `PATCH /webhooks/{webhook}` · idempotent · observed in 4 public codebases.
        Title: `Webhooks:Update Webhook`.
        """
        return await self._call("webhooks.update", (webhook, name, url, events, device), options)

    async def delete(self, webhook: str, *, workflow: str | None = None, options: Options | None = None) -> dict[str, Any]:
        """Delete a webhook.

        Args:
            webhook: Id of the webhook (24 hex digits).
            workflow: Id of a workflow; only one other client sends it. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.webhooks.delete(webhook)

        `DELETE /webhooks/{webhook}` · idempotent · observed in 9 public codebases.
        Title: `Webhooks:Delete Webhook`.
        """
        return await self._call("webhooks.delete", (webhook, workflow), options)

    async def enable(self, webhook: str, *, options: Options | None = None) -> dict[str, Any]:
        """Enable a webhook that the service has disabled.

        Args:
            webhook: Id of the webhook (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.webhooks.enable(webhook)

        `POST /webhooks/{webhook}/enable` · idempotent · observed in 2 public codebases.
        Title: `Webhooks:Enable Webhook`.
        """
        return await self._call("webhooks.enable", (webhook,), options)

    async def list_logs(
        self,
        webhook: str,
        *,
        size: int | None = None,
        skip: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[WebhookLog]:
        """List the deliveries to a webhook and their results.

        Args:
            webhook: Id of the webhook (24 hex digits).
            size: Maximum number of entries. Default of the service: `20`.
            skip: Entries to skip; this list is not paginated. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.WebhookLog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The webhook does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.webhooks.list_logs(webhook, size=50)

        `GET /webhooks/{webhook}/logs` · idempotent · observed in 1 public codebase.
        Title: `Webhooks:Get Webhook Logs`.
        """
        return await self._call("webhooks.list_logs", (webhook, size, skip), options)
