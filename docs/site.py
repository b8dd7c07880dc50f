"""Assembles the site's pages and settings: `python docs/site.py build`, then `zensical build -f build/zensical.toml`.

The files in docs/ are written for a code host, where links can point to source files. The site has no source files: links to
an operation's definition or method are replaced by links to its section, which is generated from the same model.
"""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "python/sparkbot/_codegen"))
from agents import llms_page  # noqa: E402
from loader import Model, load_model  # noqa: E402
from site_pages import resource_pages  # noqa: E402 (the generator is a folder of scripts)

CALL = re.compile(r"`client\.(\w+)\.(\w+)\(")
OUTWARD = re.compile(r"\[([^\]]*)\]\(\.\./[^)]*\)")
# Pages in the root of the repository, and their names on the site.
AT_THE_ROOT = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "SECURITY.md": "promises.md"}
LINK = re.compile(r"\]\((?!https?:|#)")


def main(target: Path) -> None:
    model = load_model(ROOT / "src/api")
    shutil.rmtree(target / "docs", ignore_errors=True)
    for name, text in pages(model).items():
        path = target / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    navigation = tomllib.loads((ROOT / "docs/zensical.toml").read_text(encoding="utf-8"))
    (target / "docs/llms.txt").write_text(llms_page(model, navigation), encoding="utf-8")
    shutil.copy(ROOT / "python/sparkbot/agents.md", target / "docs/llms-full.txt")
    shutil.copy(ROOT / "docs/site.css", target / "docs/site.css")
    shutil.copytree(ROOT / "docs/images", target / "docs/images")
    (target / "zensical.toml").write_text(settings(model), encoding="utf-8")


def pages(model: Model) -> dict[str, str]:
    """All pages of the site, by path."""
    by_hand = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    at_the_root = {name: from_the_root((ROOT / path).read_text(encoding="utf-8")) for path, name in AT_THE_ROOT.items()}
    # The wide table needs the space of the table of contents; the navigation lists the same resources.
    by_hand["reference.md"] = "---\nhide: [toc]\n---\n" + by_hand["reference.md"]
    return {
        **{name: "\n".join(map(within_the_site, text.split("\n"))) for name, text in {**by_hand, **at_the_root}.items()},
        **resource_pages(model),
    }


def from_the_root(text: str) -> str:
    """Makes links relative to docs/."""
    return LINK.sub("](../", text).replace("](../docs/", "](")


def within_the_site(line: str) -> str:
    """Replaces links out of docs/: by the section of the line's operation, by the site page of that file, else by text."""
    for path, name in AT_THE_ROOT.items():
        line = re.sub(rf"\]\((?:\.\./)?{re.escape(path)}(?=[)#])", f"]({name}", line)
    call = CALL.search(line)
    if line.startswith("|") and call and call[1] != "request":
        return OUTWARD.sub(rf"[\1](reference/{call[1]}.md#{call[2]})", line)
    return OUTWARD.sub(r"\1", line)


def settings(model: Model) -> str:
    text = (ROOT / "docs/zensical.toml").read_text(encoding="utf-8")
    entries = "".join(
        f'    {{ "{resource.attribute}" = "reference/{resource.attribute}.md" }},\n' for resource in model.resources
    )
    return text.replace('{ "Operations" = [] }', f'{{ "Operations" = [\n{entries}  ] }}')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
