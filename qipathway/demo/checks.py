"""The demo serves its own machine and nobody else: its cards sign anybody in."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
TEST_CLIENT = "testserver"
"""The host of Django's test client, which no network knows."""


def strangers(hosts: Iterable[str]) -> list[str]:
    """Return the allowed hosts that are not this machine."""
    return sorted(set(hosts) - LOOPBACK - {TEST_CLIENT})


def is_at_home() -> bool:
    """Tell whether this is the demo, answering to this machine only."""
    return settings.DEMO and not strangers(settings.ALLOWED_HOSTS)


@register(Tags.security)
def demo_stays_at_home(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start a demo that answers to a name which others could reach."""
    if not settings.DEMO or is_at_home():
        return []
    found = ", ".join(strangers(settings.ALLOWED_HOSTS))
    return [
        Error(
            f"The demo signs anybody in, and ALLOWED_HOSTS lets others reach it: {found}.",
            hint="Unset QIP_DEMO, or allow only localhost and 127.0.0.1.",
            id="demo.E001",
        )
    ]
