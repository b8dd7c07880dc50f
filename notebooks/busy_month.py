"""Four weeks at a help desk, for the sandbox: customers write at any hour, agents answer as they can."""

import random
from datetime import UTC, datetime, timedelta

DEVICE = "64f0c2a91b7e4d5f8a3b6c77"
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 28
CHATS = 420
#: How much longer than others a chat with this label waits.
LABELS = {"delivery": 0.8, "invoice": 1.2, "refund": 2.8, "complaint": 2.0, "order": 0.7, "vip": 0.35}
#: Median minutes until an agent answers, of an ordinary chat in a quiet hour.
PACES = (6, 9, 12, 18, 30, 55)
#: From when to when the desk is open, Monday first.
HOURS = ((8, 18), (8, 18), (8, 18), (8, 18), (8, 18), (9, 13), (0, 0))
#: How many write in each hour of the day.
ARRIVALS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 17, 15, 13, 14, 15, 14, 13, 12, 9, 8, 9, 7, 4, 2)
FIRST_NAMES = (
    "Ada",
    "José",
    "Zoë",
    "Łukasz",
    "Chloé",
    "Søren",
    "João",
    "Hoa",
    "美咲",
    "Олена",
    "Priya",
    "Ebru",
    "Amina",
    "Mia",
)


def seed(sandbox):
    """Add the number `Help desk` with its chats and messages, always the same, and return its id."""
    dice = random.Random(7)
    agents = [agent["id"] for agent in sandbox.documents("users")[1 : 1 + len(PACES)]]
    made = [conversation(dice, index, agents) for index in range(CHATS)]
    sandbox.seed(
        devices=[{"id": DEVICE, "alias": "Help desk", "phone": "+447362053500"}],
        chats=[chat for chat, _ in made],
        messages=[message for _, messages in made for message in messages],
    )
    return DEVICE


def conversation(dice, index, agents):
    """A chat and its messages."""
    phone = f"+4473620{54000 + index}"
    agent = dice.choices(range(len(agents)), weights=(5, 5, 4, 4, 3, 3))[0]
    label = dice.choice(list(LABELS))
    moment, messages = arrival(dice), []
    for _ in range(dice.choice((1, 2, 2, 3, 4))):
        messages.append({"flow": "inbound", "date": moment, "body": "Hello?"})
        answered = answer(dice, moment, PACES[agent] * LABELS[label])
        if answered > BEGIN + timedelta(days=DAYS) or dice.random() < 0.05 * LABELS[label]:
            break
        messages.append(
            {
                "flow": "outbound",
                "date": answered,
                "body": "We look into it.",
                "agent": {"id": agents[agent]},
            }
        )
        moment = answered + timedelta(minutes=dice.lognormvariate(3.5, 1.2))
        if moment > BEGIN + timedelta(days=DAYS):
            break
    is_answered = messages[-1]["flow"] == "outbound"
    chat = {
        "device": DEVICE,
        "phone": phone,
        "name": dice.choice(FIRST_NAMES),
        "status": dice.choice(("resolved", "resolved", "active"))
        if is_answered
        else dice.choice(("pending", "active")),
        "labels": [label],
        "lastMessageAt": written(messages[-1]["date"]),
    }
    if is_answered or dice.random() < 0.7:
        chat["owner"] = {"agent": agents[agent], "assignedAt": written(messages[0]["date"])}
    for message in messages:
        message.update(device=DEVICE, phone=phone, date=written(message["date"]))
    return chat, messages


def arrival(dice):
    """When somebody writes: in working hours more than at night, on Mondays more than on Sundays."""
    weekday = dice.choices(range(7), weights=(10, 8, 8, 8, 8, 4, 3))[0]
    hour = dice.choices(range(24), weights=ARRIVALS)[0]
    return BEGIN + timedelta(
        days=7 * dice.randrange(DAYS // 7) + weekday, hours=hour, minutes=dice.uniform(0, 60)
    )


def answer(dice, asked, pace):
    """When it is answered: while the desk is open, later at lunch and on Monday mornings."""
    begun = opening(asked)
    crowded = 2.5 if begun.hour in (12, 13) or (begun.weekday() == 0 and begun.hour < 12) else 1
    return opening(begun + timedelta(minutes=pace * crowded * dice.lognormvariate(0, 0.7)))


def opening(moment):
    """The moment itself while the desk is open, else the next opening."""
    while True:
        opens, closes = HOURS[moment.weekday()]
        start = moment.replace(hour=opens, minute=0, second=0, microsecond=0)
        if opens < closes and moment < start + timedelta(hours=closes - opens):
            return max(moment, start)
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def written(moment):
    """As the service writes moments."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
