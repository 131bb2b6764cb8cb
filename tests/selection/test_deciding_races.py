"""Many press at the same moment, on the real database: one letter, one seat, and all are told."""

from datetime import timedelta
from functools import partial

import pytest

from qipathway.core.clock.services import travel_to
from qipathway.core.notices.models import Mail, Notice
from residents.models import Membership, RoleGrant
from residents.selection.models import Application, Rating
from residents.selection.outcomes import PROMOTED
from residents.selection.reads.letters import letters_of
from residents.selection.services import (
    accept_offer,
    assign_reviewers,
    change_seats,
    decide_application,
    declare_conflict,
    dismiss_reviewer,
    enrol_accepted,
    lapse_offer,
    name_reviewer,
    propose_decisions,
    refuse_offer,
    release_decisions,
    submit_rating,
    undo_release,
    withdraw_application,
)
from residents.selection.states import ApplicationState as S
from residents.states import Role
from tests.together import behind, done, forget_everything, together, told

SCORES = {"passion": 4, "initiative": 4, "independence": 4}


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


@pytest.fixture
def second(evening):
    return evening.here.person("second", Role.DIRECTOR)


def outcomes():
    return Mail.objects.filter(kind__startswith="selection.").exclude(
        kind="selection.reviews_asked"
    )


def settled(evening):
    """Two offers, one in line; everybody was told."""
    made = evening.ranked(ada=5, bo=4, cy=3)
    propose_decisions(evening.round, wait=1, replace=False, by=evening.director, at=evening.at)
    evening.release()
    evening.passes(11)
    return made


def person(application):
    return application.resident.person


def test_of_two_directors_who_decide_on_one_applicant_the_second_is_told_and_one_letter_goes(
    evening, second
):
    ada = evening.ranked(ada=5)["ada"]
    ada.refresh_from_db()
    deeds = [
        partial(
            decide_application,
            ada,
            decision=decision,
            reason="Why.",
            seen="",
            by=who,
            at=evening.at,
        )
        for decision, who in (("offer", evening.director), ("decline", second))
    ]
    results = together(*deeds)
    assert len(done(results)) == 1
    winner = done(results)[0]
    [words] = told(results)
    assert f"{winner.decided_by.name} decided on Ada Applicant at 07:40 on Nov 23" in words
    evening.release()
    assert outcomes().count() == 1
    assert Application.objects.get().decision == winner.decision


def test_a_decision_that_comes_after_the_release_changes_nothing(evening, second):
    ada = evening.ranked(ada=5)["ada"]
    evening.decide(ada, "offer")
    ada.refresh_from_db()
    late = behind(
        evening.release,
        lambda: decide_application(
            ada, decision="decline", reason="No.", seen=ada.stamp, by=second, at=evening.at
        ),
    )
    assert "released at 07:40 on Nov 23" in str(late)
    assert evening.state(ada) == S.OFFERED


def test_releasing_twice_at_once_releases_once(evening, second):
    made = evening.ranked(ada=5, bo=4, cy=3)
    propose_decisions(evening.round, wait=1, replace=False, by=evening.director, at=evening.at)
    seen = letters_of(evening.round).seen
    results = together(
        *(
            partial(release_decisions, evening.round, seen=seen, by=who, at=evening.at)
            for who in (evening.director, second)
        )
    )
    assert told(results) == [
        "Nothing was released: the decisions were released at 07:40 on Nov 23 already."
    ]
    assert outcomes().count() == len(made)


def test_a_seat_more_that_two_directors_add_at_once_is_offered_to_one_person(evening, second):
    made = settled(evening)
    cy = made["cy"]
    results = together(
        *(
            partial(change_seats, evening.round, seats=3, by=who, at=evening.at)
            for who in (evening.director, second)
        )
    )
    assert len(done(results)) == 2
    assert evening.state(cy) == S.OFFERED
    assert Mail.objects.filter(kind=PROMOTED).count() == 1
    assert Application.objects.filter(round=evening.round).seated().count() == 3


def test_two_never_take_the_last_seat_the_line_moves_up_or_the_release_waits(evening, second):
    """Bo gives the last seat back while the director releases an offer of it to somebody else."""
    made = settled(evening)
    di = evening.apply("Di")
    evening.assign(di)
    evening.rate(di, 5, 5)
    evening.decide(di, "offer")
    seen = letters_of(evening.round).seen
    results = together(
        lambda: refuse_offer(made["bo"], by=person(made["bo"]), at=evening.at),
        lambda: release_decisions(evening.round, seen=seen, by=second, at=evening.at),
    )
    assert results[0] in done(results)
    assert told(results) == [
        "1 would be offered 0 free places. Wait-list some of them, or raise the seats of the round."
    ]
    assert Application.objects.filter(round=evening.round).seated().count() == 2
    assert (evening.state(made["cy"]), evening.state(di)) == (S.OFFERED, S.IN_REVIEW)


def test_who_gives_an_accepted_place_back_while_all_are_enrolled_has_it_or_not(evening):
    made = settled(evening)
    ada = made["ada"]
    accept_offer(ada, by=person(ada), at=evening.at)
    results = together(
        lambda: withdraw_application(ada, by=person(ada), at=evening.at),
        lambda: enrol_accepted(evening.round, by=evening.director, at=evening.at),
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
    has_place = Membership.objects.filter(resident=ada.resident).exists()
    assert (evening.state(ada) == S.ENROLLED) is has_place
    assert (evening.state(made["cy"]) == S.OFFERED) is not has_place


def test_a_seat_is_not_taken_away_from_whoever_was_offered_it_a_moment_before(evening, second):
    made = settled(evening)
    late = behind(
        lambda: refuse_offer(made["ada"], by=person(made["ada"]), at=evening.at),
        lambda: change_seats(evening.round, seats=1, by=second, at=evening.at),
    )
    assert told([late]) == ["Nothing was changed: 2 of the seats are offered or taken."]
    assert evening.state(made["cy"]) == S.OFFERED


def test_proposing_twice_at_once_proposes_once(evening, second):
    evening.ranked(ada=5, bo=4, cy=3)
    results = together(
        *(
            partial(propose_decisions, evening.round, wait=1, replace=False, by=who, at=evening.at)
            for who in (evening.director, second)
        )
    )
    assert sorted(results) == [0, 3]


def test_taking_back_twice_at_once_takes_back_once(evening, second):
    evening.ranked(ada=5, bo=4)
    propose_decisions(evening.round, wait=0, replace=False, by=evening.director, at=evening.at)
    evening.release()
    results = together(
        *(
            partial(undo_release, evening.round, by=who, at=evening.at)
            for who in (evening.director, second)
        )
    )
    assert done(results) == [2]
    assert len(told(results)) == 1


def test_who_accepts_while_all_is_taken_back_has_a_place_or_none_but_never_both(evening):
    """The last second: one clock says that it can be taken back, the other that it is told."""
    ada = evening.ranked(ada=5)["ada"]
    evening.decide(ada, "offer")
    evening.release()
    early, late = evening.at + timedelta(minutes=9, seconds=59), evening.at + timedelta(minutes=10)
    travel_to(early)
    results = together(
        lambda: undo_release(evening.round, by=evening.director, at=early),
        lambda: accept_offer(ada, by=person(ada), at=late),
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
    ada.refresh_from_db()
    if results[0] == 1:
        assert (ada.state, ada.judged_at) == (S.IN_REVIEW, None)
    else:
        assert ada.state == S.ACCEPTED
        assert "somebody has answered" in told(results)[0]


def test_an_acceptance_that_came_first_is_never_taken_back(evening):
    ada = evening.ranked(ada=5)["ada"]
    evening.decide(ada, "offer")
    evening.release()
    early, late = evening.at + timedelta(minutes=9, seconds=59), evening.at + timedelta(minutes=10)
    refused = behind(
        lambda: accept_offer(ada, by=person(ada), at=late),
        lambda: undo_release(evening.round, by=evening.director, at=early),
    )
    assert "somebody has answered" in str(refused)
    assert evening.state(ada) == S.ACCEPTED


def test_accepting_twice_at_once_accepts_once(evening):
    ada = settled(evening)["ada"]
    results = together(*[lambda: accept_offer(ada, by=person(ada), at=evening.at)] * 2)
    assert (len(done(results)), len(told(results))) == (1, 1)


def test_who_accepts_and_refuses_at_once_has_said_one_of_the_two(evening):
    made = settled(evening)
    bo = made["bo"]
    results = together(
        lambda: accept_offer(bo, by=person(bo), at=evening.at),
        lambda: refuse_offer(bo, by=person(bo), at=evening.at),
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
    seated = Application.objects.filter(round=evening.round).seated()
    assert seated.count() == 2


def test_two_who_refuse_at_once_free_one_place_each_and_the_line_moves_up_once_for_each(evening):
    made = settled(evening)
    results = together(
        *(
            partial(refuse_offer, made[name], by=person(made[name]), at=evening.at)
            for name in ("ada", "bo")
        )
    )
    assert len(done(results)) == 2
    assert evening.state(made["cy"]) == S.OFFERED
    assert Mail.objects.filter(kind=PROMOTED).count() == 1


def test_of_a_refusal_and_its_lapse_at_once_one_happens_and_one_place_is_passed_on(evening, second):
    made = settled(evening)
    evening.passes(31 * 24 * 60)
    results = together(
        lambda: refuse_offer(made["ada"], by=person(made["ada"]), at=evening.at),
        lambda: lapse_offer(made["ada"], by=second, at=evening.at),
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
    assert Notice.objects.live().filter(kind=PROMOTED).count() == 1


def test_a_place_is_not_passed_on_to_somebody_who_withdraws_at_that_moment(evening):
    made = settled(evening)
    cy = made["cy"]
    results = together(
        lambda: refuse_offer(made["ada"], by=person(made["ada"]), at=evening.at),
        lambda: withdraw_application(cy, by=person(cy), at=evening.at),
    )
    assert results[0] in done(results)
    if told(results):
        assert evening.state(cy) == S.OFFERED
    else:
        assert evening.state(cy) == S.WITHDRAWN
        assert Mail.objects.filter(kind=PROMOTED).count() == 0


def test_enrolling_twice_at_once_gives_one_place(evening, second):
    ada = settled(evening)["ada"]
    accept_offer(ada, by=person(ada), at=evening.at)
    results = together(
        *(
            partial(enrol_accepted, evening.round, by=who, at=evening.at)
            for who in (evening.director, second)
        )
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
    assert Membership.objects.filter(resident=ada.resident).count() == 1


def test_sharing_out_twice_at_once_asks_everybody_once(evening, second):
    ada = evening.apply("Ada")
    chosen = {ada.pk: [evening.ana.pk, evening.ben.pk]}
    results = together(
        *(
            partial(assign_reviewers, evening.round, chosen=chosen, by=who, at=evening.at)
            for who in (evening.director, second)
        )
    )
    assert sorted(results) == [0, 2]
    assert Rating.objects.count() == 2
    assert Mail.objects.filter(kind="selection.reviews_asked").count() == 2


def test_a_rating_pressed_twice_is_one_rating_and_one_pressed_after_the_release_is_refused(
    evening,
):
    ada = evening.ranked(ada=5)["ada"]
    rating = Rating.objects.select_related("application__round").get(reviewer=evening.ana)
    hand_in = partial(
        submit_rating, rating, scores=SCORES, comment="", by=evening.ana, at=evening.at
    )
    assert len(done(together(hand_in, hand_in))) == 2
    evening.decide(ada, "offer")
    refused = behind(evening.release, hand_in)
    assert "decisions were released" in str(refused)


def test_stepping_back_twice_at_once_asks_one_other_person(evening):
    evening.here.person("cat", Role.REVIEWER)
    evening.here.person("dan", Role.REVIEWER)
    ada = evening.apply("Ada")
    evening.assign(ada)
    rating = Rating.objects.select_related("application__round").get(reviewer=evening.ana)
    step = partial(declare_conflict, rating, reason="Cousin.", by=evening.ana, at=evening.at)
    results = together(step, step)
    assert (len(done(results)), len(told(results))) == (1, 1)
    assert Rating.objects.without_conflict().count() == 2


def test_naming_a_reviewer_twice_at_once_names_one_and_so_does_dismissing(evening, second):
    coach, today = evening.here.coach, evening.at.date()
    results = together(
        *(
            partial(name_reviewer, evening.here.program, person=coach, on=today, by=who)
            for who in (evening.director, second)
        )
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
    grant = RoleGrant.objects.get(person=coach, role=Role.REVIEWER)
    results = together(
        *(partial(dismiss_reviewer, grant, on=today, by=who) for who in (evening.director, second))
    )
    assert (len(done(results)), len(told(results))) == (1, 1)
