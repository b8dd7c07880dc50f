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

        A number with status `operative` can be used. `devices.iter` walks all the pages.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.list(status="operative")

        `GET /devices` · safe to repeat · observed in 18 public codebases.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Device` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.devices.iter(status="operative"): ...

        `GET /devices` · safe to repeat · observed in 18 public codebases.
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
            include: Extra data to put into the number. Allowed: `agents`, `catalog`, `quickReplies`.
            exclude: Data to leave out. Allowed: `session`, `profile`, `stats`, `queue`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.get(device)["alias"]

        `GET /devices/{device}` · safe to repeat · documented.
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
        """Add a WhatsApp number to the account, which is billed.

        Not repeated after an unclear failure: a second run would add, and bill, a second number.

        Args:
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            billing_plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`,
                `gateway-professional`, `gateway-business`, `gateway-enterprise`, `io-professional`,
                `io-business`, `io-enterprise`.
            description: What the number is for. Up to 80 characters.
            agents: Ids of the agents (users) with access to it.
            payment_intent: Id of a payment, which begins with `pi_`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.create(alias="Sales", billing_plan="professional")

        `POST /devices` · never repeated · observed in 3 public codebases.
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

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            enable: Whether the number is in use.
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            description: What the number is for. Up to 80 characters.
            plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`, `gateway-professional`,
                `gateway-business`, `gateway-enterprise`, `io-professional`, `io-business`, `io-enterprise`.
            webhooks: Ids of the webhooks that are told about the number. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            reboot_policy: How often the session restarts. Allowed: `disabled`, `10m`, `15m`, `20m`, `25m`,
                `30m`, `45m`, `1h`, `2h`, `3h`, `4h`, `5h`, `6h`, `8h`, `10h`, `12h`, `18h`.
            retention_policy: How long the service keeps messages. Allowed: `plan_defaults`, `never`, `5m`,
                `15m`, `30m`, `1h`, `12h`, `24h`, `2d`, `3d`, `4d`, `5d`, `6d`, `7d`, `10d`.
            delivery_speed: Messages a minute, 0 to 150.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.update(device, alias="Sales UK")

        `PATCH /devices/{device}` · safe to repeat · observed in 2 public codebases.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.delete(device)

        `DELETE /devices/{device}` · safe to repeat · observed in 2 public codebases.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.devices.delete_chats(device, ["+447362053577"])

        `DELETE /devices/{device}/chats` · safe to repeat · observed in 1 public codebase.
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

        A number with status `operative` can be used. `devices.iter` walks all the pages.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.devices.list(status="operative")

        `GET /devices` · safe to repeat · observed in 18 public codebases.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            ids: Only these numbers. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: Only numbers in this status. Allowed: `operative`, `pending`, `disabled`, `removed`.
            session_status: Only numbers whose session is in this status. Allowed: `authorize`, `online`,
                `timeout`, `offline`, `error`.
            search: Words to look for in the number, alias or description.
            size: Numbers a page; 100 is the largest that has been seen in use. At least 1. The service takes
                `50` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Device` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.devices.iter(status="operative"): ...

        `GET /devices` · safe to repeat · observed in 18 public codebases.
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
            include: Extra data to put into the number. Allowed: `agents`, `catalog`, `quickReplies`.
            exclude: Data to leave out. Allowed: `session`, `profile`, `stats`, `queue`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.devices.get(device))["alias"]

        `GET /devices/{device}` · safe to repeat · documented.
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
        """Add a WhatsApp number to the account, which is billed.

        Not repeated after an unclear failure: a second run would add, and bill, a second number.

        Args:
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            billing_plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`,
                `gateway-professional`, `gateway-business`, `gateway-enterprise`, `io-professional`,
                `io-business`, `io-enterprise`.
            description: What the number is for. Up to 80 characters.
            agents: Ids of the agents (users) with access to it.
            payment_intent: Id of a payment, which begins with `pi_`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.devices.create(alias="Sales", billing_plan="professional")

        `POST /devices` · never repeated · observed in 3 public codebases.
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

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            enable: Whether the number is in use.
            alias: Name of the number. At least 2 characters. Up to 30 characters.
            description: What the number is for. Up to 80 characters.
            plan: Plan to pay for. Allowed: `professional`, `business`, `enterprise`, `gateway-professional`,
                `gateway-business`, `gateway-enterprise`, `io-professional`, `io-business`, `io-enterprise`.
            webhooks: Ids of the webhooks that are told about the number. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            reboot_policy: How often the session restarts. Allowed: `disabled`, `10m`, `15m`, `20m`, `25m`,
                `30m`, `45m`, `1h`, `2h`, `3h`, `4h`, `5h`, `6h`, `8h`, `10h`, `12h`, `18h`.
            retention_policy: How long the service keeps messages. Allowed: `plan_defaults`, `never`, `5m`,
                `15m`, `30m`, `1h`, `12h`, `24h`, `2d`, `3d`, `4d`, `5d`, `6d`, `7d`, `10d`.
            delivery_speed: Messages a minute, 0 to 150.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Device` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.devices.update(device, alias="Sales UK")

        `PATCH /devices/{device}` · safe to repeat · observed in 2 public codebases.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.devices.delete(device)

        `DELETE /devices/{device}` · safe to repeat · observed in 2 public codebases.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.devices.delete_chats(device, ["+447362053577"])

        `DELETE /devices/{device}/chats` · safe to repeat · observed in 1 public codebase.
        Title: `WhatsApp Numbers:Delete Chats`.
        """
        return await self._call("devices.delete_chats", (device, phones), options)
