"""A new director's first hour: every step is done by a fact, and by nothing else."""

import pytest

from qipathway.cockpit.first_hour_steps import lead_of, steps_of
from qipathway.cockpit.reads.first_hour import REMINDERS, first_hour_of
from qipathway.core.clock.services import now
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import TEST_MAIL, send_test_mail
from residents.models import Program
from residents.services import create_program
from residents.states import Role
from tests.factories.curriculum import CourseFactory, SessionFactory, StandUpFactory
from tests.factories.residents import (
    BlockFactory,
    ClinicPatternFactory,
    CohortFactory,
    MembershipFactory,
    ResidentFactory,
    RoleGrantFactory,
)


@pytest.fixture
def fresh(world):
    """A new program with a director, beside one in which everything is done."""
    program = create_program("Fresh", slug="fresh", by=None, at=now())
    RoleGrantFactory(program=program, person=world.here.director, role=Role.DIRECTOR)
    sent(world.here.program, world.here.director, TEST_MAIL)
    sent(world.here.program, world.here.director, REMINDERS[0])
    SessionFactory(program=world.here.program)
    return program


@pytest.fixture
def director(fresh, world, client):
    client.force_login(world.here.director)
    return world.here.director


def sent(program, person, kind):
    at = now()
    return Mail.objects.create(
        scope_id=program.pk,
        recipient=person,
        kind=kind,
        ambiguous="resend",
        message_id=f"<{program.pk}.{kind}@example.org>",
        state="sent",
        not_before=at,
        next_attempt_at=at,
        expires_at=at.replace(year=at.year + 1),
        sent_at=at,
    )


def done(program, person):
    steps = steps_of(first_hour_of(Program.objects.get(pk=program.pk), person))
    return [step.done for step in steps]


def test_another_program_s_facts_do_nothing_for_a_new_one(fresh, director):
    assert done(fresh, director) == [False] * 7


def test_each_step_is_done_by_its_own_fact_and_the_list_ends_with_the_first_reminder(
    fresh, director, client, today
):
    fresh.settings_saved_at = now()
    fresh.save()
    assert done(fresh, director) == [True] + [False] * 6

    coach = RoleGrantFactory(program=fresh, role=Role.COACH).person
    resident = ResidentFactory(program=fresh)
    BlockFactory(program=fresh, resident=resident)
    ClinicPatternFactory(program=fresh, resident=resident)
    course = CourseFactory(program=fresh)
    assert done(fresh, director)[1] is False, "the sessions are missing"
    session = SessionFactory(program=fresh, course=course)
    assert done(fresh, director) == [True, True, False, False, True, False, False]

    cohort = CohortFactory(program=fresh, version=fresh.versions.get())
    assert done(fresh, director)[2] is False, "a cohort of nobody"
    MembershipFactory(program=fresh, cohort=cohort, resident=resident)
    RoleGrantFactory(program=fresh, role=Role.COACH, person=coach, resident=resident)
    assert done(fresh, director) == [True, True, True, True, True, False, False]
    session.delete()
    assert done(fresh, director)[4] is False
    StandUpFactory(program=fresh)

    SessionFactory(program=fresh, course=course)
    sent(fresh, coach, TEST_MAIL)
    assert done(fresh, director)[5:] == [False, False], "somebody else's test"
    sent(fresh, director, "curriculum.homework_accepted")
    Mail.objects.filter(scope_id=fresh.pk, kind=TEST_MAIL).update(recipient=director)
    assert done(fresh, director)[5:] == [True, False], "an answer is no reminder"
    assert "First hour" in client.get("/p/fresh/first-hour/").content.decode()

    sent(fresh, coach, REMINDERS[1])
    page = client.get("/p/fresh/first-hour/").content.decode()
    assert done(fresh, director) == [True] * 7
    assert "All set." in page
    assert "<span>First hour</span>" not in page, "it has left the navigation"


def test_the_list_says_which_files_are_missing_and_what_comes_next(fresh, director, client):
    steps = steps_of(first_hour_of(fresh, director))
    assert lead_of(steps).startswith("Seven steps from an empty program")
    RoleGrantFactory(program=fresh, role=Role.COACH)
    ResidentFactory(program=fresh)
    page = client.get("/p/fresh/first-hour/").content.decode()
    assert "Two of six in. Missing: the block schedule, the clinic pattern" in page
    assert 'aria-current="step"' in page


def test_the_empty_board_leads_to_the_list(fresh, director, client):
    page = client.get("/p/fresh/board/").content.decode()
    assert "Nobody is on the pathway yet" in page
    assert 'href="/p/fresh/first-hour/"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_much_is_there(
    fresh, director, client, count, django_assert_num_queries
):
    ResidentFactory.create_batch(count, program=fresh)
    client.get("/p/fresh/first-hour/")
    with django_assert_num_queries(6):
        client.get("/p/fresh/first-hour/")


def test_a_test_mail_goes_to_who_asks_and_once_a_minute(fresh, director, client):
    client.post("/p/fresh/mail/test/")
    send_test_mail(director, scope=fresh.pk, at=now())
    [mail] = Mail.objects.filter(kind=TEST_MAIL, scope_id=fresh.pk)
    assert (mail.recipient, mail.state) == (director, "pending")
