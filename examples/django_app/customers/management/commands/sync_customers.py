"""`manage.py sync_customers`: every customer's fields, as metadata of the WhatsApp contact."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import sparkbot
from customers.models import Customer
from customers.whatsapp import client
from sparkbot.sync import InputError, RunStopped


class Command(BaseCommand):
    """Reads the table as the run goes, so its size does not matter. Run it every night."""

    help = "Write the customers' fields as metadata onto the WhatsApp contacts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="check every row and send nothing")
        parser.add_argument("--create", action="store_true", help="create contacts that WhatsApp does not have yet")

    def handle(self, *, dry_run: bool, create: bool, **options: Any) -> None:
        rows = Customer.objects.order_by("pk").values("phone", *Customer.METADATA).iterator(chunk_size=1000)
        try:
            report = sparkbot.sync_metadata(
                client(),
                settings.SPARKBOT_DEVICE,
                rows,
                id_column="phone",
                empty="clear",
                on_missing="create" if create else "skip",
                dry_run=dry_run,
                progress="lines" if options["verbosity"] > 1 else "off",
            )
        except (InputError, RunStopped, sparkbot.SparkBotError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(report))
        if report.failures:
            raise CommandError(f"{report.failed} customers could not be written")
