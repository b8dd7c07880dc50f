"""A Django app for a server with several processes. Its handlers write a line per event to the file EVENTS_LOG."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from tests.webhooks.serving import RECEIVER

from sparkbot.webhooks import MessageEvent, Router, SQLiteStore
from sparkbot.webhooks.django import router_view

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="not-secret")
router = Router(RECEIVER, store=SQLiteStore("events.sqlite3"), concurrency=1)


@router.on("message:in:new")
def write(event: MessageEvent) -> None:
    # Longer than a delivery takes, so that events wait when the server ends.
    time.sleep(0.1)
    with Path(os.environ["EVENTS_LOG"]).open("a") as log:
        log.write(f"{event['data']['body']}\n")


urlpatterns = [path("whatsapp", router_view(router))]
application = get_wsgi_application()
