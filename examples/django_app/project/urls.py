"""The one address of this project."""

from django.urls import path

from customers.webhooks import whatsapp

urlpatterns = [path("whatsapp", whatsapp, name="whatsapp")]
