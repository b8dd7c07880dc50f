# Generated from src/api/operations/groups.toml by `make generate`; edit that file.
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
    from sparkbot.types import Group, GroupEphemeral, GroupMember, GroupPermissions, GroupSize, InviteCode


class Groups(Resource):
    """WhatsApp groups of a number."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        kind: Sequence[Literal["group", "broadcast"]] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Group]:
        """List the groups of a number, one page at a time.

        `groups.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.list(device, size=100)

        `GET /devices/{device}/groups` · idempotent · observed in 7 public codebases.
        Title: `Groups:Get Groups`.
        """
        return self._call("groups.list", (device, kind, size, page), options)

    def iter(
        self,
        device: str,
        *,
        kind: Sequence[Literal["group", "broadcast"]] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Group]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Group` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.groups.iter(device, size=100): ...

        `GET /devices/{device}/groups` · idempotent · observed in 7 public codebases.
        Title: `Groups:Get Groups`.
        """
        return self._iterate("groups.list", (device, kind, size, None), options, max_pages)

    def get(self, device: str, group: str, *, options: Options | None = None) -> Group:
        """Read one group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.get(device, group)["totalParticipants"]

        `GET /devices/{device}/groups/{group}` · idempotent · observed in 5 public codebases.
        Title: `Groups:Get Group`.
        """
        return self._call("groups.get", (device, group), options)

    def create(
        self,
        device: str,
        *,
        name: str,
        description: str | None = None,
        ephemeral: GroupEphemeral | None = None,
        permissions: GroupPermissions | None = None,
        participants: Sequence[GroupMember],
        options: Options | None = None,
    ) -> Group:
        """Create a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name; a name in use is a `ConflictError`.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`. Default of the service:
                `off`.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            participants: The members. Keys: `phone` (required), `admin`; see `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.create(device, name="Team", participants=[{"phone": "+447362053577"}])

        `POST /devices/{device}/groups` · not idempotent · observed in 4 public codebases.
        Title: `Groups:Create Group`.
        """
        return self._call("groups.create", (device, name, description, ephemeral, permissions, participants), options)

    def update(
        self,
        device: str,
        group: str,
        *,
        name: str | None = None,
        description: str | None = None,
        ephemeral: GroupEphemeral | None = None,
        permissions: GroupPermissions | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change some settings of a group.

        Settings that are not given stay unchanged.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            name: Name.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.update(device, group, permissions={"send": "admins"})

        `PATCH /devices/{device}/groups/{group}` · idempotent · observed in 2 public codebases.
        Title: `Groups:Update Group`.
        """
        return self._call("groups.update", (device, group, name, description, ephemeral, permissions), options)

    def update_image(
        self,
        device: str,
        group: str,
        *,
        url: str | None = None,
        image: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change the picture of a group.

        Give exactly one of `url` and `image`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.update_image(device, group, url="https://example.com/team.png")

        `PUT /devices/{device}/groups/{group}/image` · idempotent · observed in 2 public codebases.
        Title: `Groups:Update Group Image`.
        """
        return self._call("groups.update_image", (device, group, url, image), options)

    def add_participants(
        self,
        device: str,
        group: str,
        participants: Sequence[GroupMember],
        *,
        options: Options | None = None,
    ) -> GroupSize:
        """Add members to a group.

        A current member is a `ConflictError`; a person whose settings forbid it is a `PermissionDeniedError`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (required), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.add_participants(device, group, [{"phone": "+447362053577"}])

        `POST /devices/{device}/groups/{group}/participants` · not idempotent · observed in 4 public
        codebases.
        Title: `Groups:Add Participants`.
        """
        return self._call("groups.add_participants", (device, group, participants), options)

    def update_participants(
        self,
        device: str,
        group: str,
        participants: Sequence[GroupMember],
        *,
        options: Options | None = None,
    ) -> GroupSize:
        """Promote members of a group to admins, or demote them.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (required), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.update_participants(device, group, [{"phone": "+447362053577", "admin": True}])

        `PATCH /devices/{device}/groups/{group}/participants` · idempotent · observed in 2 public codebases.
        Title: `Groups:Update Participants`.
        """
        return self._call("groups.update_participants", (device, group, participants), options)

    def remove_participants(
        self,
        device: str,
        group: str,
        phones: Sequence[str],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Remove members from a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            phones: Phone numbers, E.164 with `+`, or wids. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.remove_participants(device, group, ["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/participants` · idempotent · observed in 4 public codebases.
        Title: `Groups:Remove Participants`.
        """
        return self._call("groups.remove_participants", (device, group, phones), options)

    def list_pending_members(self, device: str, group: str, *, options: Options | None = None) -> builtins.list[dict[str, Any]]:
        """List the pending requests to join a group.

        The response is not documented; it is probably a list.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.list_pending_members(device, group)

        `GET /devices/{device}/groups/{group}/members` · idempotent · observed in 1 public codebase.
        Title: `Groups:Get Pending Members`.
        """
        return self._call("groups.list_pending_members", (device, group), options)

    def approve_members(
        self,
        device: str,
        group: str,
        *,
        all: bool | None = None,
        phones: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Approve pending requests to join a group.

        Not idempotent: a second request with `all` would also approve requests that arrived in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            all: `True` for all requests; or give `phones`.
            phones: Phone numbers, E.164 with `+`. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.approve_members(device, group, phones=["+447362053577"])

        `POST /devices/{device}/groups/{group}/members` · not idempotent · observed in 1 public codebase.
        Title: `Groups:Approve Members`.
        """
        return self._call("groups.approve_members", (device, group, all, phones), options)

    def reject_members(
        self,
        device: str,
        group: str,
        *,
        all: bool | None = None,
        phones: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Reject pending requests to join a group.

        Not idempotent: a second request with `all` would also reject requests that arrived in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            all: `True` for all requests; or give `phones`.
            phones: Phone numbers, E.164 with `+`. At least 1 of them. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.reject_members(device, group, phones=["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/members` · not idempotent · observed in 1 public codebase.
        Title: `Groups:Reject Members`.
        """
        return self._call("groups.reject_members", (device, group, all, phones), options)

    def get_invite_code(self, device: str, group: str, *, options: Options | None = None) -> InviteCode:
        """Read the invite code and link of a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.InviteCode` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.get_invite_code(device, group)["url"]

        `GET /devices/{device}/groups/{group}/invite` · idempotent · observed in 2 public codebases.
        Title: `Groups:Get Invite Code`.
        """
        return self._call("groups.get_invite_code", (device, group), options)

    def revoke_invite_code(self, device: str, group: str, *, options: Options | None = None) -> dict[str, Any]:
        """Revoke the invite code and link of a group, and create new ones.

        Not idempotent: a second request would revoke the new code.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.groups.revoke_invite_code(device, group)

        `DELETE /devices/{device}/groups/{group}/invite` · not idempotent · observed in 1 public codebase.
        Title: `Groups:Revoke Invite Code`.
        """
        return self._call("groups.revoke_invite_code", (device, group), options)

    def join(
        self,
        device: str,
        *,
        code: str | None = None,
        url: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Join a group by its invitation.

        Give exactly one of `code` and `url`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            code: Code of the invitation; or give `url`.
            url: Link of the invitation, such as `https://chat.whatsapp.com/…`.
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
            >>> client.groups.join(device, code="AbCdEfGhIjKlMnOpQrStUv")

        `PUT /devices/{device}/groups` · idempotent · observed in 1 public codebase.
        Title: `Groups:Join Group`.
        """
        return self._call("groups.join", (device, code, url), options)

    def leave(self, device: str, group: str, *, remove: bool | None = None, options: Options | None = None) -> dict[str, Any]:
        """Leave a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: Wid of the group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            remove: Whether its chat is also deleted. Default of the service: `True`.
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
            >>> client.groups.leave(device, group)

        `DELETE /devices/{device}/groups` · idempotent · observed in 2 public codebases.
        Title: `Groups:Leave Group`.
        """
        return self._call("groups.leave", (device, group, remove), options)


class AsyncGroups(AsyncResource):
    """WhatsApp groups of a number."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        kind: Sequence[Literal["group", "broadcast"]] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Group]:
        """List the groups of a number, one page at a time.

        `groups.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.list(device, size=100)

        `GET /devices/{device}/groups` · idempotent · observed in 7 public codebases.
        Title: `Groups:Get Groups`.
        """
        return await self._call("groups.list", (device, kind, size, page), options)

    def iter(
        self,
        device: str,
        *,
        kind: Sequence[Literal["group", "broadcast"]] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Group]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups per page; 500 is the largest value observed. At least 1. Default of the service:
                `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Group` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.groups.iter(device, size=100): ...

        `GET /devices/{device}/groups` · idempotent · observed in 7 public codebases.
        Title: `Groups:Get Groups`.
        """
        return self._iterate("groups.list", (device, kind, size, None), options, max_pages)

    async def get(self, device: str, group: str, *, options: Options | None = None) -> Group:
        """Read one group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.groups.get(device, group))["totalParticipants"]

        `GET /devices/{device}/groups/{group}` · idempotent · observed in 5 public codebases.
        Title: `Groups:Get Group`.
        """
        return await self._call("groups.get", (device, group), options)

    async def create(
        self,
        device: str,
        *,
        name: str,
        description: str | None = None,
        ephemeral: GroupEphemeral | None = None,
        permissions: GroupPermissions | None = None,
        participants: Sequence[GroupMember],
        options: Options | None = None,
    ) -> Group:
        """Create a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name; a name in use is a `ConflictError`.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`. Default of the service:
                `off`.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            participants: The members. Keys: `phone` (required), `admin`; see `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.create(device, name="Team", participants=[{"phone": "+447362053577"}])

        `POST /devices/{device}/groups` · not idempotent · observed in 4 public codebases.
        Title: `Groups:Create Group`.
        """
        return await self._call("groups.create", (device, name, description, ephemeral, permissions, participants), options)

    async def update(
        self,
        device: str,
        group: str,
        *,
        name: str | None = None,
        description: str | None = None,
        ephemeral: GroupEphemeral | None = None,
        permissions: GroupPermissions | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change some settings of a group.

        Settings that are not given stay unchanged.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            name: Name.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.update(device, group, permissions={"send": "admins"})

        `PATCH /devices/{device}/groups/{group}` · idempotent · observed in 2 public codebases.
        Title: `Groups:Update Group`.
        """
        return await self._call("groups.update", (device, group, name, description, ephemeral, permissions), options)

    async def update_image(
        self,
        device: str,
        group: str,
        *,
        url: str | None = None,
        image: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change the picture of a group.

        Give exactly one of `url` and `image`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.update_image(device, group, url="https://example.com/team.png")

        `PUT /devices/{device}/groups/{group}/image` · idempotent · observed in 2 public codebases.
        Title: `Groups:Update Group Image`.
        """
        return await self._call("groups.update_image", (device, group, url, image), options)

    async def add_participants(
        self,
        device: str,
        group: str,
        participants: Sequence[GroupMember],
        *,
        options: Options | None = None,
    ) -> GroupSize:
        """Add members to a group.

        A current member is a `ConflictError`; a person whose settings forbid it is a `PermissionDeniedError`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (required), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.add_participants(device, group, [{"phone": "+447362053577"}])

        `POST /devices/{device}/groups/{group}/participants` · not idempotent · observed in 4 public
        codebases.
        Title: `Groups:Add Participants`.
        """
        return await self._call("groups.add_participants", (device, group, participants), options)

    async def update_participants(
        self,
        device: str,
        group: str,
        participants: Sequence[GroupMember],
        *,
        options: Options | None = None,
    ) -> GroupSize:
        """Promote members of a group to admins, or demote them.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (required), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.update_participants(device, group, [{"phone": "+447362053577", "admin": True}])

        `PATCH /devices/{device}/groups/{group}/participants` · idempotent · observed in 2 public codebases.
        Title: `Groups:Update Participants`.
        """
        return await self._call("groups.update_participants", (device, group, participants), options)

    async def remove_participants(
        self,
        device: str,
        group: str,
        phones: Sequence[str],
        *,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Remove members from a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            phones: Phone numbers, E.164 with `+`, or wids. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.remove_participants(device, group, ["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/participants` · idempotent · observed in 4 public codebases.
        Title: `Groups:Remove Participants`.
        """
        return await self._call("groups.remove_participants", (device, group, phones), options)

    async def list_pending_members(
        self,
        device: str,
        group: str,
        *,
        options: Options | None = None,
    ) -> builtins.list[dict[str, Any]]:
        """List the pending requests to join a group.

        The response is not documented; it is probably a list.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.list_pending_members(device, group)

        `GET /devices/{device}/groups/{group}/members` · idempotent · observed in 1 public codebase.
        Title: `Groups:Get Pending Members`.
        """
        return await self._call("groups.list_pending_members", (device, group), options)

    async def approve_members(
        self,
        device: str,
        group: str,
        *,
        all: bool | None = None,
        phones: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Approve pending requests to join a group.

        Not idempotent: a second request with `all` would also approve requests that arrived in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            all: `True` for all requests; or give `phones`.
            phones: Phone numbers, E.164 with `+`. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.approve_members(device, group, phones=["+447362053577"])

        `POST /devices/{device}/groups/{group}/members` · not idempotent · observed in 1 public codebase.
        Title: `Groups:Approve Members`.
        """
        return await self._call("groups.approve_members", (device, group, all, phones), options)

    async def reject_members(
        self,
        device: str,
        group: str,
        *,
        all: bool | None = None,
        phones: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Reject pending requests to join a group.

        Not idempotent: a second request with `all` would also reject requests that arrived in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            all: `True` for all requests; or give `phones`.
            phones: Phone numbers, E.164 with `+`. At least 1 of them. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.reject_members(device, group, phones=["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/members` · not idempotent · observed in 1 public codebase.
        Title: `Groups:Reject Members`.
        """
        return await self._call("groups.reject_members", (device, group, all, phones), options)

    async def get_invite_code(self, device: str, group: str, *, options: Options | None = None) -> InviteCode:
        """Read the invite code and link of a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.InviteCode` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.groups.get_invite_code(device, group))["url"]

        `GET /devices/{device}/groups/{group}/invite` · idempotent · observed in 2 public codebases.
        Title: `Groups:Get Invite Code`.
        """
        return await self._call("groups.get_invite_code", (device, group), options)

    async def revoke_invite_code(self, device: str, group: str, *, options: Options | None = None) -> dict[str, Any]:
        """Revoke the invite code and link of a group, and create new ones.

        Not idempotent: a second request would revoke the new code.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also accept it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the group does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.groups.revoke_invite_code(device, group)

        `DELETE /devices/{device}/groups/{group}/invite` · not idempotent · observed in 1 public codebase.
        Title: `Groups:Revoke Invite Code`.
        """
        return await self._call("groups.revoke_invite_code", (device, group), options)

    async def join(
        self,
        device: str,
        *,
        code: str | None = None,
        url: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Join a group by its invitation.

        Give exactly one of `code` and `url`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            code: Code of the invitation; or give `url`.
            url: Link of the invitation, such as `https://chat.whatsapp.com/…`.
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
            >>> await client.groups.join(device, code="AbCdEfGhIjKlMnOpQrStUv")

        `PUT /devices/{device}/groups` · idempotent · observed in 1 public codebase.
        Title: `Groups:Join Group`.
        """
        return await self._call("groups.join", (device, code, url), options)

    async def leave(
        self,
        device: str,
        group: str,
        *,
        remove: bool | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Leave a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: Wid of the group, ending in `@g.us`. Such as `120363012345678901@g.us`.
            remove: Whether its chat is also deleted. Default of the service: `True`.
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
            >>> await client.groups.leave(device, group)

        `DELETE /devices/{device}/groups` · idempotent · observed in 2 public codebases.
        Title: `Groups:Leave Group`.
        """
        return await self._call("groups.leave", (device, group, remove), options)
