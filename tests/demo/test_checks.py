"""The demo refuses to start where others could reach it."""

import pytest
from django.core.checks import registry

from qipathway.demo.checks import demo_stays_at_home, strangers


def test_the_check_runs_with_every_command():
    assert demo_stays_at_home in registry.registry.get_checks()


@pytest.mark.parametrize(
    ("hosts", "found"),
    [
        (["localhost", "127.0.0.1", "[::1]", "testserver"], []),
        (["127.0.0.1", "qi.example.org"], ["qi.example.org"]),
        (["*"], ["*"]),
        ([".localhost"], [".localhost"]),
        (["192.168.1.20", "localhost"], ["192.168.1.20"]),
    ],
)
def test_any_name_but_this_machine_is_a_stranger(hosts, found):
    assert strangers(hosts) == found


def test_a_demo_that_others_could_reach_is_an_error(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["localhost", "qi.example.org"]
    (error,) = demo_stays_at_home(None)
    assert (error.id, error.is_serious()) == ("demo.E001", True)
    assert "qi.example.org" in error.msg


def test_a_demo_at_home_and_any_other_site_pass(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["localhost"]
    assert demo_stays_at_home(None) == []
    settings.DEMO, settings.ALLOWED_HOSTS = False, ["qi.example.org"]
    assert demo_stays_at_home(None) == []
