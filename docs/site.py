"""Assembles the site's pages and settings: `python docs/site.py build`, then `zensical build -f build/zensical.toml`.

What is in docs/ reads well on a code host, where links lead into the source. A site has no source beside it: there, a
link to a row or to a method leads to the operation's own section, which is made from the same model.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "python/sparkbot/_codegen"))
from loader import Model, load_model  # noqa: E402
from site_pages import resource_pages  # noqa: E402 (the generator is a folder of scripts)

CALL = re.compile(r"`client\.(\w+)\.(\w+)\(")
OUTWARD = re.compile(r"\[([^\]]*)\]\(\.\./[^)]*\)")
# Pages that stand at the root of the repository, under the names that they have in the site.
AT_THE_ROOT = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "SECURITY.md": "promises.md"}
LINK = re.compile(r"\]\((?!https?:|#)")


def main(target: Path) -> None:
    model = load_model(ROOT / "src/api")
    shutil.rmtree(target / "docs", ignore_errors=True)
    for name, text in pages(model).items():
        path = target / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "docs/site.css", target / "docs/site.css")
    shutil.copytree(ROOT / "docs/images", target / "docs/images")
    (target / "zensical.toml").write_text(settings(model), encoding="utf-8")


def pages(model: Model) -> dict[str, str]:
    """Every page of the site, by its path."""
    by_hand = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    at_the_root = {name: from_the_root((ROOT / path).read_text(encoding="utf-8")) for path, name in AT_THE_ROOT.items()}
    # Its table needs the room; the navigation lists the same resources.
    by_hand["reference.md"] = "---\nhide: [toc]\n---\n" + by_hand["reference.md"]
    return {
        **{name: "\n".join(map(within_the_site, text.split("\n"))) for name, text in {**by_hand, **at_the_root}.items()},
        **resource_pages(model),
    }


def from_the_root(text: str) -> str:
    """Links as they are from within docs/."""
    return LINK.sub("](../", text).replace("](../docs/", "](")


def within_the_site(line: str) -> str:
    """Links that leave docs/ lead to the section of the operation that the line is about, or to the page that the file is in the
    site; others become plain text.
    """
    for path, name in AT_THE_ROOT.items():
        line = re.sub(rf"\]\((?:\.\./)?{re.escape(path)}(?=[)#])", f"]({name}", line)
    call = CALL.search(line)
    if line.startswith("|") and call and call[1] != "request":
        return OUTWARD.sub(rf"[\1](reference/{call[1]}.md#{call[2]})", line)
    return OUTWARD.sub(r"\1", line)


def settings(model: Model) -> str:
    text = (ROOT / "docs/zensical.toml").read_text(encoding="utf-8")
    entries = "".join(f'    {{ "{one.attribute}" = "reference/{one.attribute}.md" }},\n' for one in model.resources)
    return text.replace('{ "Operations" = [] }', f'{{ "Operations" = [\n{entries}  ] }}')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
