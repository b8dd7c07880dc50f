"""What the bot says and does, by the type of a message."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sparkbot import AsyncClient, errors
from sparkbot.webhooks import MessageData

#: Latitude and longitude of the shops.
SHOPS = {"Camden": (51.539, -0.143), "Brixton": (51.462, -0.115)}
#: Words that ask for a person.
HUMAN = {"agent", "help", "human", "person"}
EARTH_RADIUS_KM = 6371


@dataclass(frozen=True)
class Answer:
    """What follows from a message."""

    text: str
    #: Written to the contact.
    metadata: dict[str, str]
    #: Whether a person of the team gets the chat.
    assign: bool = False


class Bot:
    """Answers the messages of chats that nobody of the team has taken."""

    def __init__(self, client: AsyncClient, *, agent: str) -> None:
        self._client = client
        self._agent = agent

    async def answer(self, device: str, message: MessageData) -> bool:
        """Answer a message; returns whether the bot did.

        The answer is sent last: everything before it can be repeated without harm.
        """
        chat = message["chat"]
        if chat.get("type") != "chat" or chat.get("owner", {}).get("agent"):
            return False
        answer = await self._think(device, message)
        await self._client.contacts.upsert_metadata(device, chat["wid"], {"last_type": message["type"], **answer.metadata})
        if answer.assign:
            await self._client.chats.assign(device, chat["wid"], email=self._agent)
        await self._client.send.text(device=device, chat=chat["wid"], message=answer.text, reference=message["id"])
        return True

    @staticmethod
    def may_have_answered(error: errors.SparkBotError) -> bool:
        """Whether the answer may have been sent before the error, so that it must not be sent again."""
        return isinstance(error, errors.OutcomeUnknownError)

    async def _think(self, device: str, message: MessageData) -> Answer:
        kinds: dict[str, Callable[[str, MessageData], Awaitable[Answer]]] = {
            "text": self._text,
            "image": self._image,
            "audio": self._audio,
            "location": self._location,
        }
        return await kinds.get(message["type"], self._other)(device, message)

    async def _text(self, device: str, message: MessageData) -> Answer:
        if HUMAN & set(message["body"].lower().split()):
            return Answer("A colleague will write to you soon.", {}, assign=True)
        return Answer(
            "We are open from 9 to 17. Send your location to find the nearest shop.", {"question": message["body"][:100]}
        )

    async def _image(self, device: str, message: MessageData) -> Answer:
        """Downloads the picture, as a bot that looks at it would."""
        file = message.get("media", {}).get("id", "")
        picture = await self._client.chat_files.download(device, file)
        text = f"Thank you for the picture ({len(picture)} bytes). A colleague will look at it."
        return Answer(text, {"picture": file}, assign=True)

    async def _audio(self, device: str, message: MessageData) -> Answer:
        seconds = message.get("media", {}).get("meta", {}).get("duration", 0)
        return Answer(f"I can't listen to your {seconds} seconds, but a colleague will.", {}, assign=True)

    async def _location(self, device: str, message: MessageData) -> Answer:
        if "location" not in message:
            return await self._other(device, message)
        here = (message["location"]["lat"], message["location"]["lon"])
        shop = min(SHOPS, key=lambda name: distance(here, SHOPS[name]))
        text = f"The nearest shop is {shop}, {distance(here, SHOPS[shop]):.1f} km from you."
        return Answer(text, {"shop": shop, "location": f"{here[0]},{here[1]}"})

    async def _other(self, device: str, message: MessageData) -> Answer:
        return Answer("I understand texts, pictures, voice messages and locations.", {})


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometers between two points, by the haversine formula."""
    (lat, lon), (other_lat, other_lon) = ([math.radians(degrees) for degrees in point] for point in (here, there))
    half = math.sin((other_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
