"""A round opens, moves and closes; everybody eligible is invited once, others are told why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qipathway.core.clock.services import travel_to
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from residents.models import Cohort
from residents.selection.models import Application, Round
from residents.selection.reads.eligibility import eligibility, why_not
from residents.selection.reminders import (
    CLOSING,
    INVITED,
    WINDOW_MOVED,
    closing_span,
    invitation_span,
    preview_invitation,
)
from residents.selection.services import (
    change_round,
    close_round,
    defer_application,
    enrol_accepted,
    invite_residents,
    open_intake,
    open_round,
    submit_application,
    withdraw_application,
)
from residents.selection.states import ApplicationState
from residents.states import CareerInterest, MembershipState, RotationKind, Track
from tests.factories.residents import BlockFactory, CohortFactory, MembershipFactory
from tests.factories.selection import CLOSES, OPENS, ApplicationFactory, RoundFactory
from tests.selection.evidence import refused


def live(kind):
    return [each.recipient for each in Notice.objects.live().filter(kind=kind).order_by("pk")]


def change(round_, by, at, **fields):
    window = {"opens_at": round_.opens_at, "closes_at": round_.closes_at}
    said = {**window, "seats": round_.seats, "welcome": "", **fields}
    return change_round(round_, by=by, at=at, **said)


@pytest.mark.requirement(6)
@pytest.mark.requirement(55)
def test_eligible_are_those_who_matched_here_in_the_two_tracks_and_the_others_hear_why(
    here, round_, newcomer, today
):
    aino = newcomer("Aino")
    bo = newcomer("Bo", track=Track.PRIMARY_CARE)
    preliminary = newcomer("Kit", track=Track.PRELIMINARY)
    elsewhere = newcomer("Lou", matched_here=False)
    found = eligibility(round_, today)
    assert found.open == [aino, bo]
    assert {each.resident: each.reason for each in found.refused} == {
        preliminary: "the pathway is open to the categorical and primary-care tracks only",
        elsewhere: "the pathway is open to residents who matched here only",
        here.resident: "already on the pathway",
        here.other: "already on the pathway",
    }


def test_who_completed_left_residency_or_has_a_closed_account_is_not_invited(
    here, round_, newcomer, today
):
    done, gone, closed = newcomer("Ada"), newcomer("Bea", starts_on=today.replace(2023)), newcomer()
    MembershipFactory(
        program=here.program, cohort=here.cohort, resident=done, state=MembershipState.COMPLETED
    )
    closed.person.is_active = False
    closed.person.save()
    assert [why_not(each, today) for each in (done, gone)] == [
        "has completed the pathway",
        "has finished residency",
    ]
    assert eligibility(round_, today).open == []


def test_who_withdrew_from_the_pathway_can_be_invited_again(here, round_, newcomer, today):
    back = newcomer()
    MembershipFactory(
        program=here.program, cohort=here.cohort, resident=back, state=MembershipState.WITHDRAWN
    )
    assert eligibility(round_, today).open == [back]


@pytest.mark.requirement(5)
@pytest.mark.parametrize("interest", CareerInterest.values)
def test_every_career_interest_is_invited(here, round_, newcomer, at, interest):
    one = newcomer(career_interest=interest)
    assert [each.resident for each in invite_residents(round_, by=here.director, at=at)] == [one]


@pytest.mark.requirement(56)
def test_invite_residents_gives_everybody_eligible_a_place_to_apply_and_owes_two_letters(
    here, world, round_, newcomer, at
):
    aino, bo = newcomer("Aino"), newcomer("Bo")
    newcomer("Kit", track=Track.PRELIMINARY)
    world.there.member("far").memberships.all().delete()
    made = invite_residents(round_, by=here.director, at=at)
    assert [(each.resident, each.state) for each in made] == [
        (aino, ApplicationState.INVITED),
        (bo, ApplicationState.INVITED),
    ]
    owed = Notice.objects.filter(kind=INVITED).values_list("recipient", "due_at", "expires_at")
    assert sorted(owed) == sorted((each.person_id, at, CLOSES) for each in (aino, bo))
    nudges = Notice.objects.filter(kind=CLOSING).values_list("due_at", flat=True)
    assert list(nudges) == [CLOSES - timedelta(days=3)] * 2
    told = Event.objects.filter(action="selection.invite_residents")
    assert {each.about for each in told} == {aino.person, bo.person}


@pytest.mark.requirement(56)
def test_pressing_twice_invites_nobody_twice_and_who_joins_later_is_invited_then(
    here, round_, newcomer, at
):
    newcomer("Aino")
    invite_residents(round_, by=here.director, at=at)
    assert invite_residents(round_, by=here.director, at=at) == []
    late = newcomer("Bo")
    assert [each.resident for each in invite_residents(round_, by=here.director, at=at)] == [late]
    assert Mail.objects.filter(kind=INVITED).count() == 2


@pytest.mark.requirement(56)
@pytest.mark.parametrize("starts_on", [date(2027, 7, 1), date(2026, 7, 1)])
def test_a_window_lies_before_or_after_the_start_of_residency_and_ends_in_a_place(
    here, newcomer, at, starts_on
):
    cohort = CohortFactory(
        program=here.program, version=here.cohort.version, name="Class of 2030", starts_on=starts_on
    )
    round_ = RoundFactory(program=here.program, cohort=cohort)
    one = newcomer(starts_on=starts_on)
    [application] = invite_residents(round_, by=here.director, at=at)
    Application.objects.update(
        state=ApplicationState.ACCEPTED, submitted_at=at, judged_at=at - timedelta(days=1)
    )
    done = enrol_accepted(round_, by=here.director, at=at)
    assert [each.resident for each in done.people] == [one]
    application.refresh_from_db()
    assert application.membership.joined_on == max(starts_on, at.date())


def test_nobody_is_invited_once_the_window_has_closed(here, round_, newcomer):
    newcomer()
    with refused("Nobody was invited: the window has closed. Move it first."):
        invite_residents(round_, by=here.director, at=CLOSES)


def test_letters_go_to_nobody_who_said_not_now_withdrew_handed_in_or_joined_meanwhile(
    here, round_, newcomer, at
):
    people = [newcomer(name) for name in ("Ada", "Bo", "Chi", "Dee", "Eli")]
    made = invite_residents(round_, by=here.director, at=at)
    assert live(INVITED) == live(CLOSING) == [each.person for each in people]
    by = [each.person for each in people]
    defer_application(made[0], by=by[0], at=at)
    Application.objects.filter(pk=made[1].pk).update(
        state="started", passion="a", initiative="b", independence="c"
    )
    withdraw_application(made[1], by=by[1], at=at)
    Application.objects.filter(pk=made[2].pk).update(state="submitted", submitted_at=at)
    MembershipFactory(program=here.program, cohort=here.cohort, resident=people[3])
    assert live(INVITED) == live(CLOSING) == [by[4]]


def test_who_is_on_leave_today_is_not_reminded(here, round_, newcomer, at):
    one = newcomer()
    invite_residents(round_, by=here.director, at=at)
    leave = here.rotation(RotationKind.LEAVE, "Parental leave")
    BlockFactory(program=here.program, resident=one, rotation=leave)
    assert live(CLOSING) == []


def test_the_letter_leads_to_the_page_and_says_until_when(round_, newcomer):
    person = newcomer("Aino").person
    letter = preview_invitation(round_, person)
    assert letter.subject == "You can apply: Leadership in QI, Class of 2030"
    assert letter.text.startswith("Aino, you are invited to apply")
    assert "until Friday, Dec 11, 23:59." in letter.text
    assert "/p/cascade/apply/" in letter.text


def test_open_round_is_told_and_writes_to_nobody(here, at, newcomer):
    newcomer()
    cohort = CohortFactory(program=here.program, version=here.cohort.version)
    open_round(
        here.program,
        cohort=cohort,
        opens_at=OPENS,
        closes_at=CLOSES,
        seats=4,
        welcome="",
        by=here.director,
    )
    event = Event.objects.get()
    assert (event.action, event.data["opens"], event.data["closes"], event.data["seats"]) == (
        "selection.open_round",
        "2026-11-16",
        "2026-12-11",
        4,
    )
    assert not Notice.objects.exists()


def test_a_round_of_another_program_s_intake_is_refused(here, world, at):
    foreign = world.there.cohort
    with refused("Not opened: this intake belongs to another program."):
        open_round(
            here.program,
            cohort=foreign,
            opens_at=OPENS,
            closes_at=CLOSES,
            seats=4,
            welcome="",
            by=here.director,
        )


def test_a_new_intake_is_held_to_the_version_in_force_when_it_starts(here, at):
    made = open_intake(here.program, name="Class of 2030", starts_on=at.date(), by=here.director)
    assert Cohort.objects.get(name="Class of 2030").version == made.version == here.cohort.version


def test_a_moved_window_is_told_to_those_who_have_not_answered(here, round_, newcomer, at):
    people = [newcomer(name) for name in ("Ada", "Bo")]
    made = invite_residents(round_, by=here.director, at=at)
    defer_application(made[0], by=people[0].person, at=at)
    change(round_, here.director, at, closes_at=CLOSES + timedelta(days=7))
    assert live(WINDOW_MOVED) == [people[1].person]
    assert live(CLOSING) == [people[1].person], "only the letter of the new window still holds"
    waiting = Notice.objects.live().get(kind=CLOSING)
    assert waiting.due_at == CLOSES + timedelta(days=4)


def test_an_invitation_that_has_not_gone_out_follows_the_window(here, newcomer, at):
    newcomer()
    opens = at + timedelta(days=7)
    early = RoundFactory(program=here.program, opens_at=opens)
    invite_residents(early, by=here.director, at=at)
    later = opens + timedelta(days=2)
    change(early, here.director, at, opens_at=later, closes_at=CLOSES + timedelta(days=9))
    owed = Notice.objects.standing().filter(kind=INVITED)
    assert [each.due_at for each in owed] == [later]
    assert not Notice.objects.filter(kind=WINDOW_MOVED).exists()


def test_changing_seats_alone_writes_to_nobody(here, round_, newcomer, at):
    newcomer()
    invite_residents(round_, by=here.director, at=at)
    before = Notice.objects.count()
    assert change(round_, here.director, at, seats=6).seats == 6
    assert (Notice.objects.count(), Round.objects.get().revision) == (before, 1)


def test_seats_that_are_offered_are_not_taken_away(here, round_, apply_to, at):
    for _ in range(2):
        apply_to(submitted=True, state="offered", judged_at=at)
    with refused("Nothing was changed: 2 of the seats are offered or taken."):
        change(round_, here.director, at, seats=1)


def test_a_window_whose_decisions_are_out_stays(here, round_, at):
    Round.objects.update(released_at=at)
    with refused("Nothing was changed: decisions are out, so the window stays."):
        change(round_, here.director, at, closes_at=CLOSES + timedelta(days=1))


def test_close_round_ends_the_window_now_and_a_draft_cannot_be_handed_in(
    here, round_, apply_to, at
):
    draft = apply_to(written=True)
    closed = close_round(round_, by=here.director, at=at)
    assert (closed.closes_at, closed.is_open(at)) == (at, False)
    with refused("Not handed in: the window closed on Monday, Nov 23, 07:40."):
        submit_application(draft, by=draft.resident.person, at=at)


def test_a_window_that_is_not_open_cannot_be_closed(here, round_):
    with refused("Nothing was changed: the window is not open."):
        close_round(round_, by=here.director, at=CLOSES)


def test_a_window_moved_after_it_closed_lets_drafts_go_on(here, round_, apply_to, at):
    close_round(round_, by=here.director, at=at)
    opened = change(round_, here.director, at + timedelta(hours=1), closes_at=CLOSES)
    assert opened.is_open(at + timedelta(hours=1))


@pytest.mark.parametrize(
    ("closes", "due"),
    [
        (datetime(2026, 12, 12, 8, tzinfo=UTC), datetime(2026, 12, 9, 8, tzinfo=UTC)),
        (datetime(2026, 11, 28, 15, 40, tzinfo=UTC), datetime(2026, 11, 25, 15, 40, tzinfo=UTC)),
        (datetime(2026, 11, 28, 15, 39, tzinfo=UTC), None),
    ],
)
def test_the_letter_before_the_end_keeps_two_days_from_the_invitation(at, closes, due):
    span = closing_span(Round(opens_at=OPENS, closes_at=closes), at)
    assert (span.due if span else None) == due


def test_an_invitation_waits_until_people_can_apply(at):
    soon = at + timedelta(days=3)
    assert invitation_span(Round(opens_at=soon, closes_at=CLOSES), at).due == soon


def test_nothing_of_a_round_goes_out_after_its_window(here, round_, newcomer, at):
    newcomer()
    invite_residents(round_, by=here.director, at=at)
    travel_to(CLOSES)
    assert live(INVITED) == live(CLOSING) == []


def test_eligibility_costs_the_same_for_one_and_for_three(
    round_, newcomer, today, django_assert_num_queries
):
    ApplicationFactory(round=round_, resident=newcomer())
    with django_assert_num_queries(5):
        eligibility(round_, today)
    for name in ("Bo", "Chi"):
        newcomer(name)
    with django_assert_num_queries(5):
        eligibility(round_, today)
