"""The examples of the README and of the guides in docs/ run unchanged: programs, commands and parts of apps."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.time_limits import HANG_TIMEOUT

ROOT = Path(__file__).parents[1]
GUIDES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
APPS = ("examples/bot_app/README.md", "examples/django_app/README.md", "examples/fastapi_app/README.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# Blocks of these kinds show files, output, and commands that need a reader's own project.
SHOWN = {"text", "toml", "csv", "json", "html", "ini", "sh"}
# Python that needs packages which the tests do not install. It is compiled and not run, and its guide says so.
NOT_RUN = "py"
# Python that is a test module, is quoted from an app with its own tests, or is run by another test with its own service
# (tests/sync/test_guide.py, tests/process/test_documentation.py, tests/integrations/test_dask.py, tests/stress/spark.py).
NO_PROGRAMS = {"testing", "django", "fastapi", "sync", "processes", "spark_dask"}
# Guides that show their complete output.
SHOWN_IN_FULL = {"data", "dlt", "frames", "mapping", "security", "sql_sources"}
# Parts of the output of a guide's programs.
PRINTED: dict[str, list[str]] = {
    "agents": ['{"operation":"chats.list","summary":"List the chats of a number, one page at a time.","tool":"call_read"}'],
    "async": ["timed out after 0.2 s\n", "[3, 3, 3]"],
    "export": [
        "[('bronze', ",
        "{'sparkbot_wid': '447362053576@c.us', 'sparkbot_phone': '+447362053576', 'sparkbot_name': 'Ada', 'tier': 'gold'}\n",
    ],
    "errors": ['status is "closed"', "it may have been executed", "not found among the sent messages"],
    "many-items": [
        '0 resolved\n1 resolved\n2 failed chats.set_status: status is "closed"',
        "['ok', 'failed']",
        "2 2 chats.set_status",
        "28 28 0",
    ],
    "observability": [
        "devices.list 200 1 None\nnightly\n",
        "['http.client.request.duration', 'sparkbot.client.queue.duration']\n",
    ],
    "webhooks": [
        "5e01 +447362053576 Are you open?",
        "(200, '1 events')",
        "text: Hello\nWebhookResponse(status_code=200, text='')\nWebhookResponse(status_code=200, text='')\n",
        "['Hello?', 'Hello?', 'Are you open?', 'Are you open?'] 2",
    ],
}
LOGGED = {"observability": r"^DEBUG devices\.list attempt 1: 200 in \d+\.\d{3} s, request sandbox-"}


def blocks(guide: str, kind: str) -> list[str]:
    return [text for language, text in BLOCK.findall(GUIDES[guide]) if language == kind]


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a folder with the examples, without settings of the environment."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SPARKBOT_")}
    settings |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **environment}
    # dlt would report its use, and keep its files in the home folder.
    settings |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "DLT_DATA_DIR": str(folder / "dlt")}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)


@pytest.mark.parametrize("guide", GUIDES)
def test_blocks_have_known_languages(guide: str) -> None:
    assert {kind for kind, _ in BLOCK.findall(GUIDES[guide])} <= {"python", "console", NOT_RUN, *SHOWN}


@pytest.mark.parametrize(
    "guide", [guide for guide in GUIDES if blocks(guide, "python") and guide not in NO_PROGRAMS | SHOWN_IN_FULL]
)
def test_python_blocks_of_a_guide_run_as_one_program(guide: str, tmp_path: Path) -> None:
    done = run(tmp_path, sys.executable, "-W", "error", "-c", "\n".join(blocks(guide, "python")))
    assert done.returncode == 0, done.stderr
    for words in PRINTED.get(guide, []):
        assert words in done.stdout
    assert re.search(LOGGED.get(guide, r"\A\Z"), done.stderr, re.MULTILINE), done.stderr


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if blocks(guide, NOT_RUN)])
def test_python_that_is_not_run_compiles(guide: str) -> None:
    assert "don't run them" in GUIDES[guide]
    for block in blocks(guide, NOT_RUN):
        compile(block, f"docs/{guide}.md", "exec")


@pytest.mark.parametrize("guide", sorted(SHOWN_IN_FULL))
def test_guide_shows_its_complete_output(guide: str, tmp_path: Path) -> None:
    done = run(tmp_path, sys.executable, "-W", "error", "-c", "\n".join(blocks(guide, "python")))
    assert (done.stdout, done.stderr) == ("".join(blocks(guide, "text")), "")


def test_guide_quotes_the_example_mapping() -> None:
    assert blocks("mapping", "toml") == [(ROOT / "examples/crm.toml").read_text(encoding="utf-8")]


def test_testing_guide_runs_as_a_test_module(tmp_path: Path) -> None:
    (tmp_path / "test_guide.py").write_text("\n".join(blocks("testing", "python")), encoding="utf-8")
    done = run(tmp_path, sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_guide.py")
    assert "8 passed" in done.stdout, done.stdout + done.stderr


PARTS = [
    pytest.param(block, id=f"{guide}-{number}")
    for guide in ("django", "fastapi")
    for number, block in enumerate(blocks(guide, "python"))
]


@pytest.mark.parametrize("block", PARTS)
def test_quoted_app_code_matches_the_app(block: str) -> None:
    """The apps' own tests run it."""
    first, _, part = block.partition("\n")
    assert part in (ROOT / first.removeprefix("# ")).read_text(encoding="utf-8")


def commands(guide: str) -> list[str]:
    return [line[2:] for text in blocks(guide, "console") for line in text.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if commands(guide)])
def test_commands_of_a_guide_run_in_order(guide: str, tmp_path: Path) -> None:
    """The expected exit code is 0, or that of the comment after a command: `# exit 3`."""
    script = "\n".join(checked(command) for command in commands(guide))
    done = run(tmp_path, "bash", "-c", script)
    assert done.returncode == 0, done.stdout + done.stderr


def checked(command: str) -> str:
    code = re.search(r"# exit (\d+)", command)
    return f"{command}\n[ $? -eq {code[1] if code else 0} ] || exit 1"


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{guide}.md" for guide in GUIDES), *APPS])
def test_links_resolve(page: str) -> None:
    for link in re.findall(r"\]\((?!http)([^)]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        if heading and not re.fullmatch(r"L\d+", heading):
            titles = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [title.lower().replace(" ", "-") for title in titles], link


def test_navigation_lists_every_page() -> None:
    settings = (ROOT / "docs/zensical.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'= "([\w-]+)\.md"', settings))
    assert named - {"index", "changelog", "promises"} == set(GUIDES)


README = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
README_PROGRAM = [text for kind, text in README if kind == "python"]
README_COMMANDS = [line.removeprefix("$ ") for kind, text in README if kind == "console" for line in text.splitlines()]
README_OUTPUT = [
    "gold",
    "closed",
    "404 Device not found",
    "3 rows: 2 ok, 0 skipped, 1 failed",
    "delivered\n",
    "5e01 message:in:new",
]
COMMAND_OUTPUT = {
    "sync": ["2,918 ok", "outcomes.csv"],
    "operations": ["labels.create", "labels.delete"],
    "call": ['"alias": "Support"'],
}


def test_readme_blocks_have_known_languages() -> None:
    assert {kind for kind, _ in README} == {"python", "console"}
    assert len(README_PROGRAM) >= 6


def test_readme_python_blocks_run_as_one_program(tmp_path: Path) -> None:
    """The blocks share one program, as for a reader who follows along, with the settings of the README."""
    settings = {"SPARKBOT_API_KEY": "your-key", "SPARKBOT_BASE_URL": "https://HOST/v1"}
    done = run(tmp_path, sys.executable, "-W", "error", "-c", "\n".join(README_PROGRAM), **settings)
    assert (done.returncode, done.stderr) == (0, "")
    for words in README_OUTPUT:
        assert words in done.stdout


def test_readme_app_test_passes(tmp_path: Path) -> None:
    [test] = [text for text in README_PROGRAM if "def test_" in text]
    (tmp_path / "test_app.py").write_text(f"import sparkbot\n{test}", encoding="utf-8")
    done = run(tmp_path, sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", "test_app.py")
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("command", [command for command in README_COMMANDS if command.startswith("sparkbot ")])
def test_readme_commands_run(command: str, tmp_path: Path) -> None:
    done = run(tmp_path, "bash", "-c", command)
    # The example data contain invalid rows on purpose, so the exit code is 3.
    assert done.returncode == (3 if command.startswith("sparkbot sync") else 0), done.stderr
    for words in COMMAND_OUTPUT[command.split()[1]]:
        assert words in done.stdout


@pytest.mark.parametrize("target", [command.removeprefix("make ") for command in README_COMMANDS if command.startswith("make ")])
def test_readme_make_targets_exist(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_readme_commands_are_known() -> None:
    assert all(command.split()[0] in ("make", "sparkbot", "python3", "export") for command in README_COMMANDS)
