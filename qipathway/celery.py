"""The doorbell: Celery rings, PostgreSQL decides."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qipathway.settings")

app = Celery("qipathway")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
