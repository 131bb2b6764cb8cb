import pytest
from django.db import IntegrityError, transaction

from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from residents.models import Membership
from residents.reads import why_not_eligible
from residents.services import enrol
from residents.states import MembershipState, Track
from tests.factories.residents import LeaveFactory, MembershipFactory, ResidentFactory


@pytest.fixture
def newcomer(world):
    return ResidentFactory(program=world.here.program)


def enrolled(world, resident, today):
    return enrol(resident, cohort=world.here.cohort, on=today, by=world.here.director)


def refusal(world, resident, today):
    """Return why enrolling was refused, having made sure that nothing was written."""
    before = list(Membership.objects.values()), Event.objects.count()
    with pytest.raises(DomainError) as refused:
        enrolled(world, resident, today)
    assert (list(Membership.objects.values()), Event.objects.count()) == before
    return str(refused.value)


@pytest.mark.requirement(6)
@pytest.mark.parametrize("track", [Track.CATEGORICAL, Track.PRIMARY_CARE])
def test_who_matched_here_into_an_eligible_track_is_enrolled(world, today, track):
    resident = ResidentFactory(program=world.here.program, track=track)
    membership = enrolled(world, resident, today)
    assert (membership.resident, membership.cohort) == (resident, world.here.cohort)
    assert (membership.program, membership.state) == (world.here.program, MembershipState.ACTIVE)
    assert membership.joined_on == today


@pytest.mark.requirement(6)
def test_a_preliminary_resident_is_refused_with_the_reason(world, today):
    resident = ResidentFactory(program=world.here.program, track=Track.PRELIMINARY)
    assert refusal(world, resident, today) == (
        f"{resident.person.name} was not enrolled: the pathway is open to the categorical and "
        "primary-care tracks only."
    )


@pytest.mark.requirement(55)
@pytest.mark.parametrize("track", [Track.CATEGORICAL, Track.PRIMARY_CARE])
def test_who_did_not_match_here_is_refused_with_the_reason(world, today, track):
    resident = ResidentFactory(program=world.here.program, track=track, matched_here=False)
    assert refusal(world, resident, today) == (
        f"{resident.person.name} was not enrolled: the pathway is open to residents who matched "
        "here only."
    )


def test_every_track_and_match_is_either_eligible_or_told_why_not():
    answers = {
        (track, here): why_not_eligible(ResidentFactory.build(track=track, matched_here=here))
        for track in Track
        for here in (True, False)
    }
    eligible = [key for key, reason in answers.items() if not reason]
    assert eligible == [(Track.CATEGORICAL, True), (Track.PRIMARY_CARE, True)]


@pytest.mark.requirement(6)
def test_career_interest_decides_nothing(world, today):
    for interest in ("", "primary_care", "hospitalist", "subspecialist"):
        resident = ResidentFactory(program=world.here.program, career_interest=interest)
        assert enrolled(world, resident, today).pk


def test_a_place_is_given_once(world, today, newcomer):
    enrolled(world, newcomer, today)
    assert refusal(world, newcomer, today) == (
        f"{newcomer.person.name} already has a place on the pathway."
    )


def test_being_on_leave_keeps_the_place(world, today, newcomer):
    enrolled(world, newcomer, today)
    LeaveFactory(resident=newcomer, first=today, last=None)
    assert "already has a place" in refusal(world, newcomer, today)


def test_who_has_left_may_come_back(world, today, newcomer):
    membership = enrolled(world, newcomer, today)
    Membership.objects.filter(pk=membership.pk).update(state=MembershipState.WITHDRAWN)
    assert enrolled(world, newcomer, today).pk != membership.pk


def test_an_intake_of_another_program_takes_nobody_from_here(world, today, newcomer):
    foreign = world.there.cohort
    before = Membership.objects.count()
    with pytest.raises(DomainError) as refused:
        enrol(newcomer, cohort=foreign, on=today, by=world.here.director)
    assert str(refused.value) == (
        f"{newcomer.person.name} was not enrolled: the intake {foreign.name} belongs "
        "to another program."
    )
    assert Membership.objects.count() == before


def test_enrolling_is_told_once_about_the_resident(world, today, newcomer):
    membership = enrolled(world, newcomer, today)
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.subject) == (
        "residents.enrol",
        world.here.director,
        newcomer.person,
        membership,
    )
    assert (event.scope_id, event.data) == (
        world.here.program.pk,
        {"cohort": world.here.cohort.name},
    )


def test_a_membership_made_by_hand_cannot_double_a_running_one(world, newcomer, today):
    enrolled(world, newcomer, today)
    again = {"program": world.here.program, "cohort": world.here.cohort, "resident": newcomer}
    with (
        pytest.raises(IntegrityError, match="one_running_membership_per_resident"),
        transaction.atomic(),
    ):
        MembershipFactory(**again)
