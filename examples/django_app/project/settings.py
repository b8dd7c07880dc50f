"""Settings, from the environment. SPARKBOT_API_KEY and SPARKBOT_BASE_URL are read by the client itself."""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1]

DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
# For trying things out; a real deployment gives its own.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "not-secret")
ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")

INSTALLED_APPS = ["customers"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ, TIME_ZONE = True, "UTC"
# There are neither, but the tests' live server asks where they would be.
STATIC_URL, MEDIA_URL = "static/", "media/"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "db.sqlite3",
        # Two copies of an event may come at once: the second waits for the first.
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        # A file, because the tests' server has threads of its own.
        "TEST": {"NAME": os.environ.get("TEST_DATABASE", FOLDER / "test.sqlite3")},
    }
}

#: The WhatsApp number to work through: its id, phone number or alias.
SPARKBOT_DEVICE = os.environ.get("SPARKBOT_DEVICE", "Support")
#: What the service must know to post to us; `python -c "from sparkbot import webhooks; print(webhooks.new_secret())"`.
SPARKBOT_WEBHOOK_SECRET = os.environ.get("SPARKBOT_WEBHOOK_SECRET", "only-for-this-machine")
