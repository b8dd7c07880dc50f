"""The one address of this project."""

from customers.webhooks import whatsapp
from django.urls import path

urlpatterns = [path("whatsapp", whatsapp, name="whatsapp")]
