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
    """WhatsApp groups that a number is in."""

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

        `groups.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.list(device, size=100)

        `GET /devices/{device}/groups` · safe to repeat · observed in 7 public codebases.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Group` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.groups.iter(device, size=100): ...

        `GET /devices/{device}/groups` · safe to repeat · observed in 7 public codebases.
        Title: `Groups:Get Groups`.
        """
        return self._iterate("groups.list", (device, kind, size, None), options, max_pages)

    def get(self, device: str, group: str, *, options: Options | None = None) -> Group:
        """Read one group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.get(device, group)["totalParticipants"]

        `GET /devices/{device}/groups/{group}` · safe to repeat · observed in 5 public codebases.
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
            name: Name; one that is in use already is a `ConflictError`.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`. The service takes `off` if
                not given.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            participants: The members. Keys: `phone` (needed), `admin`; see `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.create(device, name="Team", participants=[{"phone": "+447362053577"}])

        `POST /devices/{device}/groups` · never repeated · observed in 4 public codebases.
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

        What is not given stays as it is.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            name: Name.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.update(device, group, permissions={"send": "admins"})

        `PATCH /devices/{device}/groups/{group}` · safe to repeat · observed in 2 public codebases.
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
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture itself, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.update_image(device, group, url="https://example.com/team.png")

        `PUT /devices/{device}/groups/{group}/image` · safe to repeat · observed in 2 public codebases.
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

        A member who is in the group already is a `ConflictError`; one whose settings forbid it is a
        `PermissionDeniedError`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (needed), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.add_participants(device, group, [{"phone": "+447362053577"}])

        `POST /devices/{device}/groups/{group}/participants` · never repeated · observed in 4 public
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
        """Make members of a group admins, or take that away.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (needed), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.update_participants(device, group, [{"phone": "+447362053577", "admin": True}])

        `PATCH /devices/{device}/groups/{group}/participants` · safe to repeat · observed in 2 public
        codebases.
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
        """Take members out of a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            phones: Phone numbers, E.164 with `+`. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.remove_participants(device, group, ["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/participants` · safe to repeat · observed in 4 public
        codebases.
        Title: `Groups:Remove Participants`.
        """
        return self._call("groups.remove_participants", (device, group, phones), options)

    def list_pending_members(self, device: str, group: str, *, options: Options | None = None) -> builtins.list[dict[str, Any]]:
        """List who asks to be let into a group.

        The answer is not documented; a list is likely.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.list_pending_members(device, group)

        `GET /devices/{device}/groups/{group}/members` · safe to repeat · observed in 1 public codebase.
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
        """Let members into a group who have asked.

        Not repeated after an unclear failure: a second run with `all` would also let in who asked in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            all: `True` for everybody who asks; or give `phones`.
            phones: Phone numbers, E.164 with `+`. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.approve_members(device, group, phones=["+447362053577"])

        `POST /devices/{device}/groups/{group}/members` · never repeated · observed in 1 public codebase.
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
        """Refuse members who have asked to be let into a group.

        Not repeated after an unclear failure: a second run with `all` would also refuse who asked in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            all: `True` for everybody who asks; or give `phones`.
            phones: Phone numbers, E.164 with `+`. At least 1 of them. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.reject_members(device, group, phones=["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/members` · never repeated · observed in 1 public codebase.
        Title: `Groups:Reject Members`.
        """
        return self._call("groups.reject_members", (device, group, all, phones), options)

    def get_invite_code(self, device: str, group: str, *, options: Options | None = None) -> InviteCode:
        """Read the code and link that lead into a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.InviteCode` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.get_invite_code(device, group)["url"]

        `GET /devices/{device}/groups/{group}/invite` · safe to repeat · observed in 2 public codebases.
        Title: `Groups:Get Invite Code`.
        """
        return self._call("groups.get_invite_code", (device, group), options)

    def revoke_invite_code(self, device: str, group: str, *, options: Options | None = None) -> dict[str, Any]:
        """Make the code and link of a group invalid; it gets new ones.

        Not repeated after an unclear failure: a second run would make the new code invalid too.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.revoke_invite_code(device, group)

        `DELETE /devices/{device}/groups/{group}/invite` · never repeated · observed in 1 public codebase.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.groups.join(device, code="AbCdEfGhIjKlMnOpQrStUv")

        `PUT /devices/{device}/groups` · safe to repeat · observed in 1 public codebase.
        Title: `Groups:Join Group`.
        """
        return self._call("groups.join", (device, code, url), options)

    def leave(self, device: str, group: str, *, remove: bool | None = None, options: Options | None = None) -> dict[str, Any]:
        """Leave a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: Wid of the group, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            remove: Whether its chat is deleted too. The service takes `True` if not given.
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
            >>> client.groups.leave(device, group)

        `DELETE /devices/{device}/groups` · safe to repeat · observed in 2 public codebases.
        Title: `Groups:Leave Group`.
        """
        return self._call("groups.leave", (device, group, remove), options)


class AsyncGroups(AsyncResource):
    """WhatsApp groups that a number is in."""

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

        `groups.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.list(device, size=100)

        `GET /devices/{device}/groups` · safe to repeat · observed in 7 public codebases.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Only groups, or only broadcast lists. Allowed: `group`, `broadcast`.
            size: Groups a page; 500 is the largest that has been seen in use. At least 1. The service takes
                `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Group` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.groups.iter(device, size=100): ...

        `GET /devices/{device}/groups` · safe to repeat · observed in 7 public codebases.
        Title: `Groups:Get Groups`.
        """
        return self._iterate("groups.list", (device, kind, size, None), options, max_pages)

    async def get(self, device: str, group: str, *, options: Options | None = None) -> Group:
        """Read one group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.groups.get(device, group))["totalParticipants"]

        `GET /devices/{device}/groups/{group}` · safe to repeat · observed in 5 public codebases.
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
            name: Name; one that is in use already is a `ConflictError`.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`. The service takes `off` if
                not given.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            participants: The members. Keys: `phone` (needed), `admin`; see `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.Group` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.create(device, name="Team", participants=[{"phone": "+447362053577"}])

        `POST /devices/{device}/groups` · never repeated · observed in 4 public codebases.
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

        What is not given stays as it is.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            name: Name.
            description: What the group is about. Up to 500 characters.
            ephemeral: When messages disappear. Allowed: `off`, `24h`, `7d`, `90d`.
            permissions: What members may do. Keys: `edit`, `send`, `invite`, `approval`; see
                `sparkbot.types.GroupPermissions`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.update(device, group, permissions={"send": "admins"})

        `PATCH /devices/{device}/groups/{group}` · safe to repeat · observed in 2 public codebases.
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
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture itself, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.update_image(device, group, url="https://example.com/team.png")

        `PUT /devices/{device}/groups/{group}/image` · safe to repeat · observed in 2 public codebases.
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

        A member who is in the group already is a `ConflictError`; one whose settings forbid it is a
        `PermissionDeniedError`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (needed), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.add_participants(device, group, [{"phone": "+447362053577"}])

        `POST /devices/{device}/groups/{group}/participants` · never repeated · observed in 4 public
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
        """Make members of a group admins, or take that away.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            participants: The members. At least 1 of them. Keys: `phone` (needed), `admin`; see
                `sparkbot.types.GroupMember`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.GroupSize` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.update_participants(device, group, [{"phone": "+447362053577", "admin": True}])

        `PATCH /devices/{device}/groups/{group}/participants` · safe to repeat · observed in 2 public
        codebases.
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
        """Take members out of a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            phones: Phone numbers, E.164 with `+`. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.remove_participants(device, group, ["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/participants` · safe to repeat · observed in 4 public
        codebases.
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
        """List who asks to be let into a group.

        The answer is not documented; a list is likely.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.list_pending_members(device, group)

        `GET /devices/{device}/groups/{group}/members` · safe to repeat · observed in 1 public codebase.
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
        """Let members into a group who have asked.

        Not repeated after an unclear failure: a second run with `all` would also let in who asked in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            all: `True` for everybody who asks; or give `phones`.
            phones: Phone numbers, E.164 with `+`. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.approve_members(device, group, phones=["+447362053577"])

        `POST /devices/{device}/groups/{group}/members` · never repeated · observed in 1 public codebase.
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
        """Refuse members who have asked to be let into a group.

        Not repeated after an unclear failure: a second run with `all` would also refuse who asked in between.

        Give exactly one of `all` and `phones`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            all: `True` for everybody who asks; or give `phones`.
            phones: Phone numbers, E.164 with `+`. At least 1 of them. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.reject_members(device, group, phones=["+447362053577"])

        `DELETE /devices/{device}/groups/{group}/members` · never repeated · observed in 1 public codebase.
        Title: `Groups:Reject Members`.
        """
        return await self._call("groups.reject_members", (device, group, all, phones), options)

    async def get_invite_code(self, device: str, group: str, *, options: Options | None = None) -> InviteCode:
        """Read the code and link that lead into a group.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.InviteCode` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.groups.get_invite_code(device, group))["url"]

        `GET /devices/{device}/groups/{group}/invite` · safe to repeat · observed in 2 public codebases.
        Title: `Groups:Get Invite Code`.
        """
        return await self._call("groups.get_invite_code", (device, group), options)

    async def revoke_invite_code(self, device: str, group: str, *, options: Options | None = None) -> dict[str, Any]:
        """Make the code and link of a group invalid; it gets new ones.

        Not repeated after an unclear failure: a second run would make the new code invalid too.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            group: The group's wid, such as `120363012345678901@g.us`; the service may also take it without
                `@g.us`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the group.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.revoke_invite_code(device, group)

        `DELETE /devices/{device}/groups/{group}/invite` · never repeated · observed in 1 public codebase.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.groups.join(device, code="AbCdEfGhIjKlMnOpQrStUv")

        `PUT /devices/{device}/groups` · safe to repeat · observed in 1 public codebase.
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
            group: Wid of the group, which ends in `@g.us`. Such as `120363012345678901@g.us`.
            remove: Whether its chat is deleted too. The service takes `True` if not given.
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
            >>> await client.groups.leave(device, group)

        `DELETE /devices/{device}/groups` · safe to repeat · observed in 2 public codebases.
        Title: `Groups:Leave Group`.
        """
        return await self._call("groups.leave", (device, group, remove), options)
