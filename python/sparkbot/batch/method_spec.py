"""Items as calls: a method is asked to describe its call instead of making it, so that no signature is written twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import CoroutineType, FunctionType, SimpleNamespace, coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from sparkbot.errors import InvalidArgumentError
from sparkbot.pagination import iterate_async
from sparkbot.resources import RESOURCES
from sparkbot.resources._base import AsyncResource, Resource

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator

    from sparkbot._dispatch import Caller
    from sparkbot._sparkbot import MapExecutor
    from sparkbot.batch.instrumented import Watched
    from sparkbot.options import Options

    #: Operation, arguments, options.
    Call: TypeAlias = tuple[str, tuple[object, ...], Options | None]
    #: A method under way: it gives the calls that it makes and is sent their answers, until it returns its result.
    Described: TypeAlias = CoroutineType[Call, Any, Any]

_CO_COROUTINE = 0x80
_EXPLAINED = "give a method of this client, such as client.chats.set_status"


@dataclass(frozen=True, slots=True)
class Binding:
    """A method that a run calls for every item."""

    #: Of the client that has the method, so that its options and hooks apply.
    caller: Caller
    #: `chats.set_status`
    name: str
    raw: bool
    #: The method as a plain function, whose first argument is its resource.
    function: FunctionType
    #: The class of its resource; None for `client.request`.
    resource: type[Any] | None
    #: Whether one call may be but a part of it: it walks pages, or reads the answer.
    composed: bool

    @property
    def parameters(self) -> str:
        """The names of the method's arguments, for messages."""
        code = self.function.__code__
        return ", ".join(code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount])

    def adding(self, run: MapExecutor | Watched) -> Callable[..., int]:
        """The method of a run: called with its arguments it adds its call to the run."""
        if self.resource is None:
            return partial(self.function, SimpleNamespace(_caller=run))
        return partial(self.function, self.resource(run.add, None))

    def describing(self) -> Callable[..., Described]:
        """The method as a coroutine that describes one call after the other and is sent their answers."""
        assert self.resource is not None
        method = partial(self.function, self.resource(_described, partial(iterate_async, _described)))
        if self.function.__code__.co_flags & _CO_COROUTINE:
            return method
        return partial(_walked, method)


@coroutine
def _described(*call: Any) -> Generator[Any, Any, Any]:
    return (yield call)


def _walked(walk: Callable[..., AsyncIterator[Any]], *places: Any, **names: Any) -> Any:
    # Begun before it is awaited, so that wrong arguments are refused as those of other methods are.
    items = walk(*places, **names)

    async def gathered() -> list[Any]:
        return [item async for item in items]

    return gathered()


def bind(method: object, client: Any, *, awaited: bool) -> Binding:
    """What a run needs to know about a method; refuses what is none of this client's methods."""
    owner: Any = getattr(method, "__self__", None)
    name = getattr(method, "__name__", "")
    if isinstance(owner, AsyncResource if awaited else Resource):
        found = _of_resource(owner, name)
    elif name == "request" and hasattr(owner, "_caller") and hasattr(owner, "request"):
        found = _of_client(owner)
    else:
        raise _refused(method, owner, name)
    if owner._awaited != awaited:
        raise _refused(method, owner, name)
    if not client._core.is_of(found.caller.core):
        raise InvalidArgumentError(f"{found.name} is a method of another client; {_EXPLAINED}", field="method")
    return found


def _of_resource(owner: Any, name: str) -> Binding:
    call = owner._call
    kind = type(owner)
    attribute, (module, blocking, asynchronous) = next(
        (attribute, names) for attribute, names in RESOURCES.items() if kind.__name__ in names
    )
    # Of the methods that are one call the blocking form describes it with less work; the others describe call after call.
    awaited = getattr(import_module(module), asynchronous)
    function = getattr(awaited, name)
    composed = name not in vars(awaited) or not function.__code__.co_flags & _CO_COROUTINE
    resource = awaited if composed else getattr(import_module(module), blocking)
    return Binding(
        caller=call.__self__,
        name=f"{attribute}.{name}",
        raw=owner._raw,
        function=getattr(resource, name),
        resource=resource,
        composed=composed,
    )


def _of_client(owner: Any) -> Binding:
    from sparkbot.client import Client

    return Binding(caller=owner._caller, name="request", raw=owner._raw, function=Client.request, resource=None, composed=False)  # type: ignore[arg-type]


def _refused(method: object, owner: object, name: str) -> InvalidArgumentError:
    if isinstance(owner, (Resource, AsyncResource)) or name == "request":
        have, want = ("an AsyncClient", "a Client") if getattr(owner, "_awaited", False) else ("a Client", "an AsyncClient")
        problem = f"{name} is a method of {have}, and this is {want}"
    elif isinstance(method, partial):
        problem = (
            "it is a functools.partial: give the method itself, and what all items share by name, "
            "client.map(method, items, device=device)"
        )
    elif callable(method):
        own = getattr(method, "__name__", type(method).__name__)
        problem = f"{own!r} is a function of your own: a pool of threads, or asyncio.gather, runs it for many items"
    else:
        problem = f"it is of type {type(method).__name__}"
    return InvalidArgumentError(f"{problem}; {_EXPLAINED}", field="method")
