"""What a site has to say before it starts, tried in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "q7-Kaizen" * 7
COMPLETE = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgres://nobody@localhost/none?sslmode=verify-full",
    "ALLOWED_HOSTS": "qi.example.org",
    "SITE_URL": "https://qi.example.org",
    "DEFAULT_FROM_EMAIL": "QI Pathway <qi@example.org>",
    "REDIS_URL": "redis://localhost/0",
    "EMAIL_URL": "smtp+tls://localhost:587",
}
START = "import django; django.setup(); "
OPTIONS = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
CHECK = (
    "from django.core.management import call_command; "
    "call_command('check', deploy=True, fail_level='WARNING')"
)


def start(then="", **changes):
    """Start the project in this environment and no other; None takes a variable away."""
    said = {name: value for name, value in (COMPLETE | changes).items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", START + then],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "qipathway.settings"} | said,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY to at least 50 random characters."),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY to at least 50 random characters."),
        ({"SECRET_KEY": "local-only" + KEY}, "Set SECRET_KEY to at least 50 random characters."),
        ({"SECRET_KEY": "a" * 60}, "Set SECRET_KEY to at least 50 random characters."),
        (
            {"SECRET_KEY": "django-insecure-" + KEY},
            "Set SECRET_KEY to at least 50 random characters.",
        ),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
        ({"SITE_URL": None}, "Set SITE_URL"),
        ({"SITE_URL": " "}, "Set SITE_URL"),
        ({"SITE_URL": "http://qi.example.org"}, "SITE_URL must begin with https://"),
        ({"DEFAULT_FROM_EMAIL": None}, "Set DEFAULT_FROM_EMAIL"),
        ({"REDIS_URL": None}, "Set REDIS_URL"),
        ({"EMAIL_URL": None}, "Set EMAIL_URL"),
        ({"DATABASE_URL": "sqlite:///x"}, "DATABASE_URL must name a PostgreSQL database."),
        ({"QIP_DEMO": "1"}, "both answer to this machine only"),
        ({"DEBUG": "1"}, "both answer to this machine only"),
    ],
)
def test_a_site_that_has_not_said_enough_does_not_start_and_says_why(changes, words):
    ended = start(**changes)
    assert ended.returncode == 1
    assert "ImproperlyConfigured" in ended.stderr
    assert words in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", KEY + "change-me"),
        ("SECRET_KEY_FALLBACKS", "replace-this-with-the-old-key"),
        ("DATABASE_URL", "postgres://qi:${POSTGRES_PASSWORD}@db/qi"),
        ("REDIS_URL", "redis://:change-me@redis"),
        ("EMAIL_URL", "smtp://your-host"),
        ("DEFAULT_FROM_EMAIL", "QI <change_me@example.org>"),
        ("SITE_URL", "https://CHANGEME.example.org"),
        ("ALLOWED_HOSTS", "qi.example.org,your-domain"),
    ],
)
def test_a_site_does_not_start_on_a_value_that_nobody_filled_in(name, value):
    ended = start(**{name: value})
    assert (ended.returncode, f"{name} still holds a placeholder" in ended.stderr) == (1, True)


def test_a_site_that_has_said_everything_starts_and_passes_the_check_for_deployment():
    ended = start(CHECK)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "no issues" in ended.stdout


def test_the_demo_on_this_machine_has_to_say_nothing_but_its_database():
    said = dict.fromkeys(set(COMPLETE) - {"DATABASE_URL"})
    assert start(QIP_DEMO="1", **said).returncode == 0


def test_what_the_database_s_address_asks_for_is_kept_beside_our_limits():
    url = COMPLETE["DATABASE_URL"] + "&options=-c%20search_path%3Dqi"
    said = start(OPTIONS, DATABASE_URL=url).stdout
    assert "'sslmode': 'verify-full'" in said
    assert "statement_timeout=15s" in said
    assert "-c search_path=qi'" in said
