"""Decisions are proposed, edited, previewed, released together and taken back; letters wait."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from django.conf import settings

from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.notices.states import MailState
from qipathway.core.timeline.models import Event
from residents.models import Resident
from residents.selection.models import Application
from residents.selection.outcomes import DECLINED, OFFERED, PROMOTED, WAIT_LISTED
from residents.selection.reads.letters import letters_of
from residents.selection.reads.ranking import ranking_of
from residents.selection.services import (
    accept_offer,
    change_round,
    change_seats,
    decide_application,
    enrol_accepted,
    lapse_offer,
    lapse_offers,
    propose_decisions,
    refuse_offer,
    release_decisions,
    undo_release,
    withdraw_application,
)
from residents.selection.states import ApplicationState as S
from residents.selection.tasks import lapse_late_offers
from residents.states import CareerInterest
from tests.selection.evidence import refused

OUTCOMES = {OFFERED, WAIT_LISTED, DECLINED, PROMOTED}


def said(round_):
    """What each applicant is to be told, by given name."""
    rows = Application.objects.filter(round=round_).select_related("resident__person")
    return {row.resident.person.given_name: row.decision for row in rows}


def letters(evening):
    """Kind, recipient, state and hour of every mail about an outcome, oldest first."""
    mails = Mail.objects.filter(kind__in=OUTCOMES).select_related("recipient").order_by("pk")
    return [
        (mail.kind.partition(".")[2], mail.recipient.given_name, mail.state, mail.not_before)
        for mail in mails
    ]


@pytest.fixture
def three(evening):
    """Offers to the best two of five, a wait-list of two, one declined; released."""
    made = evening.ranked(ada=5, bo=4, cy=3, di=2, ed=1)
    propose_decisions(evening.round, wait=2, replace=False, by=evening.director, at=evening.at)
    evening.release()
    return made


def test_a_proposal_offers_above_the_line_wait_lists_the_next_and_declines_the_rest(evening):
    evening.ranked(ada=5, bo=4, cy=3, di=2)
    evening.apply("Eve")
    count = propose_decisions(
        evening.round, wait=1, replace=False, by=evening.director, at=evening.at
    )
    assert count == 4
    assert said(evening.round) == {
        "Ada": "offer",
        "Bo": "offer",
        "Cy": "wait_list",
        "Di": "decline",
        "Eve": "",
    }


@pytest.mark.requirement(5)
def test_a_career_interest_moves_nobody_in_the_ranked_list_or_in_the_proposal(evening):
    made = evening.ranked(ada=5, bo=4, cy=3)
    names = ["Ada", "Bo", "Cy"]
    for first, last in permutations(CareerInterest.values, 2):
        for name, interest in (("ada", first), ("cy", last)):
            Resident.objects.filter(pk=made[name].resident_id).update(career_interest=interest)
        ranked = ranking_of(evening.round).ranked
        assert [row.application.resident.person.given_name for row in ranked] == names
        by, at = evening.director, evening.at
        propose_decisions(evening.round, wait=0, replace=True, by=by, at=at)
        assert said(evening.round) == {"Ada": "offer", "Bo": "offer", "Cy": "decline"}


def test_a_proposal_leaves_a_tie_on_the_seat_line_to_the_director(evening):
    evening.ranked(ada=5, bo=4, cy=4, di=2)
    propose_decisions(evening.round, wait=0, replace=False, by=evening.director, at=evening.at)
    assert said(evening.round) == {"Ada": "offer", "Bo": "", "Cy": "", "Di": "decline"}


def test_a_proposal_keeps_what_was_decided_by_hand_unless_it_is_told_to_replace_it(evening):
    made = evening.ranked(ada=5, bo=4, cy=3)
    evening.decide(made["cy"], "offer")
    propose_decisions(evening.round, wait=1, replace=False, by=evening.director, at=evening.at)
    assert said(evening.round) == {"Ada": "offer", "Bo": "wait_list", "Cy": "offer"}
    propose_decisions(evening.round, wait=1, replace=True, by=evening.director, at=evening.at)
    assert said(evening.round) == {"Ada": "offer", "Bo": "offer", "Cy": "wait_list"}


@pytest.mark.requirement(54)
def test_released_decisions_wait_ten_minutes_before_any_letter_goes_out(evening, three):
    out = evening.at + timedelta(minutes=10)
    assert letters(evening) == [
        ("offered", "Ada", MailState.PENDING, out),
        ("offered", "Bo", MailState.PENDING, out),
        ("wait_listed", "Cy", MailState.PENDING, out),
        ("wait_listed", "Di", MailState.PENDING, out),
        ("declined", "Ed", MailState.PENDING, out),
    ]
    evening.passes(9)
    outcomes = Mail.objects.filter(kind__in=OUTCOMES)
    assert outcomes.due().count() == 0
    assert Notice.objects.live().filter(kind__in=OUTCOMES).count() == 0
    evening.passes(1)
    assert outcomes.due().useful().count() == 5


def test_nothing_of_a_decision_stands_on_anybody_s_timeline(evening, three):
    assert list(Event.objects.filter(action__startswith="selection.", about__isnull=False)) == []


def test_what_was_released_can_be_taken_back_and_released_again_with_one_letter_each(
    evening, three
):
    evening.passes(9)
    assert undo_release(evening.round, by=evening.director, at=evening.at) == 5
    assert {evening.state(each) for each in three.values()} == {S.IN_REVIEW}
    assert Application.objects.filter(judged_at=None, expires_on=None, answer_by=None).count() == 5
    assert {state for _, _, state, _ in letters(evening)} == {MailState.CANCELLED}
    evening.release()
    evening.passes(10)
    due = Mail.objects.filter(kind__in=OUTCOMES).due().useful()
    assert sorted(due.values_list("recipient__given_name", flat=True)) == [
        "Ada",
        "Bo",
        "Cy",
        "Di",
        "Ed",
    ]


def test_nothing_is_taken_back_once_the_applicants_are_told(evening, three):
    evening.passes(10)
    with pytest.raises(DomainError, match="ten minutes are over"):
        undo_release(evening.round, by=evening.director, at=evening.at)
    assert evening.state(three["ed"]) == S.DECLINED


def test_what_changed_since_the_preview_is_not_released(evening):
    made = evening.ranked(ada=5, bo=4)
    evening.decide(made["ada"], "offer")
    seen = letters_of(evening.round).seen
    evening.decide(made["bo"], "decline")
    with pytest.raises(DomainError, match="changed since you looked"):
        release_decisions(evening.round, seen=seen, by=evening.director, at=evening.at)
    assert evening.state(made["ada"]) == S.IN_REVIEW
    assert letters(evening) == []


def test_more_offers_than_seats_are_not_released(evening):
    made = evening.ranked(ada=5, bo=4, cy=3)
    for application in made.values():
        evening.decide(application, "offer")
    with pytest.raises(DomainError, match="3 would be offered 2 free places"):
        evening.release()


def test_a_decision_on_words_that_were_sent_again_since_is_not_released(evening):
    made = evening.ranked(ada=5)
    evening.decide(made["ada"], "decline")
    Application.objects.update(submitted_at=evening.at + timedelta(minutes=1))
    assert letters_of(evening.round).all == []
    assert ranking_of(evening.round).ranked == []


def test_who_decides_second_is_told_who_decided_what_and_when(evening):
    made = evening.ranked(ada=5)
    evening.decide(made["ada"], "offer")
    with pytest.raises(DomainError) as refused:
        decide_application(
            made["ada"],
            decision="decline",
            reason="No.",
            seen="",
            by=evening.director,
            at=evening.at,
        )
    words = str(refused.value)
    assert f"{evening.director.name} decided on Ada Applicant at 07:40 on Nov 23: offer" in words
    assert said(evening.round) == {"Ada": "offer"}


def test_an_applicant_cannot_answer_before_the_ten_minutes_are_over(evening, three):
    with pytest.raises(DomainError, match="still in review"):
        accept_offer(three["ada"], by=three["ada"].resident.person, at=evening.at)
    evening.passes(10)
    accept_offer(three["ada"], by=three["ada"].resident.person, at=evening.at)
    assert evening.state(three["ada"]) == S.ACCEPTED


def test_a_refused_offer_goes_to_the_next_in_line_with_one_letter(evening, three):
    evening.passes(30)
    refuse_offer(three["bo"], by=three["bo"].resident.person, at=evening.at)
    assert [evening.state(three[name]) for name in ("bo", "cy", "di")] == [
        S.TURNED_DOWN,
        S.OFFERED,
        S.WAIT_LISTED,
    ]
    assert letters(evening)[5:] == [("promoted", "Cy", MailState.PENDING, evening.at)]
    live = Notice.objects.live().filter(recipient=three["cy"].resident.person)
    assert [notice.kind for notice in live] == [PROMOTED]


def test_who_accepted_can_give_the_place_back_and_the_next_in_line_gets_it(evening, three):
    evening.passes(30)
    ada = three["ada"]
    accept_offer(ada, by=ada.resident.person, at=evening.at)
    withdraw_application(ada, by=ada.resident.person, at=evening.at)
    assert [evening.state(three[name]) for name in ("ada", "cy", "di")] == [
        S.WITHDRAWN,
        S.OFFERED,
        S.WAIT_LISTED,
    ]
    assert Application.objects.get(pk=ada.pk).expires_on == date(2027, 11, 23)


def test_late_offers_are_passed_on_by_the_beat_without_anybody_s_hand(evening, three):
    evening.passes(31 * 24 * 60)
    lapse_late_offers()
    assert [evening.state(three[name]) for name in ("ada", "cy")] == [S.TURNED_DOWN, S.OFFERED]
    assert settings.CELERY_BEAT_SCHEDULE["lapse offers"]["task"] == lapse_late_offers.name


def test_a_seat_more_goes_to_the_next_in_line_and_a_seat_less_is_never_one_that_is_taken(
    evening, three
):
    evening.passes(30)
    by, at = evening.director, evening.at
    with refused("Nothing was changed: 2 of the seats are offered or taken."):
        change_seats(evening.round, seats=1, by=by, at=at)
    change_seats(evening.round, seats=3, by=by, at=at)
    assert [evening.state(three[name]) for name in ("cy", "di")] == [S.OFFERED, S.WAIT_LISTED]
    assert letters(evening)[5:] == [("promoted", "Cy", MailState.PENDING, at)]


def test_a_round_that_is_changed_on_its_own_page_fills_its_new_seats_as_well(evening, three):
    evening.passes(30)
    window = {"opens_at": evening.round.opens_at, "closes_at": evening.round.closes_at}
    change_round(evening.round, seats=4, welcome="", by=evening.director, at=evening.at, **window)
    assert [evening.state(three[name]) for name in ("cy", "di")] == [S.OFFERED, S.OFFERED]


def test_who_moves_up_within_the_ten_minutes_is_told_after_them_and_taken_back_with_the_rest(
    evening,
):
    made = evening.ranked(ada=5, bo=4, cy=3)
    evening.decide(made["ada"], "offer")
    evening.decide(made["bo"], "offer")
    evening.release()
    evening.passes(60)
    evening.decide(made["cy"], "wait_list")
    evening.release()
    refuse_offer(made["bo"], by=made["bo"].resident.person, at=evening.at)
    assert letters(evening)[-1] == (
        "promoted",
        "Cy",
        MailState.PENDING,
        evening.at + timedelta(minutes=10),
    )
    undo_release(evening.round, by=evening.director, at=evening.at)
    assert evening.state(made["cy"]) == S.IN_REVIEW
    assert Notice.objects.live().filter(recipient=made["cy"].resident.person).count() == 0


def test_an_offer_lapses_after_its_last_day_and_not_before(evening, three):
    evening.passes(60)
    with pytest.raises(DomainError, match="has until Dec 23 to answer"):
        lapse_offer(three["ada"], by=evening.director, at=evening.at)
    assert lapse_offers(at=evening.at) == 0
    evening.passes(30 * 24 * 60)
    assert lapse_offers(at=evening.at) == 0
    evening.passes(24 * 60)
    assert lapse_offers(at=evening.at) == 2
    assert lapse_offers(at=evening.at) == 0
    assert [evening.state(three[name]) for name in ("ada", "bo", "cy", "di")] == [
        S.TURNED_DOWN,
        S.TURNED_DOWN,
        S.OFFERED,
        S.OFFERED,
    ]


@pytest.mark.requirement(54)
def test_a_declined_application_leaves_the_list_when_it_is_told_and_expires_a_year_later(
    evening, three
):
    def shown():
        return [each.resident.person.given_name for each in ranking_of(evening.round).settled]

    assert shown() == ["Ada", "Bo", "Cy", "Di", "Ed"]
    evening.passes(10)
    assert shown() == ["Ada", "Bo", "Cy", "Di"]
    assert ranking_of(evening.round).hidden == 1
    assert Application.objects.get(pk=three["ed"].pk).expires_on == date(2027, 11, 23)


def test_who_accepted_is_enrolled_without_retyping_and_who_cannot_be_is_named(evening, three):
    evening.passes(10)
    for name in ("ada", "bo"):
        accept_offer(three[name], by=three[name].resident.person, at=evening.at)
    bo = three["bo"].resident
    bo.matched_here = False
    bo.save()
    done = enrol_accepted(evening.round, by=evening.director, at=evening.at)
    ada = Application.objects.get(pk=three["ada"].pk)
    assert [each.pk for each in done.people] == [ada.pk]
    assert done.refused == [
        "Bo Applicant was not enrolled: the pathway is open to residents who matched here only."
    ]
    assert ada.state == S.ENROLLED
    assert (ada.membership.cohort_id, ada.membership.resident_id, ada.membership.joined_on) == (
        evening.round.cohort_id,
        three["ada"].resident_id,
        date(2026, 11, 23),
    )
    assert evening.state(three["bo"]) == S.ACCEPTED


def test_places_begin_with_the_intake_where_it_has_not_begun(evening, three):
    evening.round.cohort.starts_on = date(2027, 7, 1)
    evening.round.cohort.save()
    evening.passes(10)
    accept_offer(three["ada"], by=three["ada"].resident.person, at=evening.at)
    enrol_accepted(evening.round, by=evening.director, at=evening.at)
    ada = Application.objects.get(pk=three["ada"].pk)
    assert ada.membership.joined_on == date(2027, 7, 1)


def test_nobody_is_enrolled_twice(evening, three):
    evening.passes(10)
    accept_offer(three["ada"], by=three["ada"].resident.person, at=evening.at)
    enrol_accepted(evening.round, by=evening.director, at=evening.at)
    with pytest.raises(DomainError, match="Nobody waits to be enrolled"):
        enrol_accepted(evening.round, by=evening.director, at=evening.at)


def test_a_local_evening_counts_as_its_own_day(evening):
    made = evening.ranked(ada=5)
    evening.at = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    evening.decide(made["ada"], "decline")
    evening.release()
    assert Application.objects.get(pk=made["ada"].pk).expires_on == date(2027, 11, 23)
