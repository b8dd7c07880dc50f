# Generated from src/api/operations/team.toml by `make generate`; edit that file.
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
    from sparkbot.types import DeletedMember, OwnerAction, TeamColor, TeamMember, TeamRole


class Team(Resource):
    """The people who work with the account."""

    __slots__ = ()

    def me(self, *, options: Options | None = None) -> TeamMember:
        """Read the account that the API key belongs to.

        Not among the service's documented operations: one public client sends it, and reads `email` and
        `name`.

        Args:
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.TeamMember` names the likely fields; any may be missing.

        Raises:
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.team.me()["email"]

        `GET /me` · idempotent · assumed.
        Title: `Team:Get Own Account`.
        """
        return self._call("team.me", (), options)

    def list(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: Sequence[Literal["active", "pending", "suspended"]] | None = None,
        role: Sequence[TeamRole] | None = None,
        search: str | None = None,
        device: str | None = None,
        except_ids: Sequence[str] | None = None,
        online_before: datetime | str | None = None,
        online_after: datetime | str | None = None,
        login_before: datetime | str | None = None,
        login_after: datetime | str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[TeamMember]:
        """List the team, one page at a time.

        `team.iter` iterates over all pages.

        Args:
            ids: Only these members.
            status: Only members in these states. Allowed: `active`, `pending`, `suspended`.
            role: Only members in these roles. Allowed: `admin`, `supervisor`, `agent`.
            search: Text to search for in the name or email.
            device: Only members with access to this number (id).
            except_ids: Exclude these members.
            online_before: Only members last online before this time.
            online_after: Only members last online after this time.
            login_before: Only members last logged in before this time.
            login_after: Only members last logged in after this time.
            size: Members per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.TeamMember` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.team.list(role=["agent"])

        `GET /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Get Team Members`.
        """
        return self._call(
            "team.list",
            (ids, status, role, search, device, except_ids, online_before, online_after, login_before, login_after, size, page),
            options,
        )

    def iter(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: Sequence[Literal["active", "pending", "suspended"]] | None = None,
        role: Sequence[TeamRole] | None = None,
        search: str | None = None,
        device: str | None = None,
        except_ids: Sequence[str] | None = None,
        online_before: datetime | str | None = None,
        online_after: datetime | str | None = None,
        login_before: datetime | str | None = None,
        login_after: datetime | str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[TeamMember]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            ids: Only these members.
            status: Only members in these states. Allowed: `active`, `pending`, `suspended`.
            role: Only members in these roles. Allowed: `admin`, `supervisor`, `agent`.
            search: Text to search for in the name or email.
            device: Only members with access to this number (id).
            except_ids: Exclude these members.
            online_before: Only members last online before this time.
            online_after: Only members last online after this time.
            login_before: Only members last logged in before this time.
            login_after: Only members last logged in after this time.
            size: Members per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.TeamMember` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.team.iter(role=["agent"]): ...

        `GET /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Get Team Members`.
        """
        return self._iterate(
            "team.list",
            (ids, status, role, search, device, except_ids, online_before, online_after, login_before, login_after, size, None),
            options,
            max_pages,
        )

    def update(
        self,
        member: str,
        *,
        display_name: str | None = None,
        email: str | None = None,
        password: str | None = None,
        role: TeamRole | None = None,
        color: TeamColor | None = None,
        options: Options | None = None,
    ) -> TeamMember:
        """Change some fields of a team member.

        Give at least one field to change.

        Args:
            member: Id of the member (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            display_name: Name that others see. At least 2 characters. Up to 30 characters.
            email: Email address, which is also the login. Such as `ada@example.com`.
            password: A new password. At least 5 characters. Up to 50 characters.
            role: What the member may do. Allowed: `admin`, `supervisor`, `agent`.
            color: Color of the member. Allowed: `blue`, `azure`, `indigo`, `purple`, `pink`, `red`, `orange`,
                `yellow`, `lime`, `green`, `teal`, `cyan`, `gray`, `gray-dark`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.TeamMember` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.team.update(member, role="supervisor")

        `PATCH /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Update Team Member`.
        """
        return self._call("team.update", (member, display_name, email, password, role, color), options)

    def delete(self, users: Sequence[DeletedMember], *, force: bool, options: Options | None = None) -> dict[str, Any]:
        """Delete up to 10 members from the team.

        Args:
            users: The members, by `id` or by `email`, and what happens to their chats. At least 1 of them. Up
                to 10 of them. Keys: `id`, `email`, `action` (required), `assign`, `remove` (required); see
                `sparkbot.types.DeletedMember`.
            force: Delete them even if they have open chats.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.team.delete([{"id": member, "action": "unassign", "remove": False}], force=False)

        `DELETE /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Delete Team Members`.
        """
        return self._call("team.delete", (users, force), options)

    def list_device_members(
        self,
        device: str,
        *,
        size: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[TeamMember]:
        """List the team members with access to a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Maximum number of results; 100 has been observed.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.TeamMember` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.team.list_device_members(device)

        `GET /devices/{device}/team` · idempotent · observed in 6 public codebases.
        Title: `Team:Get Device Team Members`.
        """
        return self._call("team.list_device_members", (device, size), options)

    def create(
        self,
        device: str,
        *,
        display_name: str,
        email: str,
        password: str,
        role: TeamRole,
        color: TeamColor,
        invite: bool | None = None,
        options: Options | None = None,
    ) -> TeamMember:
        """Add a member to the team, with access to a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            display_name: Name that others see. At least 2 characters. Up to 30 characters.
            email: Email address, which is also the login. Such as `ada@example.com`.
            password: The first password. At least 5 characters. Up to 50 characters.
            role: What the member may do. Allowed: `admin`, `supervisor`, `agent`.
            color: Color of the member. Allowed: `blue`, `azure`, `indigo`, `purple`, `pink`, `red`, `orange`,
                `yellow`, `lime`, `green`, `teal`, `cyan`, `gray`, `gray-dark`.
            invite: Send an invitation by email. Default of the service: `False`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.TeamMember` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.team.create(
            ...     device,
            ...     display_name="Ada",
            ...     email="ada@example.com",
            ...     password="a long secret",
            ...     role="agent",
            ...     color="teal",
            ... )

        `POST /devices/{device}/team` · not idempotent · observed in 3 public codebases.
        Title: `Team:Create Team Member`.
        """
        return self._call("team.create", (device, display_name, email, password, role, color, invite), options)

    def grant_access(self, device: str, member: str, *, options: Options | None = None) -> dict[str, Any]:
        """Give a team member access to a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            member: Id of the member (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> client.team.grant_access(device, member)

        `PATCH /devices/{device}/team` · idempotent · observed in 1 public codebase.
        Title: `Team:Grant Device Access`.
        """
        return self._call("team.grant_access", (device, member), options)

    def revoke_access(
        self,
        device: str,
        *,
        member: str | None = None,
        email: str | None = None,
        action: OwnerAction,
        assign: str | None = None,
        remove: bool,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Revoke the access of a team member to a number.

        Give exactly one of `member` and `email`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            member: Id or email of the member; or give `email`.
            email: Email of the member. Such as `ada@example.com`.
            action: What happens to the member's chats on this number. Allowed: `unassign`, `reassign`,
                `resolve`.
            assign: Id of the member who receives the chats, for `reassign`. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            remove: Whether the user account is also deleted.
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
            >>> client.team.revoke_access(device, member=member, action="unassign", remove=False)

        `DELETE /devices/{device}/team` · idempotent · observed in 1 public codebase.
        Title: `Team:Revoke Device Access`.
        """
        return self._call("team.revoke_access", (device, member, email, action, assign, remove), options)


class AsyncTeam(AsyncResource):
    """The people who work with the account."""

    __slots__ = ()

    async def me(self, *, options: Options | None = None) -> TeamMember:
        """Read the account that the API key belongs to.

        Not among the service's documented operations: one public client sends it, and reads `email` and
        `name`.

        Args:
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.TeamMember` names the likely fields; any may be missing.

        Raises:
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.team.me())["email"]

        `GET /me` · idempotent · assumed.
        Title: `Team:Get Own Account`.
        """
        return await self._call("team.me", (), options)

    async def list(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: Sequence[Literal["active", "pending", "suspended"]] | None = None,
        role: Sequence[TeamRole] | None = None,
        search: str | None = None,
        device: str | None = None,
        except_ids: Sequence[str] | None = None,
        online_before: datetime | str | None = None,
        online_after: datetime | str | None = None,
        login_before: datetime | str | None = None,
        login_after: datetime | str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[TeamMember]:
        """List the team, one page at a time.

        `team.iter` iterates over all pages.

        Args:
            ids: Only these members.
            status: Only members in these states. Allowed: `active`, `pending`, `suspended`.
            role: Only members in these roles. Allowed: `admin`, `supervisor`, `agent`.
            search: Text to search for in the name or email.
            device: Only members with access to this number (id).
            except_ids: Exclude these members.
            online_before: Only members last online before this time.
            online_after: Only members last online after this time.
            login_before: Only members last logged in before this time.
            login_after: Only members last logged in after this time.
            size: Members per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.TeamMember` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.team.list(role=["agent"])

        `GET /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Get Team Members`.
        """
        return await self._call(
            "team.list",
            (ids, status, role, search, device, except_ids, online_before, online_after, login_before, login_after, size, page),
            options,
        )

    def iter(
        self,
        *,
        ids: Sequence[str] | None = None,
        status: Sequence[Literal["active", "pending", "suspended"]] | None = None,
        role: Sequence[TeamRole] | None = None,
        search: str | None = None,
        device: str | None = None,
        except_ids: Sequence[str] | None = None,
        online_before: datetime | str | None = None,
        online_after: datetime | str | None = None,
        login_before: datetime | str | None = None,
        login_after: datetime | str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[TeamMember]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            ids: Only these members.
            status: Only members in these states. Allowed: `active`, `pending`, `suspended`.
            role: Only members in these roles. Allowed: `admin`, `supervisor`, `agent`.
            search: Text to search for in the name or email.
            device: Only members with access to this number (id).
            except_ids: Exclude these members.
            online_before: Only members last online before this time.
            online_after: Only members last online after this time.
            login_before: Only members last logged in before this time.
            login_after: Only members last logged in after this time.
            size: Members per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.TeamMember` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.team.iter(role=["agent"]): ...

        `GET /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Get Team Members`.
        """
        return self._iterate(
            "team.list",
            (ids, status, role, search, device, except_ids, online_before, online_after, login_before, login_after, size, None),
            options,
            max_pages,
        )

    async def update(
        self,
        member: str,
        *,
        display_name: str | None = None,
        email: str | None = None,
        password: str | None = None,
        role: TeamRole | None = None,
        color: TeamColor | None = None,
        options: Options | None = None,
    ) -> TeamMember:
        """Change some fields of a team member.

        Give at least one field to change.

        Args:
            member: Id of the member (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
            display_name: Name that others see. At least 2 characters. Up to 30 characters.
            email: Email address, which is also the login. Such as `ada@example.com`.
            password: A new password. At least 5 characters. Up to 50 characters.
            role: What the member may do. Allowed: `admin`, `supervisor`, `agent`.
            color: Color of the member. Allowed: `blue`, `azure`, `indigo`, `purple`, `pink`, `red`, `orange`,
                `yellow`, `lime`, `green`, `teal`, `cyan`, `gray`, `gray-dark`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.TeamMember` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.team.update(member, role="supervisor")

        `PATCH /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Update Team Member`.
        """
        return await self._call("team.update", (member, display_name, email, password, role, color), options)

    async def delete(self, users: Sequence[DeletedMember], *, force: bool, options: Options | None = None) -> dict[str, Any]:
        """Delete up to 10 members from the team.

        Args:
            users: The members, by `id` or by `email`, and what happens to their chats. At least 1 of them. Up
                to 10 of them. Keys: `id`, `email`, `action` (required), `assign`, `remove` (required); see
                `sparkbot.types.DeletedMember`.
            force: Delete them even if they have open chats.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.team.delete([{"id": member, "action": "unassign", "remove": False}], force=False)

        `DELETE /team` · idempotent · observed in 1 public codebase.
        Title: `Team:Delete Team Members`.
        """
        return await self._call("team.delete", (users, force), options)

    async def list_device_members(
        self,
        device: str,
        *,
        size: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[TeamMember]:
        """List the team members with access to a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Maximum number of results; 100 has been observed.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.TeamMember` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.team.list_device_members(device)

        `GET /devices/{device}/team` · idempotent · observed in 6 public codebases.
        Title: `Team:Get Device Team Members`.
        """
        return await self._call("team.list_device_members", (device, size), options)

    async def create(
        self,
        device: str,
        *,
        display_name: str,
        email: str,
        password: str,
        role: TeamRole,
        color: TeamColor,
        invite: bool | None = None,
        options: Options | None = None,
    ) -> TeamMember:
        """Add a member to the team, with access to a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            display_name: Name that others see. At least 2 characters. Up to 30 characters.
            email: Email address, which is also the login. Such as `ada@example.com`.
            password: The first password. At least 5 characters. Up to 50 characters.
            role: What the member may do. Allowed: `admin`, `supervisor`, `agent`.
            color: Color of the member. Allowed: `blue`, `azure`, `indigo`, `purple`, `pink`, `red`, `orange`,
                `yellow`, `lime`, `green`, `teal`, `cyan`, `gray`, `gray-dark`.
            invite: Send an invitation by email. Default of the service: `False`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.TeamMember` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.team.create(
            ...     device,
            ...     display_name="Ada",
            ...     email="ada@example.com",
            ...     password="a long secret",
            ...     role="agent",
            ...     color="teal",
            ... )

        `POST /devices/{device}/team` · not idempotent · observed in 3 public codebases.
        Title: `Team:Create Team Member`.
        """
        return await self._call("team.create", (device, display_name, email, password, role, color, invite), options)

    async def grant_access(self, device: str, member: str, *, options: Options | None = None) -> dict[str, Any]:
        """Give a team member access to a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            member: Id of the member (user). Such as `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> await client.team.grant_access(device, member)

        `PATCH /devices/{device}/team` · idempotent · observed in 1 public codebase.
        Title: `Team:Grant Device Access`.
        """
        return await self._call("team.grant_access", (device, member), options)

    async def revoke_access(
        self,
        device: str,
        *,
        member: str | None = None,
        email: str | None = None,
        action: OwnerAction,
        assign: str | None = None,
        remove: bool,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Revoke the access of a team member to a number.

        Give exactly one of `member` and `email`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            member: Id or email of the member; or give `email`.
            email: Email of the member. Such as `ada@example.com`.
            action: What happens to the member's chats on this number. Allowed: `unassign`, `reassign`,
                `resolve`.
            assign: Id of the member who receives the chats, for `reassign`. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            remove: Whether the user account is also deleted.
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
            >>> await client.team.revoke_access(device, member=member, action="unassign", remove=False)

        `DELETE /devices/{device}/team` · idempotent · observed in 1 public codebase.
        Title: `Team:Revoke Device Access`.
        """
        return await self._call("team.revoke_access", (device, member, email, action, assign, remove), options)
