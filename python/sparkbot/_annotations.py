"""Annotations whose names are defined when someone reads them.

Modules import the names of annotations for type checkers only: importing them takes longer than all else that a program needs.
`typing.get_type_hints`, `inspect.signature`, pydantic and others read the annotations of a function, and then look their names
up in its module.
"""

from __future__ import annotations

from _thread import RLock
from sys import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType, ModuleType
    from typing import Any

# types.FunctionType, without importing types.
_FUNCTION: Any = type(lambda: None)


class _Annotations(dict):  # type: ignore[type-arg]  # typing is not imported
    """The annotations of a function or a class. Reading them defines the names of its module."""

    __slots__ = ("_module",)

    def __init__(self, owner: FunctionType | type) -> None:
        super().__init__(owner.__annotations__)
        self._module = owner.__module__

    # All that dict() and {**…} call. Overriding __iter__ keeps them from copying the entries directly.
    def __iter__(self) -> Iterator[str]:
        define_names(modules[self._module])
        return super().__iter__()

    def keys(self) -> Any:
        define_names(modules[self._module])
        return super().keys()

    def items(self) -> Any:
        define_names(modules[self._module])
        return super().items()

    def values(self) -> Any:
        define_names(modules[self._module])
        return super().values()

    def __getitem__(self, name: str) -> Any:
        define_names(modules[self._module])
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        define_names(modules[self._module])
        return super().get(name, default)


def make_public(module: str) -> None:
    """Lets all annotations of a module's public names be resolved: the last statement of a public module."""
    for name in modules[module].__all__:
        make_resolvable(vars(modules[module])[name])


def make_resolvable(value: Any) -> None:
    """Lets the annotations of a function be resolved, or of a class with all that it inherits from the package."""
    if not isinstance(value, type):
        _make_one_resolvable(value)
        return
    for base in value.__mro__:
        if base.__module__.startswith("sparkbot."):
            for member in [base, *vars(base).values()]:
                _make_one_resolvable(member)


def _make_one_resolvable(member: Any) -> None:
    # What a property or a class method calls.
    function = getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
    own = vars(function).get("__annotations__") if isinstance(function, type) else getattr(function, "__annotations__", None)
    if type(own) is dict and function.__module__.startswith("sparkbot.") and isinstance(function, (type, _FUNCTION)):
        function.__annotations__ = _Annotations(function)


class Unchecked:
    """In `Annotated`: pydantic passes the value on unchecked, because it has no schema for its type. The client checks it."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> dict[str, str]:
        return {"type": "any"}


_lock = RLock()
_defined: set[str] = set()


def define_names(module: ModuleType) -> None:
    """Runs the imports that the module has for type checkers: its blocks `if TYPE_CHECKING:`."""
    with _lock:
        if module.__name__ not in _defined:
            _defined.add(module.__name__)
            _run_checker_blocks(module)


def _run_checker_blocks(module: ModuleType) -> None:
    import ast

    names = dict(vars(module))
    for node in ast.parse(_source(module)).body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            _define_names_of_imports(module, node)
            for statement in node.body:
                _run(statement, names)
    for name, value in names.items():
        vars(module).setdefault(name, value)


def _source(module: ModuleType) -> str:
    # Not by the loader's `get_source`: pytest loads the modules of packages with plugins by a loader that has none.
    from inspect import getsource

    try:
        return getsource(module)
    except (OSError, TypeError):
        return ""


def _run(statement: Any, names: dict[str, Any]) -> None:
    import __future__

    import ast
    from typing import Any

    block = ast.Module([statement], [])
    try:
        exec(compile(block, names["__name__"], "exec", __future__.annotations.compiler_flag, dont_inherit=True), names)
    except ImportError:
        # An optional library that is not installed: nobody has objects of its types.
        for alias in statement.names:
            names.setdefault(alias.asname or alias.name.partition(".")[0], Any)


def _define_names_of_imports(module: ModuleType, block: Any) -> None:
    """A module of the package may have what is imported for type checkers only, too."""
    from importlib import import_module
    from importlib.util import resolve_name

    for node in block.body:
        target = getattr(node, "module", None)
        if target is not None:
            name = resolve_name("." * node.level + target, module.__package__)
            if name.startswith("sparkbot."):
                define_names(import_module(name))
