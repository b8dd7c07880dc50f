# Generated from src/api/operations/departments.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import Sequence
    from typing import Any

    from sparkbot.options import Options
    from sparkbot.types import Department, DepartmentIcon, LabelColor


class Departments(Resource):
    """Groups of agents that chats are assigned to."""

    __slots__ = ()

    def list(self, device: str, *, options: Options | None = None) -> builtins.list[Department]:
        """List the departments of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Department` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.departments.list(device)

        `GET /devices/{device}/departments` · idempotent · observed in 1 public codebase.
        Title: `Departments:Get Departments`.
        """
        return self._call("departments.list", (device,), options)

    def create(
        self,
        device: str,
        name: str,
        *,
        color: LabelColor,
        icon: DepartmentIcon,
        agents: Sequence[str],
        description: str | None = None,
        options: Options | None = None,
    ) -> Department:
        """Create a department.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name. At least 2 characters. Up to 25 characters.
            color: Color of the department. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`,
                `rose`, `poppy`, `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`,
                `kelly`, `apple`, `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            icon: Icon of the department. Allowed: `briefcase`, `users`, `user-tie`, `chart-bar`,
                `clipboard-list`, `comments`, `headset`, `user-cog`, `user-edit`, `user-friends`,
                `laptop-code`, `network-wired`, `building`, `handshake`, `address-book`, `layer-group`,
                `project-diagram`, `calendar-check`, `clipboard-check`, `tasks`, `chart-pie`, `hands-helping`,
                `shield-alt`, `user-lock`, `user-shield`, `bullhorn`, `comments-dollar`, `comment-dots`,
                `fingerprint`, `check-circle`, `chalkboard-teacher`, `cogs`, `rocket`, `drafting-compass`,
                `lightbulb`, `envelope`, `inbox`, `people-carry`, `code-branch`, `globe`, `hand-holding-usd`,
                `money-bill-wave`, `phone`, `wrench`, `balance-scale`, `thumbs-up`, `user-secret`,
                `user-graduate`, `landmark`, `archive`.
            agents: Ids of the agents (users) in it. At least 1 of them. Up to 30 of them. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            description: What the department does. Up to 300 characters.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Department` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.departments.create(device, "Sales", color="gold", icon="briefcase", agents=[agent])

        `POST /devices/{device}/departments` · not idempotent · observed in 2 public codebases.
        Title: `Departments:Create Department`.
        """
        return self._call("departments.create", (device, name, color, icon, agents, description), options)

    def update(
        self,
        device: str,
        department: str,
        *,
        name: str | None = None,
        color: LabelColor | None = None,
        icon: str | None = None,
        description: str | None = None,
        agents: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> Department:
        """Change some fields of a department.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            department: Id of the department. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            name: Name. At least 2 characters. Up to 25 characters.
            color: Color of the department. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`,
                `rose`, `poppy`, `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`,
                `kelly`, `apple`, `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            icon: Icon of the department; `create` lists the known ones.
            description: What the department does. Up to 300 characters.
            agents: Ids of all agents (users) in it. Up to 30 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Department` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.departments.update(device, department, name="Sales UK")

        `PATCH /devices/{device}/departments` · idempotent · observed in 1 public codebase.
        Title: `Departments:Update Department`.
        """
        return self._call("departments.update", (device, department, name, color, icon, description, agents), options)

    def delete(self, device: str, department: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a department.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            department: Id of the department. Such as `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> client.departments.delete(device, department)

        `DELETE /devices/{device}/departments` · idempotent · observed in 1 public codebase.
        Title: `Departments:Delete Department`.
        """
        return self._call("departments.delete", (device, department), options)


class AsyncDepartments(AsyncResource):
    """Groups of agents that chats are assigned to."""

    __slots__ = ()

    async def list(self, device: str, *, options: Options | None = None) -> builtins.list[Department]:
        """List the departments of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Department` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.departments.list(device)

        `GET /devices/{device}/departments` · idempotent · observed in 1 public codebase.
        Title: `Departments:Get Departments`.
        """
        return await self._call("departments.list", (device,), options)

    async def create(
        self,
        device: str,
        name: str,
        *,
        color: LabelColor,
        icon: DepartmentIcon,
        agents: Sequence[str],
        description: str | None = None,
        options: Options | None = None,
    ) -> Department:
        """Create a department.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name. At least 2 characters. Up to 25 characters.
            color: Color of the department. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`,
                `rose`, `poppy`, `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`,
                `kelly`, `apple`, `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            icon: Icon of the department. Allowed: `briefcase`, `users`, `user-tie`, `chart-bar`,
                `clipboard-list`, `comments`, `headset`, `user-cog`, `user-edit`, `user-friends`,
                `laptop-code`, `network-wired`, `building`, `handshake`, `address-book`, `layer-group`,
                `project-diagram`, `calendar-check`, `clipboard-check`, `tasks`, `chart-pie`, `hands-helping`,
                `shield-alt`, `user-lock`, `user-shield`, `bullhorn`, `comments-dollar`, `comment-dots`,
                `fingerprint`, `check-circle`, `chalkboard-teacher`, `cogs`, `rocket`, `drafting-compass`,
                `lightbulb`, `envelope`, `inbox`, `people-carry`, `code-branch`, `globe`, `hand-holding-usd`,
                `money-bill-wave`, `phone`, `wrench`, `balance-scale`, `thumbs-up`, `user-secret`,
                `user-graduate`, `landmark`, `archive`.
            agents: Ids of the agents (users) in it. At least 1 of them. Up to 30 of them. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            description: What the department does. Up to 300 characters.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Department` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.departments.create(device, "Sales", color="gold", icon="briefcase", agents=[agent])

        `POST /devices/{device}/departments` · not idempotent · observed in 2 public codebases.
        Title: `Departments:Create Department`.
        """
        return await self._call("departments.create", (device, name, color, icon, agents, description), options)

    async def update(
        self,
        device: str,
        department: str,
        *,
        name: str | None = None,
        color: LabelColor | None = None,
        icon: str | None = None,
        description: str | None = None,
        agents: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> Department:
        """Change some fields of a department.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            department: Id of the department. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            name: Name. At least 2 characters. Up to 25 characters.
            color: Color of the department. Allowed: `ruby`, `tomato`, `orange`, `sunflower`, `bubble`,
                `rose`, `poppy`, `rouge`, `raspberry`, `purple`, `lavender`, `violet`, `pool`, `emerald`,
                `kelly`, `apple`, `turquoise`, `aqua`, `gold`, `latte`, `cocoa`, `iron`.
            icon: Icon of the department; `create` lists the known ones.
            description: What the department does. Up to 300 characters.
            agents: Ids of all agents (users) in it. Up to 30 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Department` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.departments.update(device, department, name="Sales UK")

        `PATCH /devices/{device}/departments` · idempotent · observed in 1 public codebase.
        Title: `Departments:Update Department`.
        """
        return await self._call("departments.update", (device, department, name, color, icon, description, agents), options)

    async def delete(self, device: str, department: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a department.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            department: Id of the department. Such as `64f0c2a91b7e4d5f8a3b6c01`.
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
            >>> await client.departments.delete(device, department)

        `DELETE /devices/{device}/departments` · idempotent · observed in 1 public codebase.
        Title: `Departments:Delete Department`.
        """
        return await self._call("departments.delete", (device, department), options)
