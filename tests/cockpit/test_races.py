"""The same decision put off many times at once, on the real database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from curriculum.models import Booking
from curriculum.services import book_session
from curriculum.states import BookingState
from qipathway.cockpit.models import MemberChange, Snooze
from qipathway.cockpit.reads.members import plan_change
from qipathway.cockpit.services import (
    LASTS,
    assign_coach,
    change_members,
    change_rotation,
    deactivate_person,
    dismiss_deputy,
    end_leave,
    grant_role,
    hold_half_days,
    name_deputy,
    reassign_residents,
    record_leave,
    release_half_days,
    release_person,
    restore_half_days,
    restore_rotation,
    set_block,
    set_clinic,
    snooze,
    swap_blocks,
    undo_blocks,
    undo_change,
    unsnooze,
    withdraw_leave,
)
from qipathway.core.lib.dates import Half
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Notice
from residents.changes import Change
from residents.models import BlockChange, HalfDayHold, Membership, RoleGrant
from residents.states import LeaveReason, MemberDeed, MembershipState, Role, RotationKind
from tests.factories.capstone import ReadyProjectFactory
from tests.factories.curriculum import BookingFactory, SessionFactory
from tests.factories.mentorship import CheckInFactory
from tests.together import behind, done, together, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_presses_one_snooze_stands_and_it_is_nobody_elses(world, today):
    here = world.here

    def presser(by):
        return lambda: snooze(here.resident, by=by, today=today, reason="no_coach")

    together(*[presser(here.director)] * 6, presser(here.chief))
    rows = Snooze.objects.values_list("viewer", "resident", "reason", "until")
    assert set(rows) == {
        (who.pk, here.resident.pk, "no_coach", today + LASTS) for who in (here.director, here.chief)
    }


def test_pressing_and_taking_back_at_once_leave_one_or_none(world, today):
    here = world.here
    later = today + timedelta(days=1)
    snooze(here.resident, by=here.director, today=today, reason="no_coach")
    together(
        lambda: unsnooze(here.resident, by=here.director, reason="no_coach"),
        lambda: snooze(here.resident, by=here.director, today=later, reason="no_coach"),
    )
    left = list(Snooze.objects.values_list("until", flat=True))
    assert left in ([], [later + LASTS])


def test_of_two_sponsors_tied_at_once_one_sponsors_and_is_asked(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    ReadyProjectFactory(resident=here.other)
    people = [here.person(name, Role.SPONSOR) for name in ("first", "second")]

    def tying(person):
        return lambda: grant_role(
            resident=here.other, role=Role.SPONSOR, person=person, by=here.director, at=at
        )

    results = together(*map(tying, people))
    [grant] = done(results)
    assert len(told(results)) == 1
    assert RoleGrant.objects.filter(resident=here.other, role=Role.SPONSOR).get() == grant
    assert Notice.objects.get().recipient == grant.person


def test_of_two_who_record_a_leave_at_once_one_does_and_gives_the_seat_back_once(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    session = SessionFactory(program=here.program, instructor=here.instructor)
    BookingFactory(session=session, resident=here.resident)

    def recording(by):
        return lambda: record_leave(
            here.resident,
            first=session.day,
            last=None,
            extends=True,
            reason=LeaveReason.values[0],
            by=by,
            at=at,
        )

    results = together(recording(here.director), recording(here.coordinator))
    [moved] = done(results)
    assert len(told(results)) == 1
    assert len(moved.given_back) == 1
    assert Booking.objects.get().state == BookingState.WITHDRAWN

    leave, last = moved.leave, date(2027, 1, 3)
    results = together(*[lambda: end_leave(leave, last=last, by=here.director, at=at)] * 2)
    assert len(told(results)) == 1
    results = together(*[lambda: withdraw_leave(leave, by=here.director, at=at)] * 3)
    assert told(results) == ["This was already taken back."] * 2


@pytest.mark.requirement(8, 17)
def test_a_half_day_is_held_or_booked_at_once_and_whoever_comes_second_knows(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    day = date(2026, 12, 3)
    session = SessionFactory(program=here.program, day=day)
    said = {"first": day, "last": day, "halves": tuple(Half), "reason": "a wedding"}
    results = together(
        lambda: hold_half_days(here.resident, by=here.chief, **said),
        lambda: book_session(session, resident=here.resident, by=here.resident.person, at=at),
    )
    words = (
        "Not booked: that half day is kept for a wedding. Choose a date on a protected half day."
    )
    assert told(results) in ([], [words])
    assert HalfDayHold.objects.standing().count() == 2
    assert Booking.objects.count() == len(done(results)) - 1


def test_holds_released_and_restored_at_once_are_all_held_or_all_released(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    days = {"first": date(2026, 12, 1), "last": date(2026, 12, 4), "halves": tuple(Half)}
    kept = hold_half_days(here.resident, reason="a course", by=here.chief, **days).holds[0]
    together(
        lambda: release_half_days(kept, by=here.chief, at=at),
        lambda: restore_half_days(kept, by=here.chief),
    )
    assert HalfDayHold.objects.standing().count() in (0, 8)


@pytest.mark.requirement(8, 17)
def test_nobody_books_by_what_a_rotation_allowed_before(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    session = SessionFactory(program=here.program, day=date(2026, 12, 3))
    said = {"resident": here.resident, "by": here.director, "at": at}
    with pytest.raises(DomainError, match="Resident is on Elective: Cardiology until Dec 13"):
        raise behind(
            lambda: change_rotation(here.elective, kind=RotationKind.ICU, by=here.director),
            lambda: book_session(session, **said),
        )
    assert not Booking.objects.exists()


def test_a_change_and_its_undo_at_once_leave_one_of_the_two(world):
    here = world.here
    change_rotation(here.elective, kind=RotationKind.ICU, by=here.director)
    together(
        lambda: restore_rotation(here.elective, by=here.director),
        lambda: change_rotation(here.elective, kind=RotationKind.SBP, by=here.director),
    )
    here.elective.refresh_from_db()
    assert (here.elective.kind, here.elective.kind_before) in {
        ("icu", ""),
        ("sbp", "icu"),
        ("sbp", "elective"),
    }


@pytest.mark.requirement(8)
def test_nobody_books_by_what_the_clinic_pattern_was(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    session = SessionFactory(program=here.program, day=date(2026, 12, 3))
    said = {"weekday": 3, "half": Half.PM, "kinds": [RotationKind.ELECTIVE], "by": here.chief}
    refused = behind(
        lambda: set_clinic(here.resident, **said),
        lambda: book_session(session, resident=here.resident, by=here.director, at=at),
    )
    assert "Thursday afternoon is Resident's continuity clinic" in str(refused)
    assert not Booking.objects.exists()


@pytest.mark.requirement(8, 17)
def test_nobody_books_by_what_a_block_was_and_an_undo_gives_it_back(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    icu = here.rotation(RotationKind.ICU, "ICU")
    session = SessionFactory(program=here.program, day=date(2026, 12, 3))
    said = {"resident": here.resident, "by": here.director, "at": at}
    days = {"first": date(2026, 11, 30), "last": date(2026, 12, 6), "by": here.chief}
    refused = behind(
        lambda: set_block(here.resident, rotation=icu, **days),
        lambda: book_session(session, **said),
    )
    assert "Resident is on ICU until Dec 6" in str(refused)
    [change] = BlockChange.objects.all()
    together(*[lambda: undo_blocks(change, by=here.chief, at=at)] * 2)
    assert book_session(session, **said).state == "booked"
    results = together(*[lambda: swap_blocks(here.resident, other=here.other, **days)] * 2)
    assert told(results) == ["There is nothing to swap: both have the same on these days."] * 2


AT = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


def close(person, here):
    deactivate_person(person, program=here.program, by=here.director, at=AT)


def release(person, here):
    release_person(person, program=here.program, by=here.director, at=AT)


@pytest.mark.parametrize("deed", [close, release])
def test_a_coach_to_whom_somebody_is_handed_while_they_leave_stays_or_has_nobody(world, deed):
    here = world.here
    leaver = here.person("leaver", Role.COACH)
    together(
        lambda: deed(leaver, here),
        lambda: reassign_residents(
            [here.resident], role=Role.COACH, person=leaver, by=here.director, at=AT
        ),
    )
    leaver.refresh_from_db()
    coached = RoleGrant.objects.active().filter(person=leaver, resident=here.resident)
    assert leaver.is_active or not coached.exists()


def test_the_planned_check_in_goes_to_who_coaches_in_the_end(world, today):
    here = world.here
    planned = CheckInFactory(resident=here.resident, coach=here.coach)
    people = [here.other_coach, here.person("third", Role.COACH)]
    together(
        *(
            lambda person=person: assign_coach(
                here.resident, person=person, on=today, by=here.kpo_lead, at=AT
            )
            for person in people
        )
    )
    [coach] = RoleGrant.objects.active().filter(role=Role.COACH, resident=here.resident)
    planned.refresh_from_db()
    assert planned.coach == coach.person


def test_a_check_in_of_days_for_which_two_deputies_are_named_at_once_is_one_s(world, today):
    here = world.here
    planned = CheckInFactory(resident=here.resident, coach=here.coach)
    said = {"since": today, "until": planned.day, "by": here.coach, "at": AT}
    results = together(
        *(
            lambda person=person: name_deputy([here.resident], person=person, **said)
            for person in (here.other_coach, here.kpo_lead)
        )
    )
    assert len(told(results)) == 1
    deputy = RoleGrant.objects.get(role=Role.DEPUTY).person
    planned.refresh_from_db()
    assert planned.coach == deputy
    back = lambda: dismiss_deputy([here.resident], person=deputy, by=here.coach, at=AT)  # noqa: E731
    assert len(told(together(back, back))) == 1
    planned.refresh_from_db()
    assert planned.coach == here.coach


@pytest.mark.requirement(4)
@pytest.mark.parametrize("deed", [MemberDeed.COMPLETE, MemberDeed.WITHDRAW])
def test_a_change_confirmed_four_times_by_two_people_is_done_once_and_undone_once(world, deed):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    session = SessionFactory(program=here.program, instructor=here.instructor)
    BookingFactory(session=session, resident=here.resident)
    members = list(Membership.objects.filter(program=here.program))
    seen = plan_change(here.program, Change(deed), members, at).seen

    def confirming(by):
        return lambda: change_members(
            here.program, Change(deed), members=members, seen=seen, by=by, at=at
        )

    results = together(*map(confirming, [here.director, here.coordinator] * 2))
    [changed] = done(results)
    words = "Nothing was changed: this is no longer what you looked at. Look again, then confirm."
    assert told(results) == [words] * 3
    assert (changed.count, changed.refused, changed.seats) == (2, 0, 1)
    assert not Membership.objects.running().filter(program=here.program).exists()
    assert MemberChange.objects.get().members.count() == 2

    results = together(*[lambda: undo_change(changed.change, by=here.director, at=at)] * 3)
    assert done(results) == [[]]
    assert told(results) == ["This was already taken back."] * 2
    states = Membership.objects.filter(program=here.program).values_list("state", flat=True)
    assert list(states) == [MembershipState.ACTIVE] * 2
    assert Booking.objects.filter(state=BookingState.BOOKED).count() == 1


def test_two_changes_of_the_same_people_at_once_are_done_one_after_the_other_or_refused(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    members = list(Membership.objects.filter(program=here.program))

    def confirming(deed, chosen):
        seen = plan_change(here.program, Change(deed), chosen, at).seen
        return lambda: change_members(
            here.program, Change(deed), members=chosen, seen=seen, by=here.director, at=at
        )

    results = together(
        confirming(MemberDeed.COMPLETE, members), confirming(MemberDeed.WITHDRAW, members[::-1])
    )
    [changed] = done(results)
    assert len(told(results)) == 1
    [state] = set(Membership.objects.filter(program=here.program).values_list("state", flat=True))
    assert state == {"complete": "completed", "withdraw": "withdrawn"}[changed.change.deed]
