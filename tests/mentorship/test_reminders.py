from datetime import UTC, date, datetime, time

import pytest

from mentorship.models import CheckIn
from mentorship.reminders import (
    ASK_DIRECTOR,
    CHECK_IN_CANCELLED,
    CHECK_IN_MOVED,
    CHECK_IN_REMINDER,
    write_call,
    write_reminder,
)
from mentorship.services import (
    Slot,
    cancel_check_in,
    move_check_in,
    schedule_check_in,
)
from qipathway.core.lib.dates import at_local, window_before
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Notice
from qipathway.core.notices.services import owe_each
from residents.models import RoleGrant
from tests.factories.mentorship import CheckInFactory, UpdateFactory

THURSDAY = Slot(date(2026, 12, 3), time(10), "by video")


@pytest.fixture
def planned(here, at):
    return schedule_check_in(here.resident, by=here.coach, at=at, slot=THURSDAY)


def live(kind=CHECK_IN_REMINDER):
    return {notice.recipient for notice in Notice.objects.filter(kind=kind).live()}


def test_a_window_opens_24_hours_before_and_closes_at_the_start():
    start = at_local(date(2026, 12, 3), time(10), "America/Los_Angeles")
    window = window_before(start)
    assert (window.due, window.expires) == (datetime(2026, 12, 2, 18, 0, tzinfo=UTC), start)


def test_a_planned_check_in_keeps_both_reminders_live(here, planned):
    assert live() == {here.coach, here.resident.person}


def test_a_moved_check_in_keeps_only_its_new_reminders_live(here, at, planned):
    move_check_in(planned, by=here.coach, at=at, slot=Slot(date(2026, 12, 4), time(10)))
    Notice.objects.update(withdrawn_at=None)
    kept = Notice.objects.live().filter(kind=CHECK_IN_REMINDER).values_list("revision", flat=True)
    assert list(kept) == [1, 1]


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda c, by, at: cancel_check_in(c, by=by, at=at), CHECK_IN_CANCELLED),
        (
            lambda c, by, at: move_check_in(
                c, by=by, at=at, slot=Slot(date(2026, 12, 4), time(10))
            ),
            CHECK_IN_MOVED,
        ),
    ],
)
def test_the_resident_hears_at_once_that_a_check_in_was_moved_or_cancelled(
    here, at, planned, deed, kind
):
    deed(planned, here.coach, at)
    [notice] = Notice.objects.live().exclude(kind=CHECK_IN_REMINDER)
    assert (notice.kind, notice.recipient) == (kind, here.resident.person)
    message = get_kind(kind).render([notice], here.resident.person)
    assert here.coach.name in message.text
    assert planned.get_absolute_url() in message.text


def test_a_cancelled_check_in_reminds_nobody(planned, here, at):
    cancel_check_in(planned, by=here.coach, at=at)
    Notice.objects.update(withdrawn_at=None)
    assert live() == set()


@pytest.mark.parametrize("state", ["withdrawn", "completed"])
def test_nobody_is_reminded_of_a_resident_who_is_away(here, planned, state):
    here.resident.memberships.update(state=state)
    assert live() == set()


def test_a_coach_who_handed_over_is_not_reminded(here, planned):
    RoleGrant.objects.filter(person=here.coach).update(until=date(2025, 12, 31))
    assert live() == {here.resident.person}


def test_a_notice_to_a_third_person_is_never_live(here, planned, at):
    owe_each(
        CHECK_IN_REMINDER,
        [here.coordinator, here.other_coach],
        planned,
        scope=here.program.pk,
        due=at,
        expires=planned.starts_at,
    )
    assert live() == {here.coach, here.resident.person}


def call(here, world, at, **fields):
    held = CheckInFactory(resident=here.resident, coach=here.coach, held=True, **fields)
    owe_each(
        ASK_DIRECTOR,
        [here.director, here.coordinator, world.there.director],
        held,
        scope=here.program.pk,
        due=at,
        expires=held.starts_at,
    )
    return held


def test_a_call_is_live_for_who_directs_the_program_alone(here, world, at):
    call(here, world, at, ask_director=True)
    assert live(ASK_DIRECTOR) == {here.director}


def test_a_check_in_without_the_question_calls_nobody(here, world, at):
    call(here, world, at)
    assert live(ASK_DIRECTOR) == set()


@pytest.mark.parametrize("who", ["coach", "resident"])
def test_the_reminder_names_the_other_the_time_and_the_place_to_look(here, planned, who):
    recipient = here.coach if who == "coach" else here.resident.person
    other = here.resident.person if who == "coach" else here.coach
    [notice] = Notice.objects.filter(recipient=recipient)
    letter = write_reminder([notice], recipient)
    assert letter.subject == f"Check-in with {other.name}: Thu Dec 3, 10:00"
    assert f"Hello {recipient.given_name}," in letter.text
    assert planned.get_absolute_url() in letter.text
    assert ("The agenda is ready" in letter.text) is (who == "coach")


def test_no_letter_carries_what_people_wrote(here, world, at, planned):
    CheckIn.objects.update(learned="FREE-TEXT", medium="FREE-TEXT")
    UpdateFactory(resident=here.resident, text="FREE-TEXT")
    notice = Notice.objects.filter(recipient=here.coach).get()
    assert "FREE-TEXT" not in write_reminder([notice], here.coach).text
    call(here, world, at, ask_director=True, learned="FREE-TEXT", medium="FREE-TEXT")
    asked = Notice.objects.get(recipient=here.director, kind=ASK_DIRECTOR)
    letter = write_call([asked], here.director)
    assert letter.subject == f"{here.coach.name} asks you to step in"
    assert "FREE-TEXT" not in letter.text
