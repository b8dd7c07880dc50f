"""The addresses of this project."""

from django.urls import path

from customers.events import router
from customers.webhooks import whatsapp
from sparkbot.webhooks.django import router_view

urlpatterns = [
    path("whatsapp", whatsapp, name="whatsapp"),
    path("whatsapp/events", router_view(router), name="events"),
]
