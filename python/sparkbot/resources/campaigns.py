# Generated from src/api/operations/campaigns.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import AckStatus, Campaign, CampaignContact, CampaignStatus, DateSort


class Campaigns(Resource):
    """Messages to many contacts, sent at a given rate."""

    __slots__ = ()

    def list(
        self,
        *,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        status: Sequence[CampaignStatus] | None = None,
        device: Sequence[str] | None = None,
        owner: Sequence[str] | None = None,
        id: Sequence[str] | None = None,
        phone: Sequence[str] | None = None,
        group: Sequence[str] | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: DateSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[Campaign]:
        """List the campaigns, one page at a time.

        `campaigns.iter` iterates over all pages.

        Args:
            before: Only campaigns before this time.
            after: Only campaigns after this time.
            status: Only campaigns in these states. Allowed: `draft`, `pending`, `processing`, `completed`,
                `failed`, `stopped`, `paused`, `incomplete`.
            device: Only campaigns of these numbers (ids).
            owner: Only campaigns of these users (ids).
            id: Only these campaigns.
            phone: Only campaigns to these phone numbers.
            group: Only campaigns to these groups (wids).
            size: Campaigns per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the campaigns. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Campaign` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.campaigns.list(status=["processing"])

        `GET /campaigns` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Get Campaigns`.
        """
        return self._call("campaigns.list", (before, after, status, device, owner, id, phone, group, size, page, sort), options)

    def iter(
        self,
        *,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        status: Sequence[CampaignStatus] | None = None,
        device: Sequence[str] | None = None,
        owner: Sequence[str] | None = None,
        id: Sequence[str] | None = None,
        phone: Sequence[str] | None = None,
        group: Sequence[str] | None = None,
        size: int | None = None,
        sort: DateSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Campaign]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            before: Only campaigns before this time.
            after: Only campaigns after this time.
            status: Only campaigns in these states. Allowed: `draft`, `pending`, `processing`, `completed`,
                `failed`, `stopped`, `paused`, `incomplete`.
            device: Only campaigns of these numbers (ids).
            owner: Only campaigns of these users (ids).
            id: Only these campaigns.
            phone: Only campaigns to these phone numbers.
            group: Only campaigns to these groups (wids).
            size: Campaigns per page. At least 1. Default of the service: `20`.
            sort: Order of the campaigns. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Campaign` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.campaigns.iter(status=["processing"]): ...

        `GET /campaigns` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Get Campaigns`.
        """
        return self._iterate(
            "campaigns.list",
            (before, after, status, device, owner, id, phone, group, size, None, sort),
            options,
            max_pages,
        )

    def get(self, campaign: str, *, options: Options | None = None) -> Campaign:
        """Read one campaign with its counts.

        Args:
            campaign: Id of the campaign (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Campaign` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.campaigns.get(campaign)["stats"]

        `GET /campaigns/{campaign}` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Get Campaign`.
        """
        return self._call("campaigns.get", (campaign,), options)

    def set_status(self, campaign: str, action: Literal["start", "stop"], *, options: Options | None = None) -> dict[str, Any]:
        """Start or stop a campaign.

        Not idempotent: a second request may restart the campaign.

        Args:
            campaign: Id of the campaign (24 hex digits).
            action: What to do. Allowed: `start`, `stop`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.campaigns.set_status(campaign, "stop")

        `PUT /campaigns/{campaign}/status` · not idempotent · observed in 1 public codebase.
        Title: `Campaigns:Update Campaign Status`.
        """
        return self._call("campaigns.set_status", (campaign, action), options)

    def list_contacts(
        self,
        campaign: str,
        *,
        search: str | None = None,
        target: Sequence[str] | None = None,
        kind: Sequence[Literal["phone", "group"]] | None = None,
        status: Sequence[Literal["pending", "processing", "delivered", "failed"]] | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: DateSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[CampaignContact]:
        """List the recipients of a campaign with their delivery states, one page at a time.

        `campaigns.iter_contacts` iterates over all pages. A recipient that the filter `kind` calls `phone` is
        of kind `user`.

        Args:
            campaign: Id of the campaign (24 hex digits).
            search: Text to search for.
            target: Only these phone numbers or groups (wids).
            kind: Only people, or only groups. Allowed: `phone`, `group`.
            status: Only recipients in these states. Allowed: `pending`, `processing`, `delivered`, `failed`.
            ack: Only recipients whose message is with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            wid: Only these recipients (wids).
            size: Recipients per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the recipients. Allowed: `date:desc`, `date:asc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.CampaignContact` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.campaigns.list_contacts(campaign, status=["failed"])

        `GET /campaigns/{campaign}/contacts` · idempotent · observed in 1 public codebase.
        Title: `Campaigns:Get Campaign Contacts`.
        """
        return self._call(
            "campaigns.list_contacts",
            (campaign, search, target, kind, status, ack, wid, size, page, sort),
            options,
        )

    def iter_contacts(
        self,
        campaign: str,
        *,
        search: str | None = None,
        target: Sequence[str] | None = None,
        kind: Sequence[Literal["phone", "group"]] | None = None,
        status: Sequence[Literal["pending", "processing", "delivered", "failed"]] | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        size: int | None = None,
        sort: DateSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[CampaignContact]:
        """Iterate over all pages of `list_contacts`. Each page is requested when the one before is consumed.

        Args:
            campaign: Id of the campaign (24 hex digits).
            search: Text to search for.
            target: Only these phone numbers or groups (wids).
            kind: Only people, or only groups. Allowed: `phone`, `group`.
            status: Only recipients in these states. Allowed: `pending`, `processing`, `delivered`, `failed`.
            ack: Only recipients whose message is with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            wid: Only these recipients (wids).
            size: Recipients per page. At least 1. Default of the service: `20`.
            sort: Order of the recipients. Allowed: `date:desc`, `date:asc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.CampaignContact` names the known fields; any may
            be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.campaigns.iter_contacts(campaign, status=["failed"]): ...

        `GET /campaigns/{campaign}/contacts` · idempotent · observed in 1 public codebase.
        Title: `Campaigns:Get Campaign Contacts`.
        """
        return self._iterate(
            "campaigns.list_contacts",
            (campaign, search, target, kind, status, ack, wid, size, None, sort),
            options,
            max_pages,
        )

    def delete(self, campaign: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a campaign.

        Args:
            campaign: Id of the campaign (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.campaigns.delete(campaign)

        `DELETE /campaigns/{campaign}` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Delete Campaign`.
        """
        return self._call("campaigns.delete", (campaign,), options)


class AsyncCampaigns(AsyncResource):
    """Messages to many contacts, sent at a given rate."""

    __slots__ = ()

    async def list(
        self,
        *,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        status: Sequence[CampaignStatus] | None = None,
        device: Sequence[str] | None = None,
        owner: Sequence[str] | None = None,
        id: Sequence[str] | None = None,
        phone: Sequence[str] | None = None,
        group: Sequence[str] | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: DateSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[Campaign]:
        """List the campaigns, one page at a time.

        `campaigns.iter` iterates over all pages.

        Args:
            before: Only campaigns before this time.
            after: Only campaigns after this time.
            status: Only campaigns in these states. Allowed: `draft`, `pending`, `processing`, `completed`,
                `failed`, `stopped`, `paused`, `incomplete`.
            device: Only campaigns of these numbers (ids).
            owner: Only campaigns of these users (ids).
            id: Only these campaigns.
            phone: Only campaigns to these phone numbers.
            group: Only campaigns to these groups (wids).
            size: Campaigns per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the campaigns. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Campaign` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.campaigns.list(status=["processing"])

        `GET /campaigns` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Get Campaigns`.
        """
        return await self._call(
            "campaigns.list",
            (before, after, status, device, owner, id, phone, group, size, page, sort),
            options,
        )

    def iter(
        self,
        *,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        status: Sequence[CampaignStatus] | None = None,
        device: Sequence[str] | None = None,
        owner: Sequence[str] | None = None,
        id: Sequence[str] | None = None,
        phone: Sequence[str] | None = None,
        group: Sequence[str] | None = None,
        size: int | None = None,
        sort: DateSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Campaign]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            before: Only campaigns before this time.
            after: Only campaigns after this time.
            status: Only campaigns in these states. Allowed: `draft`, `pending`, `processing`, `completed`,
                `failed`, `stopped`, `paused`, `incomplete`.
            device: Only campaigns of these numbers (ids).
            owner: Only campaigns of these users (ids).
            id: Only these campaigns.
            phone: Only campaigns to these phone numbers.
            group: Only campaigns to these groups (wids).
            size: Campaigns per page. At least 1. Default of the service: `20`.
            sort: Order of the campaigns. Allowed: `date:desc`, `date:asc`. Default of the service:
                `date:desc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Campaign` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.campaigns.iter(status=["processing"]): ...

        `GET /campaigns` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Get Campaigns`.
        """
        return self._iterate(
            "campaigns.list",
            (before, after, status, device, owner, id, phone, group, size, None, sort),
            options,
            max_pages,
        )

    async def get(self, campaign: str, *, options: Options | None = None) -> Campaign:
        """Read one campaign with its counts.

        Args:
            campaign: Id of the campaign (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Campaign` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.campaigns.get(campaign))["stats"]

        `GET /campaigns/{campaign}` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Get Campaign`.
        """
        return await self._call("campaigns.get", (campaign,), options)

    async def set_status(
        self,
        campaign: str,
        action: Literal["start", "stop"],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Start or stop a campaign.

        Not idempotent: a second request may restart the campaign.

        Args:
            campaign: Id of the campaign (24 hex digits).
            action: What to do. Allowed: `start`, `stop`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.campaigns.set_status(campaign, "stop")

        `PUT /campaigns/{campaign}/status` · not idempotent · observed in 1 public codebase.
        Title: `Campaigns:Update Campaign Status`.
        """
        return await self._call("campaigns.set_status", (campaign, action), options)

    async def list_contacts(
        self,
        campaign: str,
        *,
        search: str | None = None,
        target: Sequence[str] | None = None,
        kind: Sequence[Literal["phone", "group"]] | None = None,
        status: Sequence[Literal["pending", "processing", "delivered", "failed"]] | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: DateSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[CampaignContact]:
        """List the recipients of a campaign with their delivery states, one page at a time.

        `campaigns.iter_contacts` iterates over all pages. A recipient that the filter `kind` calls `phone` is
        of kind `user`.

        Args:
            campaign: Id of the campaign (24 hex digits).
            search: Text to search for.
            target: Only these phone numbers or groups (wids).
            kind: Only people, or only groups. Allowed: `phone`, `group`.
            status: Only recipients in these states. Allowed: `pending`, `processing`, `delivered`, `failed`.
            ack: Only recipients whose message is with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            wid: Only these recipients (wids).
            size: Recipients per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the recipients. Allowed: `date:desc`, `date:asc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.CampaignContact` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.campaigns.list_contacts(campaign, status=["failed"])

        `GET /campaigns/{campaign}/contacts` · idempotent · observed in 1 public codebase.
        Title: `Campaigns:Get Campaign Contacts`.
        """
        return await self._call(
            "campaigns.list_contacts",
            (campaign, search, target, kind, status, ack, wid, size, page, sort),
            options,
        )

    def iter_contacts(
        self,
        campaign: str,
        *,
        search: str | None = None,
        target: Sequence[str] | None = None,
        kind: Sequence[Literal["phone", "group"]] | None = None,
        status: Sequence[Literal["pending", "processing", "delivered", "failed"]] | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        size: int | None = None,
        sort: DateSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[CampaignContact]:
        """Iterate over all pages of `list_contacts`. Each page is requested when the one before is consumed.

        Args:
            campaign: Id of the campaign (24 hex digits).
            search: Text to search for.
            target: Only these phone numbers or groups (wids).
            kind: Only people, or only groups. Allowed: `phone`, `group`.
            status: Only recipients in these states. Allowed: `pending`, `processing`, `delivered`, `failed`.
            ack: Only recipients whose message is with these delivery states. Allowed: `pending`, `sent`,
                `delivered`, `read`, `failed`.
            wid: Only these recipients (wids).
            size: Recipients per page. At least 1. Default of the service: `20`.
            sort: Order of the recipients. Allowed: `date:desc`, `date:asc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.CampaignContact` names the known fields; any may
            be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.campaigns.iter_contacts(campaign, status=["failed"]): ...

        `GET /campaigns/{campaign}/contacts` · idempotent · observed in 1 public codebase.
        Title: `Campaigns:Get Campaign Contacts`.
        """
        return self._iterate(
            "campaigns.list_contacts",
            (campaign, search, target, kind, status, ack, wid, size, None, sort),
            options,
            max_pages,
        )

    async def delete(self, campaign: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a campaign.

        Args:
            campaign: Id of the campaign (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The campaign does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.campaigns.delete(campaign)

        `DELETE /campaigns/{campaign}` · idempotent · observed in 2 public codebases.
        Title: `Campaigns:Delete Campaign`.
        """
        return await self._call("campaigns.delete", (campaign,), options)
