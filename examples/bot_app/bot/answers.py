"""What the bot says and does, by the type of a message.

The client reads SPARKBOT_API_KEY and SPARKBOT_BASE_URL from the environment.
"""

import math
import os
from collections.abc import Mapping
from contextlib import suppress

from sparkbot import AsyncClient
from sparkbot.errors import OutcomeUnknownError
from sparkbot.webhooks import MessageEvent, Receiver, Router, SQLiteStore

#: Latitude and longitude of the shops.
SHOPS = {"Camden": (51.539, -0.143), "Brixton": (51.462, -0.115)}
#: Words that ask for a person.
HUMAN = {"agent", "help", "human", "person"}
#: The person of the team who gets what the bot can't answer.
AGENT = os.environ.get("BOT_AGENT", "agent@example.com")
EARTH_RADIUS_KM = 6371

client = AsyncClient()
#: Events must have the secret in the URL and, if the environment has a key, a signature too.
receiver = Receiver(
    os.environ.get("SPARKBOT_WEBHOOK_SECRET", "only-for-this-machine"),
    signing_key=os.environ.get("SPARKBOT_WEBHOOK_KEY") or (),
)
#: After a failure the service posts the event again, because it gets its response when the handler has ended.
router = Router(receiver, store=SQLiteStore(os.environ.get("BOT_DATABASE", "bot.sqlite3")), process_before_response=True)


def is_ours(event: MessageEvent) -> bool:
    """Whether the bot answers: not in groups, and not in chats that a person of the team has taken."""
    chat = event["data"]["chat"]
    return "device" in event and chat.get("type") == "chat" and not chat.get("owner", {}).get("agent")


@router.on("message:in:new", type="text", check=is_ours)
async def text(event: MessageEvent) -> None:
    """Gives the opening hours, or the chat to a colleague."""
    body = event["data"]["body"]
    if HUMAN & set(body.lower().split()):
        await answer(event, "A colleague will write to you soon.", assign=True)
    else:
        hours = "We are open from 9 to 17. Send your location to find the nearest shop."
        await answer(event, hours, {"question": body[:100]})


@router.on("message:in:new", type="image", check=is_ours)
async def image(event: MessageEvent) -> None:
    """Downloads the picture, as a bot that looks at it would."""
    file = event["data"].get("media", {}).get("id", "")
    picture = await client.chat_files.download(device_of(event), file)
    thanks = f"Thank you for the picture ({len(picture)} bytes). A colleague will look at it."
    await answer(event, thanks, {"picture": file}, assign=True)


@router.on("message:in:new", type="audio", check=is_ours)
async def audio(event: MessageEvent) -> None:
    """Gives the chat to a colleague."""
    seconds = event["data"].get("media", {}).get("meta", {}).get("duration", 0)
    await answer(event, f"I can't listen to your {seconds} seconds, but a colleague will.", assign=True)


@router.on("message:in:new", type="location", check=is_ours)
async def location(event: MessageEvent) -> None:
    """Finds the nearest shop."""
    message = event["data"]
    if "location" not in message:
        return await other(event)
    here = (message["location"]["lat"], message["location"]["lon"])
    shop = min(SHOPS, key=lambda name: distance(here, SHOPS[name]))
    nearest = f"The nearest shop is {shop}, {distance(here, SHOPS[shop]):.1f} km from you."
    return await answer(event, nearest, {"shop": shop, "location": f"{here[0]},{here[1]}"})


@router.on("message:in:new", type=lambda kind: kind not in ("text", "image", "audio", "location"), check=is_ours)
async def other(event: MessageEvent) -> None:
    """Says what the bot understands."""
    await answer(event, "I understand texts, pictures, voice messages and locations.")


def device_of(event: MessageEvent) -> str:
    """The number that the message was sent to."""
    assert "device" in event, "a condition of is_ours"
    return event["device"]["id"]


async def answer(event: MessageEvent, text: str, metadata: Mapping[str, str] = {}, *, assign: bool = False) -> None:
    """Writes metadata, assigns the chat and sends the text, which comes last: all before it can be repeated without harm."""
    device, message = device_of(event), event["data"]
    chat = message["chat"]["wid"]
    await client.contacts.upsert_metadata(device, chat, {"last_type": message["type"], **metadata})
    if assign:
        await client.chats.assign(device, chat, email=AGENT)
    # If the text may have been sent, the event is done: it must not be sent twice.
    with suppress(OutcomeUnknownError):
        await client.send.text(device=device, chat=chat, message=text, reference=message["id"])


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometers between two points, by the haversine formula."""
    (lat, lon), (other_lat, other_lon) = ([math.radians(degrees) for degrees in point] for point in (here, there))
    half = math.sin((other_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
