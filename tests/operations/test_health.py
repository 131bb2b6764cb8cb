"""Whether the site is well, what is told about it, and to whom."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from qipathway.core.clock.services import now
from qipathway.core.notices.dispatch import beat
from qipathway.core.notices.models import Heartbeat, Mail
from qipathway.operations.health import Health, clock_difference
from qipathway.operations.origin import OF_PROXIES
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import RoleGrantFactory

DEEP = "/healthz/deep"
BACKEND = "django.contrib.auth.backends.ModelBackend"
ELSEWHERE = "203.0.113.7"


@pytest.fixture
def well(db):
    beat()


@pytest.fixture
def far(client):
    """A client at another machine, behind the proxy."""
    client.defaults |= {"REMOTE_ADDR": "172.18.0.5", "HTTP_X_FORWARDED_FOR": ELSEWHERE}
    return client


def reasons(response):
    assert response.status_code == 503
    assert response.json()["well"] is False
    return response.json()["reasons"]


def test_a_process_that_answers_says_so_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_a_site_that_is_well_says_so_in_four_numbers(client, well):
    response = client.get(DEEP)
    told = response.json()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (told["well"], told["reasons"], told["unapplied_migrations"]) == (True, [], [])
    assert 0 <= told["heartbeat_age"] < 60
    assert told["oldest_overdue_mail"] is None
    assert abs(told["clock_difference"]) < 5


def test_a_clockwork_that_never_ran_or_fell_silent_is_told(client, db):
    assert reasons(client.get(DEEP)) == ["No dispatcher has ever run."]
    beat()
    Heartbeat.objects.update(at=now() - timedelta(minutes=5))
    assert reasons(client.get(DEEP)) == ["The dispatcher was last seen 5 minutes ago."]


def test_a_mail_that_is_long_overdue_is_told(client, well):
    due = now() - timedelta(minutes=20)
    Mail.objects.create(
        scope_id=1,
        recipient=UserFactory(),
        kind="any",
        ambiguous="resend",
        message_id="<1@example.org>",
        not_before=due,
        next_attempt_at=due,
        expires_at=due + timedelta(hours=9),
    )
    response = client.get(DEEP)
    assert reasons(response) == ["A mail has been due for 20 minutes."]
    assert response.json()["oldest_overdue_mail"] == pytest.approx(1200, abs=60)


def test_a_migration_that_waits_is_told_even_where_its_tables_are_missing(client, well):
    name = MigrationRecorder.Migration.objects.filter(app="links").latest("name").name
    MigrationRecorder(connection).record_unapplied("links", name)
    response = client.get(DEEP)
    assert f"links.{name}" in response.json()["unapplied_migrations"]
    assert "Not every migration is applied" in reasons(response)[0]


def test_the_clocks_of_the_web_and_of_the_database_are_compared(db):
    assert abs(clock_difference()) < timedelta(seconds=2)
    apart = Health(None, (), timedelta(seconds=-6.2))
    assert apart.reasons == ("The clocks of this host and of the database are 6 s apart.",)
    assert Health(None, (), timedelta(seconds=4)).reasons == ()


def test_a_database_that_does_not_answer_is_an_answer(client, well):
    def silence(*_):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(silence):
        response = client.get(DEEP)
    assert reasons(response) == ["The database does not answer."]
    assert response.json()["clock_difference"] is None


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": ELSEWHERE},
        {"REMOTE_ADDR": ELSEWHERE, "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": ELSEWHERE, "HTTP_X_REAL_IP": "::1"},
        {"REMOTE_ADDR": ELSEWHERE, "HTTP_HOST": "127.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "unix:"},
    ],
)
def test_a_stranger_cannot_pose_as_this_host(client, well, headers):
    response = client.get(DEEP, **headers)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/sign-in/?next=/healthz/deep")
    assert b"heartbeat" not in response.content


@pytest.mark.parametrize("name", OF_PROXIES)
def test_whatever_came_through_a_proxy_on_this_host_is_from_elsewhere(client, well, name):
    assert client.get(DEEP, headers={name: "127.0.0.1"}).status_code == 302


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_a_program_on_this_host_is_told(client, well, address):
    assert client.get(DEEP, REMOTE_ADDR=address).status_code == 200


def test_operators_and_staff_are_told_wherever_they_are_and_directors_are_not(far, well):
    operator = RoleGrantFactory(role=Role.OPERATOR, program=None).person
    director = RoleGrantFactory(role=Role.DIRECTOR).person
    staff = UserFactory(is_staff=True)
    found = {}
    for name, person in (("operator", operator), ("staff", staff), ("director", director)):
        far.force_login(person, backend=BACKEND)
        found[name] = far.get(DEEP).status_code
    assert found == {"operator": 200, "staff": 200, "director": 403}
