"""Messages over HTTP/2 connections that end at random moments: none is executed twice, and none that failed was executed.

    python -m tests.stress.http2 [--messages 5000]

Run by `make test-long`. The server ends each connection after a few requests: with a GOAWAY that names the request before or the
current one as the last, after a graceful GOAWAY, by refusing streams, or without a word.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from h2.errors import ErrorCodes
from tests.conftest import CANARY, DEVICE
from tests.network import certificates
from tests.network.http2_server import EVERY_STREAM, Session, Stream, behaviour
from tests.network.server import FaultServer
from tests.stress import promises
from tests.stress.promises import Row

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.network.server import Behaviour

AT_A_TIME = 16
#: Codes of a GOAWAY; the client must not care.
CODES = (ErrorCodes.NO_ERROR, ErrorCodes.ENHANCE_YOUR_CALM, ErrorCodes.INTERNAL_ERROR)


#: Ends that leave no doubt about any request. After another one, the client opens a connection for each message for a minute.
ANNOUNCED = ("goaway before", "graceful", "refuse")
ENDS = (*ANNOUNCED, "goaway at", "close")


def end_at_random(*ends: str) -> Behaviour:
    def handle(session: Session) -> None:
        left = random.randint(0, 40)
        for stream in session.requests():
            left -= 1
            if left > 0 or not _end(session, stream, random.choice(ends)):
                session.respond(stream)

    return behaviour(handle)


def _end(session: Session, stream: Stream, end: str) -> bool:
    """Returns whether the request has been dealt with; raises to close the connection."""
    if end == "refuse":
        session.reset(stream, ErrorCodes.REFUSED_STREAM)
        return True
    if end == "graceful":
        session.go_away(EVERY_STREAM)
        return False
    if end != "goaway before":
        session.execute(stream)
    if end != "close":
        last = stream.id if end == "goaway at" else max(stream.id - 2, 0)
        session.go_away(last, random.choice(CODES))
    raise ConnectionAbortedError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5000)
    messages = parser.parse_args().messages
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "authority.pem"
        certificates.authority().cert_pem.write_to_path(bundle)
        twice, wrong = zip(*(_measure(ends, messages // 2, bundle) for ends in (ANNOUNCED, ENDS)), strict=True)
    return promises.save(
        "python -m tests.stress.http2",
        [
            Row("a message over HTTP/2 is executed at most once", messages, sum(twice)),
            Row("its result says whether it was executed, or that this is unknown", messages, sum(wrong)),
        ],
    )


def _measure(ends: Sequence[str], messages: int, bundle: Path) -> tuple[int, int]:
    """How many messages were executed twice, and how many results were wrong."""
    with FaultServer(end_at_random(*ends), certificates.http2()) as server:
        settings: dict[str, Any] = {
            "api_key": CANARY,
            "base_url": f"https://127.0.0.1:{server.port}/v1",
            "ca_bundle": bundle,
            "retry": sparkbot.Retry(9, initial_delay=0.001, max_delay=0.01, budget=None),
        }
        outcomes = _blocking(settings, messages // 2) | asyncio.run(_awaited(settings, messages // 2, messages))
        executed = Counter(_number(request.body) for request in server.requests)
    print(f"{', '.join(ends)}: {dict(Counter(outcomes.values()))}, {len(server.connections):,} connections")
    known = {number: outcome for number, outcome in outcomes.items() if outcome != "OutcomeUnknownError"}
    wrong = sum(executed[number] != (outcome == "ok") for number, outcome in known.items())
    return sum(count > 1 for count in executed.values()), wrong


def _message(number: int) -> dict[str, Any]:
    return {"device": DEVICE, "phone": "+447362053576", "message": f"message {number}"}


def _number(body: bytes) -> int:
    return int(body.partition(b"message ")[2].partition(b'"')[0])


def _blocking(settings: dict[str, Any], count: int) -> dict[int, str]:
    with sparkbot.Client(**settings) as client, ThreadPoolExecutor(AT_A_TIME) as pool:

        def send(number: int) -> str:
            try:
                client.send.text(**_message(number))
            except errors.SparkBotError as error:
                return type(error).__name__
            return "ok"

        return dict(enumerate(pool.map(send, range(count))))


async def _awaited(settings: dict[str, Any], start: int, end: int) -> dict[int, str]:
    numbers, outcomes = iter(range(start, end)), dict[int, str]()
    async with sparkbot.AsyncClient(**settings) as client:

        async def work() -> None:
            for number in numbers:
                try:
                    await client.send.text(**_message(number))
                    outcomes[number] = "ok"
                except errors.SparkBotError as error:
                    outcomes[number] = type(error).__name__

        await asyncio.gather(*(work() for _ in range(AT_A_TIME)))
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
