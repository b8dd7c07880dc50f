"""Import graphs of the Rust crate and the Python package: which file imports which.

Re-exports are resolved, so an import counts as an import of the file that defines the item. Imports inside functions count;
imports for type checkers do not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Graph = dict[str, set[str]]

COMMENT = re.compile(r"//[^\n]*")
TEST_MODULE = re.compile(r"#\[cfg\(test\)\]\s*mod tests \{.*", re.DOTALL)
USE = re.compile(r"\b(pub(?:\([\w: ]+\))?\s+)?use\s+([^;]+);")
INLINE = re.compile(r"\b(?:crate|super|self)(?:::\w+)+")


def rust_graph(source: Path = ROOT / "src") -> Graph:
    """Every Rust file with the files that define what it uses; test modules are left out."""
    modules = {module_of(path, source): path for path in source.rglob("*.rs") if not is_test(path)}
    texts = {module: TEST_MODULE.sub("", COMMENT.sub("", path.read_text(encoding="utf-8"))) for module, path in modules.items()}
    exports = {module: dict(reexports(module, text)) for module, text in texts.items()}
    graph: Graph = {}
    for module, text in texts.items():
        paths = [absolute(module, path) for _, path, _ in uses(text)]
        paths += [absolute(module, tuple(match.split("::"))) for match in INLINE.findall(USE.sub("", text))]
        found = {owner for path in paths if path is not None and (owner := owner_of(path, modules, exports)) is not None}
        graph["/".join(module) or "lib"] = {"/".join(owner) or "lib" for owner in found - {module}}
    return graph


def is_test(path: Path) -> bool:
    return path.stem.endswith("tests")


def module_of(path: Path, source: Path) -> tuple[str, ...]:
    parts = path.relative_to(source).with_suffix("").parts
    return parts[:-1] if parts[-1] in {"mod", "lib"} else parts


def uses(text: str) -> Iterator[tuple[bool, tuple[str, ...], str]]:
    """Each imported path, whether it is a re-export, and the name it is imported as."""
    for exported, tree in USE.findall(text):
        for path, alias in expand(tree):
            yield bool(exported), path, alias


def expand(tree: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The paths of a `use` tree: `a::{b, c as d}` is `a::b` as `b` and `a::c` as `d`."""
    tree = tree.strip()
    if tree.endswith("}"):
        head, _, body = tree.partition("{")
        prefix = tuple(part for part in head.strip().split("::") if part)
        for item in split_items(body[:-1]):
            for path, alias in expand(item):
                yield prefix + path, alias
        return
    name, _, alias = tree.partition(" as ")
    parts = tuple(part.strip() for part in name.split("::"))
    yield parts, alias.strip() or parts[-1]


def split_items(body: str) -> Iterator[str]:
    depth, start = 0, 0
    for position, character in enumerate(body):
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            yield body[start:position]
            start = position + 1
    if body[start:].strip():
        yield body[start:]


def reexports(module: tuple[str, ...], text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for exported, path, alias in uses(text):
        target = absolute(module, path)
        if exported and target is not None:
            yield alias, target
        elif exported:
            yield alias, module + path


def absolute(module: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...] | None:
    """A path from the crate's root, or None for a path into another crate or into a child module."""
    match path[0]:
        case "crate":
            return path[1:]
        case "self":
            return module + path[1:]
        case "super":
            while path and path[0] == "super":
                module, path = module[:-1], path[1:]
            return module + path
    return None


def owner_of(
    path: tuple[str, ...], modules: Iterable[tuple[str, ...]], exports: Mapping[tuple[str, ...], Mapping[str, tuple[str, ...]]]
) -> tuple[str, ...] | None:
    """The module that defines the item at `path`."""
    for length in range(len(path), -1, -1):
        module = path[:length]
        if module not in modules:
            continue
        target = exports[module].get(path[length]) if length < len(path) else None
        if target is None or target == path:
            return module
        return owner_of(target + path[length + 1 :], modules, exports)
    return None


def python_graph(package: Path = ROOT / "python" / "sparkbot") -> Graph:
    """Every Python module of the package with the modules of the package that it imports."""
    paths = {python_module(path, package): path for path in package.rglob("*.py") if "_codegen" not in path.parts}
    graph: Graph = {}
    for module, path in paths.items():
        parent = module if path.stem == "__init__" else module.rpartition(".")[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[module] = {target for node in runtime_imports(tree) for target in targets(node, parent, paths)} - {module}
    return graph


def python_module(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def runtime_imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        yield from runtime_imports(node)


def targets(node: ast.Import | ast.ImportFrom, parent: str, modules: Iterable[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in modules)
        return
    base = parent.rsplit(".", node.level - 1)[0] if node.level else ""
    module = ".".join(part for part in (base, node.module) if part)
    for alias in node.names:
        candidate = f"{module}.{alias.name}"
        if candidate in modules:
            yield candidate
        elif module in modules:
            yield module


def cycles(graph: Graph) -> list[set[str]]:
    """The strongly connected components of more than one node, largest first (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in sorted(graph.get(node, ())):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            component = {stack.pop()}
            while node not in component:
                component.add(stack.pop())
            if len(component) > 1:
                found.append(component)

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return sorted(found, key=len, reverse=True)


if __name__ == "__main__":
    for name, graph in (("Rust", rust_graph()), ("Python", python_graph())):
        print(f"{name}: {len(graph)} files")
        for component in cycles(graph):
            print(f"  {len(component)}: {' '.join(sorted(component))}")
            for node in sorted(component):
                print(f"      {node} -> {' '.join(sorted(graph[node] & component))}")
