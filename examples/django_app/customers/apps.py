"""The app: customers, and what WhatsApp knows of them."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Connects the signals once the models are there."""

    name = "customers"

    def ready(self) -> None:
        from customers import signals

        signals.connect()
