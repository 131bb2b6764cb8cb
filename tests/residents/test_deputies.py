"""Whoever stands in for a coach sees and does what the coach does, for a while, and no more."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from curriculum.models import Homework
from curriculum.reads import reviewers_of
from mentorship.models import CheckIn, CoachNote
from mentorship.services import Slot, schedule_check_in
from mentorship.states import NoteLevel
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now, travel_to
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from residents.models import Resident, RoleGrant
from residents.reminders import DEPUTY_NAMED
from residents.services import assign_coach, dismiss_deputy, name_deputy
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.curriculum import HomeworkFactory
from tests.factories.mentorship import CheckInFactory, CoachNoteFactory
from tests.factories.residents import RoleGrantFactory

DAY = timedelta(days=1)
LAST = date(2026, 12, 4)


@pytest.fixture
def here(world):
    return world.here


def name(here, *residents, person=None, since=date(2026, 11, 23), until=LAST):
    return name_deputy(
        residents or [here.resident],
        person=person or here.other_coach,
        since=since,
        until=until,
        by=here.coach,
        at=now(),
    )


def fresh(person):
    """The person as the next request sees them."""
    return User.objects.get(pk=person.pk)


def test_a_deputy_lists_what_the_coach_lists_and_the_coach_keeps_it(here):
    HomeworkFactory(
        booking__resident=here.resident,
        booking__session__program=here.program,
        booking__session__instructor=here.instructor,
        submitted=True,
    )
    CheckInFactory(resident=here.resident, coach=here.coach)
    name(here)
    for model in (Resident, Homework, CheckIn):
        coach, deputy = (
            model.objects.visible_to(fresh(who)) for who in (here.coach, here.other_coach)
        )
        assert set(coach) <= set(deputy)
        assert coach.exists()


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2026, 11, 24), False), (date(2026, 11, 25), True), (LAST, True), (LAST + DAY, False)],
)
def test_a_deputy_stands_in_on_these_days_and_on_no_other(here, day, allowed):
    name(here, since=date(2026, 11, 25))
    travel_to(now() + (day - date(2026, 11, 23)))
    deputy = fresh(here.other_coach)
    assert deputy.has_perm("mentorship.schedule_check_in", here.resident) == allowed
    assert Resident.objects.visible_to(deputy).filter(pk=here.resident.pk).exists() == allowed


@pytest.mark.parametrize("level", [NoteLevel.MINE, NoteLevel.US_TWO])
def test_a_deputy_reads_no_note_that_was_not_written_for_them(here, level):
    note = CoachNoteFactory(
        check_in=CheckInFactory(resident=here.resident, coach=here.coach, held=True),
        author=here.coach,
        level=level,
        given_at=now(),
    )
    name(here)
    deputy = fresh(here.other_coach)
    assert not deputy.has_perm("mentorship.view_note", note)
    assert note not in CoachNote.objects.visible_to(deputy)
    assert fresh(here.coach).has_perm("mentorship.view_note", note)


def test_a_deputy_names_no_deputy(here):
    name(here)
    deputy = fresh(here.other_coach)
    assert not deputy.has_perm("residents.name_deputy", here.resident)
    assert not deputy.has_perm("residents.dismiss_deputy", here.resident)


def test_homework_is_told_to_the_coach_and_to_who_stands_in(here):
    homework = HomeworkFactory(
        booking__resident=here.resident,
        booking__session__program=here.program,
        submitted=True,
    )
    name(here)
    assert set(reviewers_of(homework)) == {here.coach, here.other_coach}


def test_one_letter_tells_the_deputy_and_the_timeline_every_resident(here):
    second = here.member("second")
    RoleGrantFactory(person=here.coach, role=Role.COACH, resident=second)
    name(here, here.resident, second)
    [notice] = Notice.objects.filter(kind=DEPUTY_NAMED)
    letter = get_kind(DEPUTY_NAMED).render([notice], here.other_coach)
    assert f"stand in for {here.coach.name} until December 4" in letter.subject
    events = Event.objects.filter(action="residents.name_deputy")
    assert {event.about for event in events} == {here.resident.person, second.person}
    assert events[0].data["person"] == here.other_coach.pk


def test_whoever_is_back_ends_it_at_once_and_the_letter_stays_here(here, today):
    name(here, since=today - DAY)
    dismiss_deputy([here.resident], person=here.other_coach, on=today, by=here.coach)
    assert RoleGrant.objects.get(role=Role.DEPUTY).until == today - DAY
    assert not fresh(here.other_coach).has_perm("residents.view_resident", here.resident)
    assert Mail.objects.get().state == "cancelled"
    with pytest.raises(DomainError, match="stands in no more"):
        dismiss_deputy([here.resident], person=here.other_coach, on=today, by=here.coach)


def test_a_new_coach_has_no_deputy_of_the_old_one(here, today):
    name(here)
    assign_coach(here.resident, person=UserFactory(), on=today, by=here.kpo_lead, at=now())
    assert not RoleGrant.objects.filter(role=Role.DEPUTY).exists()


def test_two_deputies_for_the_same_days_are_refused_and_nobody_is_named(here):
    second = here.member("second")
    name(here)
    with pytest.raises(DomainError, match="already has a deputy coach at that time"):
        name(here, second, here.resident, person=here.kpo_lead)
    assert RoleGrant.objects.filter(role=Role.DEPUTY).count() == 1


def test_nobody_stands_in_for_days_that_are_over(here, today):
    with pytest.raises(DomainError, match="These days are over already"):
        name(here, since=today - 9 * DAY, until=today - DAY)
    assert not RoleGrant.objects.filter(role=Role.DEPUTY).exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["coach", "resident"])
def test_neither_the_coach_nor_the_resident_stands_in(here, who):
    person = getattr(here, who)
    with pytest.raises(DomainError):
        name(here, person=getattr(person, "person", person))
    assert not RoleGrant.objects.filter(role=Role.DEPUTY).exists()


@pytest.mark.parametrize("fields", [{"until": None}, {"resident": None}])
def test_the_database_knows_no_deputy_for_ever_or_for_nobody(here, fields):
    row = {"resident": here.resident, "until": LAST, "program": here.program} | fields
    with (
        pytest.raises(IntegrityError, match="deputies_stand_in_for_a_while"),
        transaction.atomic(),
    ):
        RoleGrantFactory(role=Role.DEPUTY, **row)


@pytest.mark.parametrize(("day", "host"), [(LAST, "other_coach"), (LAST + 10 * DAY, "coach")])
def test_a_check_in_that_a_deputy_plans_is_held_by_who_coaches_then(here, day, host):
    name(here)
    deputy = fresh(here.other_coach)
    at = now()
    planned = schedule_check_in(here.resident, by=deputy, at=at, slot=Slot(day, at.time()))
    assert planned.coach == getattr(here, host)
