# Generated from src/api/operations/numbers.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparkbot.options import Options
    from sparkbot.types import NumberExists, NumbersValidation, NumberToValidate


class Numbers(Resource):
    """Any phone numbers: whether they use WhatsApp, and how to write them."""

    __slots__ = ()

    def exists(self, phone: str, *, options: Options | None = None) -> NumberExists:
        """Look up whether a phone number uses WhatsApp.

        Only reads, so the call is idempotent. One client limits itself to 60 calls per minute.

        Args:
            phone: Phone number, E.164 with `+`. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.NumberExists` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.numbers.exists("+447362053576")["exists"]

        `POST /numbers/exists` · idempotent · observed in 6 public codebases.
        Title: `Other:Verify number exists`.
        """
        return self._call("numbers.exists", (phone,), options)

    def validate(
        self,
        numbers: Sequence[NumberToValidate],
        *,
        country: str | None = None,
        prefix: int | None = None,
        options: Options | None = None,
    ) -> NumbersValidation:
        """Validate the format of phone numbers, without asking WhatsApp.

        Only reads, so the call is idempotent.

        Args:
            numbers: The numbers. At least 1 of them. Keys: `phone` (required); see
                `sparkbot.types.NumberToValidate`.
            country: Country of numbers without a prefix: two capital letters (ISO 3166). Such as `GB`.
            prefix: Country prefix of numbers without one. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.NumbersValidation` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.numbers.validate([{"phone": "07362 053576"}], country="GB")["numbers"]

        `POST /numbers/validate` · idempotent · observed in 2 public codebases.
        Title: `Other:Validate phone numbers`.
        """
        return self._call("numbers.validate", (numbers, country, prefix), options)


class AsyncNumbers(AsyncResource):
    """Any phone numbers: whether they use WhatsApp, and how to write them."""

    __slots__ = ()

    async def exists(self, phone: str, *, options: Options | None = None) -> NumberExists:
        """Look up whether a phone number uses WhatsApp.

        Only reads, so the call is idempotent. One client limits itself to 60 calls per minute.

        Args:
            phone: Phone number, E.164 with `+`. Such as `+447362053576`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.NumberExists` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.numbers.exists("+447362053576"))["exists"]

        `POST /numbers/exists` · idempotent · observed in 6 public codebases.
        Title: `Other:Verify number exists`.
        """
        return await self._call("numbers.exists", (phone,), options)

    async def validate(
        self,
        numbers: Sequence[NumberToValidate],
        *,
        country: str | None = None,
        prefix: int | None = None,
        options: Options | None = None,
    ) -> NumbersValidation:
        """Validate the format of phone numbers, without asking WhatsApp.

        Only reads, so the call is idempotent.

        Args:
            numbers: The numbers. At least 1 of them. Keys: `phone` (required); see
                `sparkbot.types.NumberToValidate`.
            country: Country of numbers without a prefix: two capital letters (ISO 3166). Such as `GB`.
            prefix: Country prefix of numbers without one. Less certain than the operation.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.NumbersValidation` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.numbers.validate([{"phone": "07362 053576"}], country="GB"))["numbers"]

        `POST /numbers/validate` · idempotent · observed in 2 public codebases.
        Title: `Other:Validate phone numbers`.
        """
        return await self._call("numbers.validate", (numbers, country, prefix), options)
