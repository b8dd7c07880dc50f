"""The generated code matches the API model, and a new operation generates everything that belongs to it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RESOURCES = Path("python/sparkbot/resources")
SESSION = Path("src/api/operations/session.toml")

TRACE_OPERATION = """
[[operation]]
name = "trace"
title = "WhatsApp session:Trace"
method = "GET"
path = "/devices/{device}/trace"
summary = "List what a session did."
response = { kind = "list", schema = "Trace" }
idempotent = false
paginated = true
sandbox = "crud:traces.list"
confidence = "observed"
observed_count = 1
timeout_seconds = 90
example = 'client.session.trace(device, "loud")[0]'

[[operation.parameter]]
name = "level"
in = "query"
type = "string"
required = true
positional = true
enum = ["quiet", "loud"]
type_name = "TraceLevel"
summary = "How much to tell."

[[operation.parameter]]
name = "kinds"
in = "query"
type = "string_list"
enum = ["in", "out"]
max_items = 2
summary = "Only these kinds."

[[operation.parameter]]
name = "size"
in = "query"
type = "integer"
summary = "Entries a page."

[[operation.parameter]]
name = "page"
in = "query"
type = "integer"
summary = "Page number."
"""
TRACE_SCHEMA = """
[Trace]
summary = "An event of a session."
fields = { from = "string", at = "datetime", notes = "[Trace]" }
"""

UPLOAD_OPERATION = """
[[operation]]
name = "put_traces"
title = "WhatsApp session:Put traces"
method = "POST"
path = "/devices/{device}/trace"
summary = "Upload traces."
response = { kind = "bytes" }
idempotent = false
exactly_one_of = [["steps", "content"]]
mutually_exclusive = ["place", "phone"]
groups = ["delivery"]
sandbox = "handler:put_traces"
confidence = "assumed"
example = 'client.session.put_traces(device, steps=[{"at": 1}])'

[[operation.parameter]]
name = "steps"
in = "body"
type = "object_list"
type_name = "TraceStep"
exactly_one_of = ["kind", "more"]
fields = [
  { name = "at", type = "integer", required = true, summary = "When." },
  { name = "kind", type = "string", enum = ["in", "out"], type_name = "StepKind", summary = "Which way." },
  { name = "more", type = "object", type_name = "StepMore", fields = [
    { name = "weights", type = "number_list", summary = "How much." },
  ], summary = "The rest." },
]
summary = "What was done."

[[operation.parameter]]
name = "content"
in = "body"
type = "file"
summary = "The same as a file."

[[operation.parameter]]
name = "place"
in = "body"
type = "object"
summary = "Anything."

[[operation.parameter]]
name = "phone"
in = "body"
type = "string"
depends_on = "place"
summary = "Whose."
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def generate(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "python/sparkbot/_codegen"), "--root", str(root), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A repository that contains only the API model."""
    shutil.copytree(ROOT / "src" / "api", tmp_path / "src" / "api")
    return tmp_path


@pytest.fixture
def with_operation(copy: Path) -> Path:
    """The same with two more operations, and everything generated."""
    append(copy / SESSION, TRACE_OPERATION + UPLOAD_OPERATION)
    append(copy / "src/api/responses.toml", TRACE_SCHEMA)
    done = generate(copy)
    assert done.returncode == 0, done.stderr
    return copy


def classes(path: Path) -> dict[str, ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def methods(owner: ast.ClassDef) -> dict[str, Function]:
    return {node.name: node for node in owner.body if isinstance(node, Function)}


def session_method(root: Path, owner: str, name: str) -> Function:
    return methods(classes(root / RESOURCES / "session.py")[owner])[name]


def signature(method: Function) -> str:
    return ast.unparse(method.args)


def test_generated_files_are_up_to_date(copy: Path) -> None:
    assert generate(copy).returncode == 0
    generated = [path.relative_to(copy) for folder in ("python", "docs") for path in (copy / folder).rglob("*") if path.is_file()]
    assert len(generated) >= 10
    assert [path for path in generated if (ROOT / path).read_bytes() != (copy / path).read_bytes()] == []
    assert generate(ROOT, "--check").returncode == 0


def test_check_names_outdated_files(copy: Path) -> None:
    generate(copy)
    append(copy / RESOURCES / "queue.py", "# by hand\n")
    (copy / RESOURCES / "old.py").write_text("# Generated from src/api/operations/old.toml\n", encoding="utf-8")
    (copy / RESOURCES / "mine.py").write_text("# Written by hand.\n", encoding="utf-8")
    checked = generate(copy, "--check")
    assert checked.returncode == 1
    assert [line.split()[0] for line in checked.stderr.splitlines()] == [str(RESOURCES / "old.py"), str(RESOURCES / "queue.py")]
    generate(copy)
    assert generate(copy, "--check").returncode == 0
    assert not (copy / RESOURCES / "old.py").exists()
    assert (copy / RESOURCES / "mine.py").exists()


def examples() -> list[tuple[str, Function, ast.Call]]:
    """Each example in the docstrings of the blocking client: its name, method and parsed call."""
    parsed = []
    for path in sorted((ROOT / RESOURCES).glob("[a-z]*.py")):
        for name, owner in classes(path).items():
            for method in [] if name.startswith("Async") else methods(owner).values():
                text = (ast.get_docstring(method) or "").partition(">>> ")[2].partition("\n\n")[0]
                plain = "\n".join(line.strip().removeprefix("... ") for line in text.splitlines())
                calls = [node for node in ast.walk(ast.parse(plain)) if isinstance(node, ast.Call)]
                parsed += [(f"{path.stem}.{method.name}", method, call) for call in calls]
    return parsed


def test_examples_match_their_signatures() -> None:
    names = {name for name, _, _ in examples()}
    assert len(names) > 147
    for name, method, call in examples():
        assert ast.unparse(call.func) == f"client.{name}"
        arguments = method.args
        assert len(call.args) == len(arguments.args) - 1, name
        keywords = {keyword.arg for keyword in call.keywords}
        assert keywords <= {argument.arg for argument in arguments.kwonlyargs}, name
        defaults = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        assert {argument.arg for argument, default in defaults if default is None} <= keywords, name


def test_operation_generates_a_method(with_operation: Path) -> None:
    trace = session_method(with_operation, "Session", "trace")
    assert signature(trace) == (
        "self, device: str, level: TraceLevel, *, kinds: Sequence[Literal['in', 'out']] | None=None, "
        "size: int | None=None, page: int | None=None, options: Options | None=None"
    )
    assert ast.unparse(trace.returns or trace) == "builtins.list[Trace]"
    call = "self._call('session.trace', (device, level, kinds, size, page), options)"
    assert ast.unparse(trace.body[-1]) == f"return {call}"
    async_trace = session_method(with_operation, "AsyncSession", "trace")
    assert isinstance(async_trace, ast.AsyncFunctionDef)
    assert ast.unparse(async_trace.body[-1]) == f"return await {call}"


@pytest.mark.parametrize(("owner", "returned"), [("Session", "Iterator[Trace]"), ("AsyncSession", "AsyncIterator[Trace]")])
def test_paginated_operation_generates_an_iterator(with_operation: Path, owner: str, returned: str) -> None:
    iterator = session_method(with_operation, owner, "iter_trace")
    assert isinstance(iterator, ast.FunctionDef)
    assert [argument.arg for argument in iterator.args.kwonlyargs] == ["kinds", "size", "max_pages", "options"]
    assert ast.unparse(iterator.returns or iterator) == returned
    call = "self._iterate('session.trace', (device, level, kinds, size, None), options, max_pages)"
    assert ast.unparse(iterator.body[-1]) == f"return {call}"


def test_docstring_describes_the_operation(with_operation: Path) -> None:
    blocking = ast.get_docstring(session_method(with_operation, "Session", "trace")) or ""
    awaited = ast.get_docstring(session_method(with_operation, "AsyncSession", "trace")) or ""
    for message in (
        "List what a session did.",
        "level: How much to tell. Allowed: `quiet`, `loud`.",
        "kinds: Only these kinds. Allowed: `in`, `out`. Up to 2 of them.",
        "OutcomeUnknownError:",
        "`GET /devices/{device}/trace` · not idempotent · time limit 90 s · observed in 1 public codebase.",
        "Title: `WhatsApp session:Trace`.",
    ):
        assert message in blocking
        assert message in awaited
    assert '>>> client.session.trace(device, "loud")[0]' in blocking
    assert '>>> (await client.session.trace(device, "loud"))[0]' in awaited
    assert "OutcomeUnknownError" not in (ast.get_docstring(session_method(with_operation, "Session", "sync")) or "")


def test_objects_files_and_groups_generate_parameters(with_operation: Path) -> None:
    put = session_method(with_operation, "Session", "put_traces")
    assert signature(put) == (
        "self, device: str, *, steps: Sequence[TraceStep] | None=None, content: FileSource | None=None, "
        "place: Mapping[str, object] | None=None, phone: str | None=None, deliver_at: datetime | str | None=None, "
        "options: Options | None=None"
    )
    assert ast.unparse(put.returns or put) == "Binary"


def test_docstring_describes_constraints(with_operation: Path) -> None:
    put = session_method(with_operation, "Session", "put_traces")
    message = " ".join((ast.get_docstring(put) or "").split())
    for text in (
        "Give exactly one of `steps` and `content`. Give at most one of `place` and `phone`.",
        "steps: What was done. Keys: `at` (required), `kind`, `more`, exactly one of `kind` and `more`; see",
        "phone: Whose. Only together with `place`.",
        "deliver_at: When to send the message; immediately if not given.",
        "Returns: The content, as bytes with a MIME type",
    ):
        assert text in message


def test_objects_generate_types(with_operation: Path) -> None:
    text = (with_operation / "python/sparkbot/types.py").read_text(encoding="utf-8")
    assert 'StepKind: TypeAlias = Literal["in", "out"]' in text
    types = classes(with_operation / "python/sparkbot/types.py")
    fields = {name: [ast.unparse(node) for node in types[name].body if isinstance(node, ast.AnnAssign)] for name in types}
    assert fields["TraceStep"] == ["at: Required[int]", "kind: StepKind", "more: StepMore"]
    assert fields["StepMore"] == ["weights: Sequence[float]"]


def test_operation_generates_raw_methods(with_operation: Path) -> None:
    raw = classes(with_operation / RESOURCES / "_raw.py")
    assert "self.trace = raw(resource.trace)" in ast.unparse(raw["RawSession"])
    assert "self.trace = async_raw(resource.trace)" in ast.unparse(raw["AsyncRawSession"])
    assert "iter_trace" not in ast.unparse(raw["RawSession"])


def test_operation_generates_types(with_operation: Path) -> None:
    text = (with_operation / "python/sparkbot/types.py").read_text(encoding="utf-8")
    assert 'TraceLevel: TypeAlias = Literal["quiet", "loud"]' in text
    assert '"TraceLevel",' in text
    namespace: dict[str, object] = {"__name__": "generated_types"}
    exec(compile(text, "types.py", "exec"), namespace)  # `from` is not a valid field name in a class, which only running it shows
    trace = namespace["Trace"]
    assert set(getattr(trace, "__annotations__", {})) == {"from", "at", "notes"}
    assert getattr(trace, "__total__", True) is False


def test_operation_has_a_row_in_the_reference(with_operation: Path) -> None:
    page = (with_operation / "docs/reference.md").read_text(encoding="utf-8")
    line = next(line for line in page.splitlines() if "WhatsApp session:Trace" in line)
    assert "`client.session.trace(device, level, …)`" in line
    assert "`.iter_trace(…)`" in line
    assert "| `GET /devices/{device}/trace` | not idempotent | observed in 1 public codebase |" in line


def test_operation_has_a_row_in_sandbox_coverage(with_operation: Path) -> None:
    lines = (with_operation / "docs/sandbox_coverage.md").read_text(encoding="utf-8").splitlines()
    assert "| `session.trace` | `GET /devices/{device}/trace` | crud `traces.list` |  |" in lines
    (sync,) = (line for line in lines if line.startswith("| `session.sync` |"))
    assert "handler [`session::sync`](../src/sandbox/handlers/session.rs) | needed |" in sync


def test_new_file_generates_a_resource(copy: Path) -> None:
    text = (copy / SESSION).read_text(encoding="utf-8").replace('attribute = "session"', 'attribute = "user_status"')
    (copy / "src/api/operations/user_status.toml").write_text(text, encoding="utf-8")
    generate(copy)
    assert {"UserStatus", "AsyncUserStatus"} == set(classes(copy / RESOURCES / "user_status.py"))
    index = (copy / RESOURCES / "__init__.py").read_text(encoding="utf-8")
    assert '"user_status": ("sparkbot.resources.user_status", "UserStatus", "AsyncUserStatus"),' in index
    for owner in classes(copy / RESOURCES / "_attributes.py").values():
        assert "user_status" in methods(owner)


@pytest.mark.parametrize(
    ("operation", "schema", "message"),
    [
        (TRACE_OPERATION.replace('name = "kinds"', 'name = "from"'), TRACE_SCHEMA, "session.trace: from cannot be a name here"),
        (TRACE_OPERATION.replace('name = "kinds"', 'name = "options"'), TRACE_SCHEMA, "options cannot be a name here"),
        (TRACE_OPERATION.replace('"integer"', '"whole"'), TRACE_SCHEMA, "session.trace(size): no Python type for whole"),
        (TRACE_OPERATION.replace("{device}", "{gadget}"), TRACE_SCHEMA, "{gadget} is not in common.toml"),
        (UPLOAD_OPERATION.replace('"delivery"', '"postage"'), "", "the group postage is not in common.toml"),
        (UPLOAD_OPERATION.replace("TraceStep", "GroupMember"), "", "the type_name GroupMember has another definition elsewhere"),
        (UPLOAD_OPERATION.replace("TraceStep", "Chat"), "", "the type_name Chat has several definitions"),
        (UPLOAD_OPERATION.replace('name = "at"', 'name = "from"'), "", "session.put_traces: from cannot be a name here"),
        (TRACE_OPERATION, "", "the schema Trace is not in responses.toml"),
        (TRACE_OPERATION, TRACE_SCHEMA.replace("[Trace]\ns", "[Session]\ns"), "Session is the class of client.session"),
        (TRACE_OPERATION, TRACE_SCHEMA.replace("datetime", "instant"), "instant is neither a type nor a schema"),
        (TRACE_OPERATION.replace("TraceLevel", "Chat"), TRACE_SCHEMA, "the type_name Chat has several definitions"),
        (TRACE_OPERATION.replace('"in", "out"', f'"{"i" * 70}", "{"o" * 70}"'), TRACE_SCHEMA, "give its values a type_name"),
    ],
)
def test_invalid_python_names_are_rejected(copy: Path, operation: str, schema: str, message: str) -> None:
    append(copy / SESSION, operation)
    append(copy / "src/api/responses.toml", schema)
    done = generate(copy)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (copy / "python").exists()
