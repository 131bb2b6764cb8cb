import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.links import services
from qipathway.core.links.models import PersonalLink
from tests.together import together

ACCEPT = "capstone.accept_sponsorship"
WEEK = timedelta(days=7)


@pytest.fixture
def sponsor(db) -> User:
    return User.objects.create_user("tomas@example.org", given_name="Tomas", family_name="Brandt")


@pytest.fixture
def issue(sponsor):
    def make(**changes):
        given = {
            "purpose": ACCEPT,
            "scope": 7,
            "object_id": 42,
            "expires_at": now() + WEEK,
            "single_use": True,
        }
        return services.issue(sponsor, **given | changes)

    return make


def rows() -> list[dict[str, object]]:
    return list(PersonalLink.objects.order_by("pk").values())


def test_issue_gives_a_long_token_and_keeps_only_its_digest(issue, sponsor):
    link, token = issue()
    link.refresh_from_db()
    assert len(token) == 43
    assert token not in str(rows())
    assert link.token_hash == services.hash_of(token)
    assert (link.person, link.scope_id, link.object_id) == (sponsor, 7, 42)
    assert link.expires_at - link.issued_at <= WEEK
    assert issue()[1] != token


def test_open_link_reads_and_writes_nothing_however_often_it_is_followed(
    issue, sponsor, django_assert_num_queries
):
    link, token = issue()
    before = rows()
    for _ in range(3):
        with django_assert_num_queries(1):
            found = services.open_link(token, ACCEPT)
            assert (found, found.person) == (link, sponsor)
    assert rows() == before


def dead_expired(link):
    PersonalLink.objects.update(
        issued_at=datetime(2026, 1, 1, tzinfo=UTC), expires_at=datetime(2026, 1, 8, tzinfo=UTC)
    )


def dead_used(link):
    PersonalLink.objects.update(used_at=now())


def dead_revoked(link):
    services.revoke(link)


def dead_person(link):
    User.objects.update(is_active=False)


@pytest.mark.parametrize("die", [dead_expired, dead_used, dead_revoked, dead_person])
def test_a_dead_link_neither_opens_nor_acts_and_is_answered_like_an_unknown_one(
    issue, die, django_assert_num_queries
):
    link, token = issue()
    die(link)
    before = rows()
    for followed in (services.open_link, services.use_link):
        assert followed(token, ACCEPT) is None
    with django_assert_num_queries(1):
        services.open_link(token, ACCEPT)
    with django_assert_num_queries(1):
        services.open_link("unknown", ACCEPT)
    assert rows() == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: token.swapcase(),
        lambda token: token + "=",
        lambda token: " " + token,
        services.hash_of,
        lambda token: "",
        lambda token: "\x00",
        lambda token: "\ud800",
        lambda token: "é" * 10_000,
    ],
    ids=["cut", "other case", "padded", "blank", "digest", "empty", "nul", "surrogate", "long"],
)
def test_a_spoiled_token_opens_nothing(issue, spoil):
    _, token = issue()
    assert services.open_link(spoil(token), ACCEPT) is None
    assert services.use_link(spoil(token), ACCEPT) is None


def test_a_token_serves_its_own_purpose_only(issue):
    _, token = issue()
    assert services.open_link(token, "capstone.sign_charter") is None
    assert services.use_link(token, "capstone.sign_charter") is None
    assert services.use_link(token, ACCEPT) is not None


def test_a_single_use_link_acts_once(issue):
    link, token = issue()
    used = services.use_link(token, ACCEPT)
    assert used == link
    assert used.used_at is not None
    assert services.use_link(token, ACCEPT) is None
    assert services.open_link(token, ACCEPT) is None


def test_a_link_for_many_uses_acts_until_it_expires(issue):
    link, token = issue(single_use=False)
    assert [services.use_link(token, ACCEPT) for _ in range(3)] == [link] * 3
    assert services.open_link(token, ACCEPT) == link
    dead_expired(link)
    assert services.use_link(token, ACCEPT) is None


def test_a_deed_that_fails_leaves_its_link_as_good_as_before(issue):
    link, token = issue()

    @transaction.atomic
    def accept():
        assert services.use_link(token, ACCEPT) == link
        raise DomainError("the sponsor is away")

    with pytest.raises(DomainError):
        accept()
    assert services.use_link(token, ACCEPT) == link


def test_revoke_keeps_the_moment_of_the_first_time(issue):
    link, _ = issue()
    first = services.revoke(link).revoked_at
    assert first is not None
    assert services.revoke(link).revoked_at == first


def test_revoke_earlier_stops_the_links_to_one_thing_and_no_other(issue, sponsor):
    tokens = [issue()[1], issue()[1]]
    kept = [issue(object_id=43)[1], issue(purpose="links.other")[1]]
    assert services.revoke_earlier(sponsor, purpose=ACCEPT, object_id=42) == 2
    assert [services.open_link(token, ACCEPT) for token in tokens] == [None, None]
    assert services.open_link(kept[0], ACCEPT) is not None
    assert services.open_link(kept[1], "links.other") is not None
    assert services.revoke_earlier(sponsor, purpose=ACCEPT, object_id=42) == 0


def test_the_database_refuses_a_link_that_never_lived_and_a_token_in_clear(issue):
    with pytest.raises(IntegrityError, match="link_lives_for_a_while"), transaction.atomic():
        issue(expires_at=now() - WEEK)
    link, token = issue()
    with pytest.raises(IntegrityError, match="link_token_is_hashed"), transaction.atomic():
        PersonalLink.objects.filter(pk=link.pk).update(token_hash=token)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("single_use", "acted"), [(True, 1), (False, 12)])
def test_of_many_presses_at_once_on_a_single_use_link_exactly_one_acts(issue, single_use, acted):
    _, token = issue(single_use=single_use)

    def press():
        with transaction.atomic():
            return services.use_link(token, ACCEPT)

    answers = together(*[press] * 12)
    assert sum(answer is not None for answer in answers) == acted


@pytest.mark.django_db(transaction=True)
def test_a_second_press_waits_for_a_deed_that_fails_and_then_acts(issue):
    link, token = issue()
    pressed = threading.Event()
    answers = []

    def second():
        try:
            pressed.set()
            answers.append(services.use_link(token, ACCEPT))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        assert services.use_link(token, ACCEPT) == link
        thread.start()
        pressed.wait(timeout=5)
        thread.join(timeout=0.3)
        assert answers == []
        transaction.set_rollback(True)
    thread.join(timeout=10)
    assert answers == [link]
