"""A place on the pathway ends, is put back and moves; a clock is set anew, or refused."""

from datetime import date

import pytest
from django.db import IntegrityError

from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Membership, Resident
from residents.places import candidates
from residents.reads import coach_loads
from residents.services import (
    change_track,
    complete_member,
    enrol,
    move_member,
    move_start,
    reinstate_member,
    withdraw_member,
)
from residents.states import MEMBERSHIP_MOVES, MembershipState, Track
from tests.factories.residents import (
    CohortFactory,
    LeaveFactory,
    MembershipFactory,
    YearOverrideFactory,
)


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def member(here):
    return here.resident.memberships.get()


@pytest.fixture
def deed(here, monday):
    return {"by": here.coordinator, "at": monday}


def refused(deed):
    """Return why a deed was refused, having made sure that nothing was written."""
    before = everything()
    with pytest.raises(DomainError) as told:
        deed()
    assert everything() == before
    return str(told.value)


def everything():
    tables = (Membership.objects, Resident.objects, Event.objects)
    return [list(table.order_by("pk").values()) for table in tables]


def sentences(here):
    events = Event.objects.about(here.resident.person).order_by("pk")
    return [line.text for line in tell(events, zone=here.program.zone)]


@pytest.mark.requirement(4)
def test_withdrawing_ends_the_place_today_and_keeps_it(here, member, deed, today):
    withdraw_member(member, **deed)
    member.refresh_from_db()
    assert (member.state, member.ended_on) == (MembershipState.WITHDRAWN, today)
    assert sentences(here) == [
        f"{here.coordinator.name} withdrew {here.resident.person.name} from {here.cohort.name}."
    ]


@pytest.mark.requirement(4)
def test_who_has_completed_is_neither_completed_nor_enrolled_again(here, member, deed, today):
    complete_member(member, **deed)
    second = MembershipFactory(cohort=here.cohort, resident=here.resident)
    words = f"{here.resident.person.name} has completed the pathway before."
    assert refused(lambda: complete_member(second, **deed)) == words
    second.delete()
    assert (
        refused(lambda: enrol(here.resident, cohort=here.cohort, on=today, by=here.director))
        == f"{here.resident.person.name} has completed the pathway."
    )
    [listed] = [each for each in candidates(here.program, today) if each.resident == here.resident]
    assert listed.reason == "has completed the pathway"


@pytest.mark.parametrize("arrow", MEMBERSHIP_MOVES)
@pytest.mark.parametrize("state", MembershipState)
def test_a_place_moves_along_the_arrows_of_the_table_and_nowhere_else(member, deed, arrow, state):
    Membership.objects.filter(pk=member.pk).update(state=state)
    deeds = {
        "withdraw": lambda: withdraw_member(member, **deed),
        "complete": lambda: complete_member(member, **deed),
        "reinstate": lambda: reinstate_member(member, by=deed["by"]),
    }
    move = MEMBERSHIP_MOVES[arrow]
    if state in move.sources:
        assert deeds[arrow]().state == move.target
    else:
        assert f"so it cannot be {move.past}" in refused(deeds[arrow])


def test_who_is_put_back_runs_again_and_has_no_end(here, member, deed):
    withdraw_member(member, **deed)
    reinstate_member(member, by=here.director)
    member.refresh_from_db()
    assert (member.state, member.ended_on) == (MembershipState.ACTIVE, None)


def test_nobody_is_put_back_who_has_a_place_or_is_not_eligible(here, member, deed):
    withdraw_member(member, **deed)
    second = MembershipFactory(cohort=here.cohort, resident=here.resident)
    name = here.resident.person.name
    back = {"by": here.director}
    assert refused(lambda: reinstate_member(member, **back)) == (
        f"{name} has a place on the pathway already."
    )
    second.delete()
    Resident.objects.filter(pk=here.resident.pk).update(track=Track.PRELIMINARY)
    assert refused(lambda: reinstate_member(member, **back)).startswith(
        f"{name} was not put back: the pathway is open to"
    )


@pytest.mark.requirement(4)
def test_a_member_moves_to_a_cohort_of_the_program_alone(world, here, member, deed):
    other = CohortFactory(program=here.program, name="2026 intake")
    name = here.resident.person.name
    move_member(member, cohort=other, by=here.director)
    member.refresh_from_db()
    assert member.cohort == other
    assert sentences(here) == [
        f"{here.director.name} moved {name} from {here.cohort.name} to 2026 intake."
    ]
    assert refused(lambda: move_member(member, cohort=other, by=here.director)) == (
        f"Nothing was changed for {name}: is in 2026 intake already."
    )
    far = world.there.cohort
    assert "which belongs to another program" in refused(
        lambda: move_member(member, cohort=far, by=here.director)
    )
    withdraw_member(member, **deed)
    assert refused(lambda: move_member(member, cohort=here.cohort, by=here.director)) == (
        f"{name} is withdrawn by now."
    )


@pytest.mark.requirement(4)
def test_another_first_day_bases_the_year_and_all_that_is_due_anew(here, deed, today):
    before = Resident.objects.get(pk=here.resident.pk).training
    move_start(here.resident, starts_on=date(2026, 2, 1), **deed)
    after = Resident.objects.get(pk=here.resident.pk).training
    assert [each.pgy(today) for each in (before, after)] == [2, 1]
    assert [each.year_begins(3, today) for each in (before, after)] == [
        date(2027, 7, 1),
        date(2028, 2, 1),
    ]
    assert after.month_begins(15, today) == date(2027, 4, 1)
    assert sentences(here) == [
        f"{here.coordinator.name} moved the first day of residency of "
        f"{here.resident.person.name} from Jul 1, 2025 to Feb 1."
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2025, 7, 1), "starts on Jul 1, 2025 already."),
        (date(2016, 11, 22), "cannot start on Nov 22, 2016, which is too far away."),
        (date(2028, 11, 24), "cannot start on Nov 24, 2028, which is too far away."),
        (
            date(2026, 7, 2),
            "has a year that was set by hand from Jul 1, 2026, before that day.",
        ),
    ],
)
def test_a_first_day_that_cannot_be_is_refused(here, deed, day, why):
    YearOverrideFactory(resident=here.resident, first=date(2026, 7, 1))
    name = here.resident.person.name
    assert refused(lambda: move_start(here.resident, starts_on=day, **deed)) == (
        f"Nothing was changed for {name}: {why}"
    )


@pytest.mark.requirement(55)
def test_a_track_that_is_not_eligible_ends_the_place_in_the_same_deed(here, member, deed):
    change_track(here.resident, track=Track.PRIMARY_CARE, **deed)
    member.refresh_from_db()
    assert member.state == MembershipState.ACTIVE
    change_track(here.resident, track=Track.PRELIMINARY, **deed)
    member.refresh_from_db()
    assert (member.state, Resident.objects.get(pk=here.resident.pk).track) == (
        MembershipState.WITHDRAWN,
        Track.PRELIMINARY,
    )
    name = here.resident.person.name
    assert sentences(here)[1:] == [
        f"{here.coordinator.name} changed the track of {name} from primary care to preliminary.",
        f"{here.coordinator.name} withdrew {name} from {here.cohort.name}.",
    ]


def test_who_has_left_counts_no_more_on_a_coachs_load(here, member, deed, today):
    before = {load.person: load.count for load in coach_loads(here.program, today)}
    withdraw_member(member, **deed)
    after = {load.person: load.count for load in coach_loads(here.program, today)}
    assert (before[here.coach], after[here.coach]) == (1, 0)
    assert before[here.other_coach] == after[here.other_coach] == 1


@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"state": "completed"}, "nobody_completes_the_pathway_twice"),
        ({"ended_on": date(2026, 6, 30)}, "a_running_membership_has_not_ended"),
    ],
)
def test_the_database_itself_refuses_a_place_that_cannot_be(here, member, deed, fields, promise):
    complete_member(member, **deed)
    with pytest.raises(IntegrityError, match=promise):
        MembershipFactory(cohort=here.cohort, resident=here.resident, **fields)


@pytest.mark.requirement(4)
def test_a_late_start_a_leap_day_and_a_leave_each_move_the_day_of_the_next_year(here, today):
    late = here.member("late", starts_on=date(2026, 1, 15))
    leap = here.member("leap", starts_on=date(2024, 2, 29))
    away = here.member("away")
    LeaveFactory(resident=away, first=date(2026, 8, 1), last=date(2026, 9, 30))
    assert [
        each.training.year_begins(each.pgy(today) + 1, today) for each in (late, leap, away)
    ] == [
        date(2027, 1, 15),
        date(2027, 2, 28),
        date(2027, 8, 31),
    ]
