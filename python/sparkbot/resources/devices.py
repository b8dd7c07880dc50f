# Generated from src/api/operations/devices.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource
from sparkbot.resources._devices import AsyncDevicesFind, DevicesFind

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import BillingPlan, Device, DeviceStatus, RebootPolicy, RetentionPolicy, SessionStatus


class Devices(DevicesFind, Resource):
    """The account's WhatsApp numbers."""

    __slots__ = ()

    def list(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Device]:
        """List the account's WhatsApp numbers, one page at a time.

        A number with status `operative` can be used. `devices.iter` iterates over all pages.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Text to search for in the number, alias or description.
            size: Numbers per page; 100 is the largest value observed. At least 1. Default of the service:
                `50`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.devices.list(status="operative")

        `GET /devices` · idempotent · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return self._call("devices.list", (ids, status, session_status, search, size, page), options)

    def iter(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Device]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Text to search for in the number, alias or description.
            size: Numbers per page; 100 is the largest value observed. At least 1. Default of the service:
                `50`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Device` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.devices.iter(status="operative"): ...

        `GET /devices` · idempotent · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return self._iterate("devices.list", (ids, status, session_status, search, size, None), options, max_pages)

    def get(
        self,
        device: str,
        *,
        include: Sequence[Literal["agents", "catalog", "quickReplies"]] | None = None,
        exclude: Sequence[Literal["session", "profile", "stats", "queue"]] | None = None,
        options: Options | None = None,
    ) -> Device:
        """Read one WhatsApp number: plan, session, queue, profile and counts.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            include: Additional data to include in the number. Allowed: `agents`, `catalog`, `quickReplies`.
            exclude: Data to leave out. Allowed: `session`, `profile`, `stats`, `queue`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.devices.get(device)["alias"]

        `GET /devices/{device}` · idempotent · documented.
        Title: `WhatsApp Numbers:Get Number by ID`.
        """
        return self._call("devices.get", (device, include, exclude), options)

    def create(
        self,
        *,
        alias: str,
        billing_plan: BillingPlan,
        description: str | None = None,
        agents: Sequence[str] | None = None,
        payment_intent: str | None = None,
        options: Options | None = None,
    ) -> Device:
        """Add a WhatsApp number to the account. The number is billed.

        Not idempotent: a second request would add, and bill, a second number.

        Args:
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            billing_plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`,
                `gateway-professional`, `gateway-business`, `gateway-enterprise`, `io-professional`,
                `io-business`, `io-enterprise`.
            description: What the number is for. Up to 80 characters.
            agents: Ids of the agents (users) with access to it.
            payment_intent: Id of a payment, such as `pi_…`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.devices.create(alias="Sales", billing_plan="professional")

        `POST /devices` · not idempotent · observed in 3 public codebases.
        Title: `WhatsApp Numbers:Create Number`.
        """
        return self._call("devices.create", (alias, billing_plan, description, agents, payment_intent), options)

    def update(
        self,
        device: str,
        *,
        enable: bool | None = None,
        alias: str | None = None,
        description: str | None = None,
        plan: BillingPlan | None = None,
        webhooks: Sequence[str] | None = None,
        reboot_policy: RebootPolicy | None = None,
        retention_policy: RetentionPolicy | None = None,
        delivery_speed: float | None = None,
        options: Options | None = None,
    ) -> Device:
        """Change some settings of a number.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            enable: Whether the number is in use.
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            description: What the number is for. Up to 80 characters.
            plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`, `gateway-professional`,
                `gateway-business`, `gateway-enterprise`, `io-professional`, `io-business`, `io-enterprise`.
            webhooks: Ids of the webhooks that receive the events of the number. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            reboot_policy: How often the session restarts. Allowed: `disabled`, `10m`, `15m`, `20m`, `25m`,
                `30m`, `45m`, `1h`, `2h`, `3h`, `4h`, `5h`, `6h`, `8h`, `10h`, `12h`, `18h`.
            retention_policy: How long the service keeps messages. Allowed: `plan_defaults`, `never`, `5m`,
                `15m`, `30m`, `1h`, `12h`, `24h`, `2d`, `3d`, `4d`, `5d`, `6d`, `7d`, `10d`.
            delivery_speed: Messages per minute, 0 to 150.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.devices.update(device, alias="Sales UK")

        `PATCH /devices/{device}` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp Numbers:Update Number`.
        """
        return self._call(
            "devices.update",
            (device, enable, alias, description, plan, webhooks, reboot_policy, retention_policy, delivery_speed),
            options,
        )

    def delete(self, device: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a number from the account.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
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
            >>> client.devices.delete(device)

        `DELETE /devices/{device}` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp Numbers:Delete Number`.
        """
        return self._call("devices.delete", (device,), options)

    def delete_chats(self, device: str, phones: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Delete the chats of a number with up to 10 phone numbers.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phones: Phone numbers, E.164 with `+`. At least 1 of them. Up to 10 of them. Such as
                `+447362053576`.
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
            >>> client.devices.delete_chats(device, ["+447362053577"])

        `DELETE /devices/{device}/chats` · idempotent · observed in 1 public codebase.
        Title: `WhatsApp Numbers:Delete Chats`.
        """
        return self._call("devices.delete_chats", (device, phones), options)


class AsyncDevices(AsyncDevicesFind, AsyncResource):
    """The account's WhatsApp numbers."""

    __slots__ = ()

    async def list(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Device]:
        """List the account's WhatsApp numbers, one page at a time.

        A number with status `operative` can be used. `devices.iter` iterates over all pages.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Text to search for in the number, alias or description.
            size: Numbers per page; 100 is the largest value observed. At least 1. Default of the service:
                `50`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.devices.list(status="operative")

        `GET /devices` · idempotent · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return await self._call("devices.list", (ids, status, session_status, search, size, page), options)

    def iter(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: DeviceStatus | None = None,
        session_status: SessionStatus | None = None,
        search: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Device]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Text to search for in the number, alias or description.
            size: Numbers per page; 100 is the largest value observed. At least 1. Default of the service:
                `50`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Device` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.devices.iter(status="operative"): ...

        `GET /devices` · idempotent · observed in 18 public codebases.
        Title: `WhatsApp Numbers:Get Numbers`.
        """
        return self._iterate("devices.list", (ids, status, session_status, search, size, None), options, max_pages)

    async def get(
        self,
        device: str,
        *,
        include: Sequence[Literal["agents", "catalog", "quickReplies"]] | None = None,
        exclude: Sequence[Literal["session", "profile", "stats", "queue"]] | None = None,
        options: Options | None = None,
    ) -> Device:
        """Read one WhatsApp number: plan, session, queue, profile and counts.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            include: Additional data to include in the number. Allowed: `agents`, `catalog`, `quickReplies`.
            exclude: Data to leave out. Allowed: `session`, `profile`, `stats`, `queue`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.devices.get(device))["alias"]

        `GET /devices/{device}` · idempotent · documented.
        Title: `WhatsApp Numbers:Get Number by ID`.
        """
        return await self._call("devices.get", (device, include, exclude), options)

    async def create(
        self,
        *,
        alias: str,
        billing_plan: BillingPlan,
        description: str | None = None,
        agents: Sequence[str] | None = None,
        payment_intent: str | None = None,
        options: Options | None = None,
    ) -> Device:
        """Add a WhatsApp number to the account. The number is billed.

        Not idempotent: a second request would add, and bill, a second number.

        Args:
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            billing_plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`,
                `gateway-professional`, `gateway-business`, `gateway-enterprise`, `io-professional`,
                `io-business`, `io-enterprise`.
            description: What the number is for. Up to 80 characters.
            agents: Ids of the agents (users) with access to it.
            payment_intent: Id of a payment, such as `pi_…`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.devices.create(alias="Sales", billing_plan="professional")

        `POST /devices` · not idempotent · observed in 3 public codebases.
        Title: `WhatsApp Numbers:Create Number`.
        """
        return await self._call("devices.create", (alias, billing_plan, description, agents, payment_intent), options)

    async def update(
        self,
        device: str,
        *,
        enable: bool | None = None,
        alias: str | None = None,
        description: str | None = None,
        plan: BillingPlan | None = None,
        webhooks: Sequence[str] | None = None,
        reboot_policy: RebootPolicy | None = None,
        retention_policy: RetentionPolicy | None = None,
        delivery_speed: float | None = None,
        options: Options | None = None,
    ) -> Device:
        """Change some settings of a number.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            enable: Whether the number is in use.
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            description: What the number is for. Up to 80 characters.
            plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`, `gateway-professional`,
                `gateway-business`, `gateway-enterprise`, `io-professional`, `io-business`, `io-enterprise`.
            webhooks: Ids of the webhooks that receive the events of the number. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            reboot_policy: How often the session restarts. Allowed: `disabled`, `10m`, `15m`, `20m`, `25m`,
                `30m`, `45m`, `1h`, `2h`, `3h`, `4h`, `5h`, `6h`, `8h`, `10h`, `12h`, `18h`.
            retention_policy: How long the service keeps messages. Allowed: `plan_defaults`, `never`, `5m`,
                `15m`, `30m`, `1h`, `12h`, `24h`, `2d`, `3d`, `4d`, `5d`, `6d`, `7d`, `10d`.
            delivery_speed: Messages per minute, 0 to 150.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.devices.update(device, alias="Sales UK")

        `PATCH /devices/{device}` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp Numbers:Update Number`.
        """
        return await self._call(
            "devices.update",
            (device, enable, alias, description, plan, webhooks, reboot_policy, retention_policy, delivery_speed),
            options,
        )

    async def delete(self, device: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a number from the account.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
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
            >>> await client.devices.delete(device)

        `DELETE /devices/{device}` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp Numbers:Delete Number`.
        """
        return await self._call("devices.delete", (device,), options)

    async def delete_chats(self, device: str, phones: Sequence[str], *, options: Options | None = None) -> dict[str, Any]:
        """Delete the chats of a number with up to 10 phone numbers.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phones: Phone numbers, E.164 with `+`. At least 1 of them. Up to 10 of them. Such as
                `+447362053576`.
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
            >>> await client.devices.delete_chats(device, ["+447362053577"])

        `DELETE /devices/{device}/chats` · idempotent · observed in 1 public codebase.
        Title: `WhatsApp Numbers:Delete Chats`.
        """
        return await self._call("devices.delete_chats", (device, phones), options)
