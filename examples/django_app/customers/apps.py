"""The app: customers and their contacts in WhatsApp."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Connects the signals when the models are loaded."""

    name = "customers"

    def ready(self) -> None:
        from customers import signals

        signals.connect()
