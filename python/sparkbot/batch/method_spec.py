"""Introspects a client method, so that a run can submit its calls without a second copy of its signature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import CoroutineType, FunctionType, SimpleNamespace, coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from sparkbot._dispatch import CO_COROUTINE
from sparkbot._request import AsyncRequestMixin, RequestMixin
from sparkbot.errors import InvalidArgumentError
from sparkbot.pagination import paginate_async
from sparkbot.resources import RESOURCES
from sparkbot.resources._base import AsyncResource, Resource

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator

    from sparkbot._dispatch import Dispatcher
    from sparkbot._sparkbot import MapExecutor
    from sparkbot.batch.instrumented import InstrumentedExecutor
    from sparkbot.options import Options

    #: Operation, arguments, options.
    Call: TypeAlias = tuple[str, tuple[object, ...], Options | None]
    #: A running method: it yields its calls, is sent their responses, and returns its result.
    CallCoroutine: TypeAlias = CoroutineType[Call, Any, Any]

_HINT = "pass a method of this client, such as client.chats.set_status"


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """A method that a run calls for every item.

    Attributes:
        dispatcher: That of the method's client, whose options and hooks apply.
        name: Such as `chats.set_status`.
        raw: Whether it returns a `RawResponse`.
        function: The method as a plain function; its first argument is the resource.
        resource: Class of the resource; None for `client.request`.
        is_multi_call: Whether it makes more than one call, or processes the response: it paginates, or reads a field.
    """

    dispatcher: Dispatcher
    name: str
    raw: bool
    function: FunctionType
    resource: type[Any] | None
    is_multi_call: bool

    @property
    def parameters(self) -> str:
        """The names of the method's parameters, for error messages."""
        code = self.function.__code__
        return ", ".join(code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount])

    def as_submitter(self, executor: MapExecutor | InstrumentedExecutor) -> Callable[..., int]:
        """A function with the method's signature that submits its call to the executor."""
        if self.resource is None:
            return partial(self.function, SimpleNamespace(_dispatcher=executor, _raw=self.raw))
        return partial(self.function, self.resource(executor.add, None))

    def as_coroutine(self) -> Callable[..., CallCoroutine]:
        """A function with the method's signature that returns a `CallCoroutine`."""
        assert self.resource is not None
        method = partial(self.function, self.resource(_yield_call, partial(paginate_async, _yield_call)))
        return method if self.function.__code__.co_flags & CO_COROUTINE else partial(_collect_pages, method)


@coroutine
def _yield_call(*call: Any) -> Generator[Any, Any, Any]:
    return (yield call)


def _collect_pages(paginate: Callable[..., AsyncIterator[Any]], *args: Any, **kwargs: Any) -> Any:
    # Not in the coroutine: invalid arguments are rejected immediately, as by other methods.
    items = paginate(*args, **kwargs)

    async def collect() -> list[Any]:
        return [item async for item in items]

    return collect()


def resolve_method(method: object, client: Any, *, awaited: bool) -> MethodSpec:
    """The specification of a method. Raises if it is not a method of this client."""
    owner: Any = getattr(method, "__self__", None)
    name = getattr(method, "__name__", "")
    if isinstance(owner, AsyncResource if awaited else Resource):
        spec = _resource_method(owner, name)
    elif name == "request" and isinstance(owner, AsyncRequestMixin if awaited else RequestMixin):
        spec = _request_method(owner)
    else:
        raise _invalid_method(method, owner, name)
    if not client._core.shares_client_with(spec.dispatcher.core):
        raise InvalidArgumentError(f"{spec.name} is a method of another client; {_HINT}", field="method")
    return spec


def _resource_method(owner: Any, name: str) -> MethodSpec:
    class_name = type(owner).__name__
    attribute, (module, blocking, asynchronous) = next(item for item in RESOURCES.items() if class_name in item[1])
    async_class = getattr(import_module(module), asynchronous)
    function = getattr(async_class, name)
    is_multi_call = name not in vars(async_class) or not function.__code__.co_flags & CO_COROUTINE
    # The blocking form of a single call needs no coroutine.
    resource = async_class if is_multi_call else getattr(import_module(module), blocking)
    return MethodSpec(
        dispatcher=owner._call.__self__,
        name=f"{attribute}.{name}",
        raw=owner._raw,
        function=getattr(resource, name),
        resource=resource,
        is_multi_call=is_multi_call,
    )


def _request_method(owner: RequestMixin | AsyncRequestMixin) -> MethodSpec:
    function: Any = RequestMixin.request
    return MethodSpec(owner._dispatcher, "request", owner._raw, function, resource=None, is_multi_call=False)


def _invalid_method(method: object, owner: object, name: str) -> InvalidArgumentError:
    has_method = isinstance(owner, (Resource, AsyncResource))
    if has_method or (name == "request" and isinstance(owner, (RequestMixin, AsyncRequestMixin))):
        is_async = isinstance(owner, (AsyncResource, AsyncRequestMixin))
        have, want = ("an AsyncClient", "a Client") if is_async else ("a Client", "an AsyncClient")
        problem = f"{name} is a method of {have}, and this is {want}"
    elif isinstance(method, partial):
        problem = "method is a functools.partial: pass arguments that all items share as client.map(method, items, device=device)"
    elif callable(method):
        own = getattr(method, "__name__", type(method).__name__)
        problem = f"{own!r} is a function of your own: use a thread pool or asyncio.gather to call it for many items"
    else:
        problem = f"method is of type {type(method).__name__}"
    return InvalidArgumentError(f"{problem}; {_HINT}", field="method")
