"""`sparkbot doctor`: prints the configuration, and compares the service with the API model."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

import click

from sparkbot import Client, __version__
from sparkbot.cli.show import print_fields
from sparkbot.cli.streams import print_json
from sparkbot.client import KEY_VARIABLE, URL_VARIABLE
from sparkbot.errors import SparkBotError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Packages of the extras, for bug reports.
_PACKAGES = ("click", "rich", "pandas", "polars", "pyarrow", "opentelemetry-api", "tqdm")
#: A shorter key could be recovered from its fingerprint by brute force.
_MIN_FINGERPRINT_LENGTH = 16
# A client needs a key; this one is never sent.
_PLACEHOLDER_KEY = "none"


@click.command()
@click.option(
    "--probe", "with_probe", is_flag=True, help="Call the read operations, and compare the responses with the API model."
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--base-url", help="Base URL of the service; SPARKBOT_BASE_URL if omitted.")
def doctor(with_probe: bool, as_json: bool, base_url: str | None) -> int:
    """Print the configuration of calls: versions, key, base URL, certificates and proxy.

    Nothing is sent without --probe. With it, each read operation is called once, for one WhatsApp number; nothing is changed.
    The findings contain names of operations and fields, types and statuses, but neither the key nor data of responses.

    \b
    Exit codes: 0 no problem, 1 a setting is missing or the service can't be used,
                3 the service contradicts the API model.
    """
    findings = inspect_configuration(base_url)
    probe = None
    if with_probe and not findings["problems"]:
        from sparkbot.cli.probe import run_probe

        with Client(base_url=findings["base_url"]["value"]) as client:
            probe = run_probe(client)
        findings["problems"] += probe.problems
        findings["probe"] = probe.to_dict()
    if as_json:
        print_json(findings)
    else:
        print_fields(_describe(findings))
        if probe:
            click.echo()
            probe.print()
        for problem in findings["problems"]:
            click.echo(f"\nProblem: {problem}")
    if findings["problems"]:
        return 1
    return 3 if probe and probe.differs else 0


def inspect_configuration(base_url: str | None) -> dict[str, Any]:
    """The configuration and its problems; sends nothing."""
    url, url_source = (base_url, "--base-url") if base_url else (os.environ.get(URL_VARIABLE), URL_VARIABLE)
    key = os.environ.get(KEY_VARIABLE)
    problems: list[str] = []
    findings: dict[str, Any] = {
        "sparkbot": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": {name: _package_version(name) for name in _PACKAGES},
        # A rejected URL is not shown, because it can contain a password.
        "base_url": {"value": None, "source": url_source if url else None},
        "key": {
            "source": KEY_VARIABLE if key else None,
            "characters": len(key or ""),
            "fingerprint": _fingerprint(key or ""),
        },
        "proxy": None,
        "tls": None,
        "problems": problems,
    }
    if not url:
        problems.append(f"no base URL of the service: set {URL_VARIABLE}, or give --base-url")
    if not key:
        problems.append(f"no API key: set {KEY_VARIABLE}")
    try:
        if url:
            with Client(_PLACEHOLDER_KEY, base_url=url) as client:
                findings["base_url"]["value"] = client.base_url
                findings |= _network_environment(client)
        if url and key:
            Client(key, base_url=url).close()
    except SparkBotError as error:
        problems.append(str(error))
    return findings


def _package_version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _fingerprint(key: str) -> str | None:
    """A hash that identifies the key, and from which it can't be recovered."""
    if len(key) < _MIN_FINGERPRINT_LENGTH:
        return None
    from hashlib import sha256

    return sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _network_environment(client: Client) -> dict[str, Any]:
    environment = client._core.network_environment()
    trust = environment.trust_store
    tls = trust and {"source": trust.source, "paths": list(map(str, trust.paths)), "certificates": trust.certificates}
    return {"proxy": environment.proxy, "tls": tls}


def _describe(findings: Mapping[str, Any]) -> dict[str, str]:
    url, key = findings["base_url"], findings["key"]
    packages = (f"{name} {version or '(not installed)'}" for name, version in findings["packages"].items())
    fingerprint = f", fingerprint {key['fingerprint']}" if key["fingerprint"] else ""
    return {
        "sparkbot": findings["sparkbot"],
        "Python": findings["python"],
        "system": findings["system"],
        "packages": ", ".join(packages),
        "service": f"{url['value']} ({url['source']})" if url["value"] else "unknown",
        "API key": f"{key['source']}, {key['characters']} characters{fingerprint}" if key["source"] else "none",
        "proxy": findings["proxy"] or "none",
        "TLS": _describe_tls(findings),
    }


def _describe_tls(findings: Mapping[str, Any]) -> str:
    tls = findings["tls"]
    if tls is None:
        return "none, the service is plain http" if str(findings["base_url"]["value"]).startswith("http:") else "unknown"
    paths = f" ({', '.join(tls['paths'])})" if tls["paths"] else ""
    return f"always verified; {tls['certificates']} certificates from {tls['source']}{paths}"
