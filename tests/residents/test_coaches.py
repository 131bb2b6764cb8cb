"""Naming a coach and handing over: one grant ends, one begins, both people are told."""

from datetime import timedelta

import pytest

from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import RoleGrant
from residents.reminders import COACH_ASSIGNED, write_coach_assigned
from residents.services import assign_coach, grant_role
from residents.states import Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.requirement(47)


@pytest.fixture
def here(world):
    return world.here


def assign(here, person, on, resident=None):
    return assign_coach(resident or here.resident, person=person, on=on, by=here.kpo_lead, at=now())


def coaches(resident):
    rows = RoleGrant.objects.filter(resident=resident, role=Role.COACH).order_by("since")
    return [(row.person, row.since, row.until) for row in rows]


def test_a_hand_over_ends_the_old_tie_the_day_before(here, today):
    since = RoleGrant.objects.get(person=here.coach).since
    assign(here, here.other_coach, today)
    assert coaches(here.resident) == [
        (here.coach, since, today - timedelta(days=1)),
        (here.other_coach, today, None),
    ]
    assert coaches(here.other) == [(here.other_coach, since, None)]


def test_the_old_coach_sees_the_resident_no_longer_and_the_new_one_does(here, today):
    assert here.coach.has_perm("residents.view_resident", here.resident)
    assign(here, here.other_coach, today)
    for person, sees in ((here.coach, False), (here.other_coach, True)):
        fresh = type(person).objects.get(pk=person.pk)
        assert fresh.has_perm("residents.view_resident", here.resident) is sees


def test_a_slip_of_the_same_day_is_taken_back(here, today):
    newcomer = here.member("newcomer")
    assign(here, here.coach, today, newcomer)
    assign(here, here.other_coach, today, newcomer)
    assert coaches(newcomer) == [(here.other_coach, today, None)]
    standing = Notice.objects.standing().values_list("recipient", flat=True)
    assert set(standing) == {newcomer.person_id, here.other_coach.pk}


def test_both_are_told_and_the_story_names_them(here, today):
    grant = assign(here, here.other_coach, today)
    notices = Notice.objects.filter(kind=COACH_ASSIGNED).order_by("recipient")
    assert {notice.recipient for notice in notices} == {here.resident.person, here.other_coach}
    [event] = Event.objects.all()
    assert (event.subject, event.about) == (grant, here.resident.person)
    [line] = tell([event], zone=here.program.zone)
    words = f"{here.kpo_lead.name} named {here.other_coach.name} as the coach of "
    assert line.text == f"{words}{here.resident.person.name}."


def test_the_letter_says_to_each_what_it_means_for_them(here, today):
    assign(here, here.other_coach, today)
    notices = list(Notice.objects.all())
    for person, subject in (
        (here.resident.person, f"{here.other_coach.name} is your coach"),
        (here.other_coach, f"You coach {here.resident.person.name}"),
    ):
        message = write_coach_assigned(notices, person)
        assert message.subject == subject
        assert here.resident.get_absolute_url() in message.text


def test_a_letter_about_a_tie_that_does_not_hold_does_not_go_out(here, today):
    grant = assign(here, here.other_coach, today)
    live = Notice.objects.live().filter(kind=COACH_ASSIGNED)
    assert live.count() == 2
    RoleGrant.objects.filter(pk=grant.pk).update(since=today + timedelta(days=9))
    assert not live.exists()


@pytest.mark.parametrize("refused", ["same", "self"])
def test_a_refusal_says_why_and_writes_nothing(here, today, refused):
    person = {"same": here.coach, "self": here.resident.person}[refused]
    words = {
        "same": f"{here.coach.name} already coaches {here.resident.person.name}.",
        "self": f"{here.resident.person.name} cannot be their own KPO coach.",
    }[refused]
    before = coaches(here.resident)
    with pytest.raises(DomainError) as told:
        assign(here, person, today)
    assert str(told.value) == words
    assert coaches(here.resident) == before
    assert not Event.objects.exists()
    assert not Notice.objects.exists()


def test_a_coach_who_is_named_for_later_is_not_run_over(here, today):
    newcomer = here.member("newcomer")
    later = UserFactory(given_name="Later", family_name="On")
    grant_role(
        later,
        role=Role.COACH,
        program=here.program,
        resident=newcomer,
        since=today + timedelta(days=30),
        by=here.kpo_lead,
    )
    with pytest.raises(DomainError, match="already has a KPO coach at that time: Later On"):
        assign(here, here.coach, today, newcomer)


def test_the_story_says_whose_role_it_is_and_in_words(here, today):
    lead = UserFactory(given_name="Ines", family_name="Duarte")
    grant_role(lead, role=Role.KPO_LEAD, program=here.program, since=today, by=here.director)
    [line] = tell(Event.objects.all(), zone=here.program.zone)
    assert line.text == f"{here.director.name} recorded Ines Duarte as KPO lead."
