"""Generates the module of a resource: a blocking class and an async class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations import STANDARD_NAMES, argument, imported_names, item_type, quoted, return_type
from docstrings import method_docstring
from formatting import UNCHECKED_RESPONSES, WIDTH, bracketed, docstring, import_from, lines, tuple_of
from loader import ModelError, Operation, Parameter, Resource

OPTIONS = "options: Options | None = None"
MAX_PAGES = "max_pages: int | None = None"


@dataclass(frozen=True)
class Method:
    """A method to generate: it calls an operation, iterates over its pages, or saves its response to a file."""

    operation: Operation
    awaited: bool
    walk: bool = False
    save: bool = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return tuple(parameter for parameter in self.operation.parameters if not (self.walk and parameter.name == "page"))

    @property
    def annotations(self) -> list[str]:
        return [*self.arguments(), self.returns()]

    def arguments(self) -> list[str]:
        """Returns the parameters of the signature."""
        positional = [argument(self.operation, parameter) for parameter in self.parameters if parameter.positional]
        keywords = [argument(self.operation, parameter) for parameter in self.parameters if not parameter.positional]
        target = ["path: str | PathLike[str]"] if self.save else []
        return ["self", *positional, *target, "*", *keywords, *([MAX_PAGES] if self.walk else []), OPTIONS]

    def returns(self) -> str:
        if self.save:
            return "Path"
        if not self.walk:
            return return_type(self.operation)
        return f"{'AsyncIterator' if self.awaited else 'Iterator'}[{item_type(self.operation)}]"

    def body(self) -> str:
        given = {parameter.name for parameter in self.parameters}
        values = [parameter.name if parameter.name in given else "None" for parameter in self.operation.parameters]
        last = ["max_pages"] if self.walk else ["path"] if self.save else []
        passed = [quoted(self.operation.full_name), tuple_of(values), "options", *last]
        waits = "await " if self.awaited and not self.walk else ""
        call = f"return {waits}self.{'_iterate' if self.walk else '_call'}("
        if len(call) + len(", ".join(passed)) + 9 > WIDTH:
            passed[1] = tuple_of(values, indent=12)
        return bracketed(call, passed, ")", indent=8)

    @property
    def name(self) -> str:
        return self.operation.iter_method_name if self.walk else self.operation.name + ("_to" if self.save else "")

    def text(self) -> str:
        define = f"{'async ' if self.awaited and not self.walk else ''}def {self.name}("
        signature = bracketed(define, self.arguments(), f") -> {self.returns()}:", indent=4)
        if any(len(line) > WIDTH for line in signature.splitlines()):
            raise ModelError(f"{self.operation.full_name}: an argument's line is too long; give its values a type_name")
        document = method_docstring(self.operation, self.parameters, awaited=self.awaited, walk=self.walk, save=self.save)
        return lines(signature, document, self.body())


def resource_module(resource: Resource) -> str:
    blocking, awaited = methods_of(resource, awaited=False), methods_of(resource, awaited=True)
    names = imported_names(annotation for method in (*blocking, *awaited) for annotation in method.annotations)
    mixins = [resource.mixin, f"Async{resource.mixin}"] if resource.mixin else []
    head = lines(
        f"# Generated from src/api/operations/{resource.attribute}.toml by `make generate`; edit that file.",
        UNCHECKED_RESPONSES,
        "from __future__ import annotations\n",
        import_from(f"sparkbot.resources._{resource.attribute}", mixins),
        import_from("sparkbot.resources._base", ["AsyncResource", "Resource"]) + "\n",
        "# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.",
        "TYPE_CHECKING = False",
        "if TYPE_CHECKING:",
    )
    first, second = class_text(resource, blocking, ""), class_text(resource, awaited, "Async")
    return f"{sorted_imports(head)}\n{type_imports(names, blocking)}\n\n\n{first}\n\n\n{second}\n"


def sorted_imports(head: str) -> str:
    """Sorts the imports as ruff does: `_base` before or after the module of the mixin."""
    imports = [line for line in head.splitlines() if line.startswith("from sparkbot")]
    return head.replace("\n".join(imports), "\n".join(sorted(imports)))


def methods_of(resource: Resource, *, awaited: bool) -> list[Method]:
    """Returns the method of each operation, followed by those that iterate over its pages or save its response."""
    methods: list[Method] = []
    for operation in resource.operations:
        methods.append(Method(operation, awaited))
        methods += [Method(operation, awaited, walk=True)] if operation.paginated else []
        methods += [Method(operation, awaited, save=True)] if operation.response["kind"] == "bytes" else []
    return methods


def type_imports(names: set[str], methods: Sequence[Method]) -> str:
    """Returns the imports for type checkers: the standard library, then sparkbot."""
    lists = any("builtins." in annotation for method in methods for annotation in method.annotations)
    modules = sorted({STANDARD_NAMES[name] for name in names if name in STANDARD_NAMES})
    standard = [import_from(module, {name for name in names if STANDARD_NAMES.get(name) == module}, 4) for module in modules]
    ours = names - set(STANDARD_NAMES) - {"Binary", "Options"}
    groups = [
        lines("    import builtins" if lists else "", *standard),
        lines(
            "    from sparkbot.options import Options",
            "    from sparkbot.response import Binary" if "Binary" in names else "",
            import_from("sparkbot.types", ours, 4),
        ),
    ]
    return "\n\n".join(group for group in groups if group)


def class_text(resource: Resource, methods: Sequence[Method], prefix: str) -> str:
    bases = [*([f"{prefix}{resource.mixin}"] if resource.mixin else []), f"{prefix}Resource"]
    head = lines(
        f"class {prefix}{resource.class_name}({', '.join(bases)}):",
        docstring([f"    {resource.summary}"], 4),
        "\n    __slots__ = ()",
    )
    return "\n\n".join([head, *(method.text() for method in methods)])
