"""Tests of the app with a sandbox, which posts real webhooks to a live server. Run by `manage.py test`."""

import json
import os
import time
from concurrent.futures import wait
from datetime import datetime
from io import StringIO
from typing import ClassVar
from unittest.mock import patch

from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client as Browser
from django.test import LiveServerTestCase
from django.urls import reverse

from customers import tasks, whatsapp
from customers.events import router
from customers.models import Customer, ProcessedEvent
from customers.webhooks import receiver
from sparkbot import Sandbox
from sparkbot.testing import Requests

ADA, GRACE, NOBODY = "+447362053576", "+447362053577", "+447362053578"
DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
ADAS_CHAT = "447362053576@c.us"


def next_millisecond() -> None:
    """Wait for the next millisecond: timestamps of the service have no finer order."""
    now = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 == now:
        pass


class SandboxTestCase(LiveServerTestCase):
    """A sandbox with the contacts Ada and Grace, used by the app's settings."""

    sandbox: ClassVar[Sandbox]

    @classmethod
    def setUpClass(cls) -> None:
        cls.sandbox = cls.enterClassContext(Sandbox())
        environment = {"SPARKBOT_API_KEY": cls.sandbox.api_key, "SPARKBOT_BASE_URL": cls.sandbox.url}
        cls.enterClassContext(patch.dict(os.environ, environment))
        super().setUpClass()

    def setUp(self) -> None:
        self.sandbox.reset()
        self.sandbox.seed(
            devices=[{"id": DEVICE, "alias": "Shop", "phone": "+447362053500"}],
            contacts=[{"device": DEVICE, "phone": phone} for phone in (ADA, GRACE)],
            chats=[{"device": DEVICE, "wid": ADAS_CHAT, "status": "pending"}],
        )
        self.enterContext(self.settings(SPARKBOT_DEVICE="Shop"))
        whatsapp.client.cache_clear()
        whatsapp.device.cache_clear()

    def finish_tasks(self) -> None:
        """Wait for the task that was enqueued last."""
        wait([tasks.enqueue(lambda pk: None, 0)], timeout=30)

    def written(self) -> Requests:
        return self.sandbox.requests.of("contacts.upsert_metadata")


class SavingTests(SandboxTestCase):
    def test_saved_customer_is_written_after_commit(self) -> None:
        with transaction.atomic():
            Customer.objects.create(phone=ADA, name="Ada", tier="gold")
            self.finish_tasks()
            self.assertEqual(self.written(), [])
        self.finish_tasks()
        self.sandbox.requests.assert_called_once(
            "contacts.upsert_metadata", device=DEVICE, contact=ADAS_CHAT, metadata={"name": "Ada", "tier": "gold", "city": ""}
        )

    def test_rollback_writes_nothing(self) -> None:
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            Customer.objects.create(phone=ADA, name="Ada")
            _ = 1 / 0
        self.finish_tasks()
        self.assertEqual(self.written(), [])

    def test_failure_is_logged_and_does_not_stop_the_queue(self) -> None:
        with self.assertLogs("customers.tasks", "WARNING") as logged:
            Customer.objects.create(phone=NOBODY, name="Nobody")
            Customer.objects.create(phone=ADA, name="Ada")
            self.finish_tasks()
        [line] = logged.output
        self.assertIn("NotFoundError", line)
        self.assertNotIn(NOBODY.removeprefix("+"), line)
        self.assertEqual([request["status"] for request in self.written()], [404, 200])

    def test_forked_worker_has_its_own_client_and_thread(self) -> None:
        ada = Customer.objects.create(phone=ADA, name="Ada")
        self.finish_tasks()
        child = os.fork()
        if child == 0:
            # The child returns its exit code only; the test runner must not continue in it.
            try:
                tasks.enqueue(whatsapp.write_metadata, ada.pk).result(timeout=30)
            except BaseException:
                os._exit(1)
            os._exit(0)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
        self.sandbox.requests.assert_called("contacts.upsert_metadata", times=2)


class SyncTests(SandboxTestCase):
    def setUp(self) -> None:
        super().setUp()
        # `bulk_create` sends no signals.
        Customer.objects.bulk_create(
            Customer(phone=phone, name=name, tier="gold") for phone, name in ((ADA, "Ada"), (GRACE, "Grace"), (NOBODY, "Nobody"))
        )

    def sync(self, *options: str) -> str:
        out = StringIO()
        call_command("sync_customers", *options, stdout=out)
        return out.getvalue()

    def test_every_customer_with_a_contact_is_written(self) -> None:
        self.assertIn("3 rows: 2 ok, 1 skipped, 0 failed", self.sync())
        self.sandbox.requests.assert_called_once(
            "contacts.upsert_metadata", contact="447362053577@c.us", metadata={"name": "Grace", "tier": "gold"}
        )

    def test_create_option_creates_contacts(self) -> None:
        self.assertIn("3 rows: 3 ok", self.sync("--create"))

    def test_a_dry_run_sends_nothing(self) -> None:
        self.sync("--dry-run")
        self.assertEqual(self.sandbox.requests, [])

    def test_failures_fail_the_command(self) -> None:
        Customer.objects.filter(phone=ADA).update(phone="no number")
        with self.assertRaisesMessage(CommandError, "1 customers could not be written"):
            self.sync()
        self.sandbox.faults.status(401)
        with self.assertRaisesMessage(CommandError, "401"):
            self.sync()


class WebhookTests(SandboxTestCase):
    def setUp(self) -> None:
        super().setUp()
        Customer.objects.bulk_create([Customer(phone=ADA, name="Ada"), Customer(phone=GRACE, name="Grace")])
        call_command("register_webhook", self.live_server_url, stdout=StringIO())

    def ada(self) -> Customer:
        return Customer.objects.get(phone=ADA)

    def test_messages_and_chats_are_stored(self) -> None:
        message = self.sandbox.receive(DEVICE, ADA, "Hello?")
        whatsapp.client().chats.set_status(DEVICE, ADAS_CHAT, "resolved")
        self.sandbox.settle()
        ada = self.ada()
        self.assertEqual((ada.messages, ada.chat_status), (1, "resolved"))
        self.assertEqual(ada.last_wrote_at, datetime.fromisoformat(message["date"]))
        self.assertEqual(Customer.objects.get(phone=GRACE).messages, 0)
        self.assertEqual(self.written(), [], "what came from WhatsApp is not sent back")

    def test_duplicate_events_count_once(self) -> None:
        self.sandbox.faults.webhooks(copies=3)
        self.sandbox.receive(DEVICE, ADA, "Hello?")
        self.sandbox.settle()
        self.assertEqual(self.ada().messages, 1)
        self.assertEqual(self.responses("message:in:new"), [200] * 3)

    def test_outdated_event_changes_nothing(self) -> None:
        self.sandbox.faults.webhooks(copies=2, reverse=True)
        for status in ("active", "resolved"):
            whatsapp.client().chats.set_status(DEVICE, ADAS_CHAT, status)
            message = self.sandbox.receive(DEVICE, ADA, status)
            next_millisecond()
        self.sandbox.settle()
        ada = self.ada()
        self.assertEqual((ada.messages, ada.chat_status), (2, "resolved"))
        self.assertEqual(ada.last_wrote_at, datetime.fromisoformat(message["date"]))

    def test_event_is_delivered_again_after_an_error(self) -> None:
        with patch("customers.webhooks._process", side_effect=[ZeroDivisionError, None, None]), self.assertLogs("django.request"):
            self.sandbox.receive(DEVICE, ADA, "Hello?")
            self.sandbox.settle()
        self.assertEqual(self.responses("chat:update"), [200, 500])
        self.assertEqual(ProcessedEvent.objects.count(), 2)

    def responses(self, event: str) -> list[int]:
        """The status codes of this app's responses, newest first."""
        [webhook] = [hook for hook in self.sandbox.documents("webhooks") if hook["url"].startswith(self.live_server_url)]
        log = whatsapp.client().webhooks.list_logs(webhook["id"])
        return [entry.get("responseStatus", 0) for entry in log if entry.get("objectEvent") == event]

    def test_wrong_secret_is_rejected(self) -> None:
        event = json.dumps({"id": "1", "event": "message:in:new", "data": {"fromNumber": ADA, "date": "2026-01-31T08:00:00Z"}})
        right = receiver.url("/whatsapp")
        browser = Browser(enforce_csrf_checks=True)
        for method, address, body, status in (
            ("POST", "/whatsapp", event, 401),
            ("POST", "/whatsapp?secret=guessed", event, 401),
            ("POST", right, "nonsense", 400),
            ("POST", right, " " * (1024 * 1024 + 1), 413),
            ("POST", right, " " * (3 * 1024 * 1024), 413),
            ("GET", right, "", 405),
            ("POST", right, event, 200),
        ):
            with self.subTest(address=address, size=len(body)):
                response = browser.generic(method, address, body, content_type="application/json")
                self.assertEqual(response.status_code, status)
        self.assertEqual(self.ada().messages, 1)


class EventTests(SandboxTestCase):
    def test_offline_number_is_reported_once(self) -> None:
        self.enterContext(self.settings(ADMINS=[("Ada", "ada@example.com")]))
        self.addCleanup(router.close)
        url = receiver.url(self.live_server_url + reverse("events"))
        whatsapp.client().webhooks.create(name="Events", url=url, events=["number:session"], device=DEVICE)
        self.sandbox.faults.webhooks(copies=3)
        whatsapp.client().session.reset(DEVICE)
        self.sandbox.settle()
        self.assertEqual([message.body.partition(" ")[0] for message in mail.outbox], ["Shop"])
