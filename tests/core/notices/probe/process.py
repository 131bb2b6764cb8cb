"""A dispatcher as a process of its own; the fork server of the tests loads this once."""

import os


def load():
    """Load Django where this is a dispatcher's process, and nothing in the test's own."""
    if os.environ.get("PROBE_SETTINGS"):
        import django

        django.setup()


def dispatch(port, arguments):
    """Run ``manage.py dispatch`` with these arguments against the relay on this port."""
    from django.conf import settings
    from django.core.management import call_command

    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    call_command("dispatch", *arguments)


load()
