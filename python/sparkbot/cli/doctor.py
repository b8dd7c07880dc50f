"""`sparkbot doctor`: what a call would be made with, and whether the service is as the table says."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

import click

from sparkbot import __version__
from sparkbot.cli.show import print_json, show_fields
from sparkbot.client import KEY_VARIABLE, URL_VARIABLE
from sparkbot.errors import SparkBotError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparkbot import Client
    from sparkbot.cli.probe import Probe

#: What the extras bring, and tells apart one report of a defect from another.
_PACKAGES = ("click", "rich", "pandas", "polars", "pyarrow", "opentelemetry-api", "tqdm")
#: A shorter key could be found out from its fingerprint by trying.
_SHORTEST_WITH_FINGERPRINT = 16
# A client cannot be made without a key; this one is never sent.
_NO_KEY = "none"


@click.command()
@click.option(
    "--probe",
    "with_probe",
    is_flag=True,
    help="Make safe reads against the service, and tell where it differs from what this library knows of it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--base-url", help="Address of the service; SPARKBOT_BASE_URL when left out.")
def doctor(with_probe: bool, as_json: bool, base_url: str | None) -> int:
    """Tell versions, key, address, certificates and proxy that a call would be made with.

    Nothing is sent without --probe. With it, each kind of read is made once for one WhatsApp number; nothing is changed.
    The findings hold names of operations and fields and statuses: no key, and nothing that the service answered.

    \b
    Exit codes: 0 all is well, 1 something is missing or the service can't be used,
                3 the service contradicts the table.
    """
    findings = look_around(base_url)
    probe = None
    if with_probe and not findings["problems"]:
        from sparkbot.cli.probe import probed

        with _client(findings["base_url"]["value"]) as client:
            probe = probed(client)
        findings["problems"] += probe.problems
        findings["probe"] = probe.to_dict()
    if as_json:
        print_json(findings)
    else:
        _tell(findings, probe)
    if findings["problems"]:
        return 1
    return 3 if probe and probe.differs else 0


def look_around(base_url: str | None) -> dict[str, Any]:
    """What can be told without sending anything."""
    url, url_source = _first(("--base-url", base_url), (URL_VARIABLE, os.environ.get(URL_VARIABLE)))
    key, key_source = _first((KEY_VARIABLE, os.environ.get(KEY_VARIABLE)))
    problems: list[str] = []
    findings: dict[str, Any] = {
        "sparkbot": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": {name: _version(name) for name in _PACKAGES},
        # An address that is refused may hold a password.
        "base_url": {"value": None, "source": url_source},
        "key": _about_key(key, key_source),
        "proxy": None,
        "tls": None,
        "problems": problems,
    }
    if not url:
        problems.append(f"no address of the service: set {URL_VARIABLE}, or give --base-url")
    if not key:
        problems.append(f"no API key: set {KEY_VARIABLE}")
    try:
        if url:
            with _client(url, _NO_KEY) as client:
                findings |= _connection(client, url_source)
        if url and key:
            _client(url, key).close()
    except SparkBotError as error:
        problems.append(str(error))
    return findings


def _client(url: str | None, key: str | None = None) -> Client:
    from sparkbot import Client

    return Client(key, base_url=url)


def _first(*named: tuple[str, str | None]) -> tuple[str | None, str | None]:
    """The first value that is given, and its name."""
    return next(((value, name) for name, value in named if value), (None, None))


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _about_key(key: str | None, source: str | None) -> dict[str, Any]:
    """Which key it is, for people who have several: its length, and a hash that it can't be found out from."""
    if not key:
        return {"source": None, "characters": 0, "fingerprint": None}
    return {"source": source, "characters": len(key), "fingerprint": _fingerprint(key)}


def _fingerprint(key: str) -> str | None:
    if len(key) < _SHORTEST_WITH_FINGERPRINT:
        return None
    from hashlib import sha256

    return sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _connection(client: Client, url_source: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"base_url": {"value": client.base_url, "source": url_source}}
    environment = client._core.network_environment()
    found["proxy"] = environment.proxy
    if trust := environment.trust_store:
        paths = [str(path) for path in trust.paths]
        found["tls"] = {"source": trust.source, "paths": paths, "certificates": trust.certificates}
    return found


def _tell(findings: Mapping[str, Any], probe: Probe | None) -> None:
    show_fields(_in_words(findings))
    if probe:
        click.echo()
        probe.tell()
    for problem in findings["problems"]:
        click.echo(f"\nProblem: {problem}")


def _in_words(findings: Mapping[str, Any]) -> dict[str, str]:
    url, key = findings["base_url"], findings["key"]
    packages = (f"{name} {version or '(not installed)'}" for name, version in findings["packages"].items())
    return {
        "sparkbot": findings["sparkbot"],
        "Python": findings["python"],
        "system": findings["system"],
        "packages": ", ".join(packages),
        "service": f"{url['value']} ({url['source']})" if url["value"] else "unknown",
        "API key": _key_in_words(key),
        "proxy": findings["proxy"] or "none",
        "TLS": _tls_in_words(findings),
    }


def _key_in_words(key: Mapping[str, Any]) -> str:
    if not key["source"]:
        return "none"
    fingerprint = f", fingerprint {key['fingerprint']}" if key["fingerprint"] else ""
    return f"{key['source']}, {key['characters']} characters{fingerprint}"


def _tls_in_words(findings: Mapping[str, Any]) -> str:
    tls = findings["tls"]
    if tls is None:
        return "none, the service is plain http" if str(findings["base_url"]["value"]).startswith("http:") else "unknown"
    paths = f" ({', '.join(tls['paths'])})" if tls["paths"] else ""
    return f"always verified; {tls['certificates']} certificates from {tls['source']}{paths}"
