"""Two people read each application; neither knows of the other's scores before both are in."""

from itertools import chain

import pytest

from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Mail, Notice
from residents.selection.models import Application, Rating
from residents.selection.outcomes import REVIEWS_ASKED
from residents.selection.reads.assigning import assignments_of, reviewer_grants
from residents.selection.reads.ranking import ranking_of
from residents.selection.reads.ratings import opinions_on, others_revealed, queue_of
from residents.selection.services import (
    declare_conflict,
    dismiss_reviewer,
    name_reviewer,
    submit_rating,
)
from residents.selection.states import ApplicationState as S
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import RoleGrantFactory

SCORES = {"passion": 4, "initiative": 4, "independence": 4}


def reviewers_of(application):
    rows = Rating.objects.filter(application=application, conflict="").select_related("reviewer")
    return [row.reviewer.given_name for row in rows.order_by("pk")]


def proposal(evening):
    people = [grant.person for grant in reviewer_grants(evening.here.program)]
    names = {person.pk: person.given_name for person in people}
    rows = assignments_of(evening.round, people)
    return {
        row.application.resident.person.given_name: [names[key] for key in row.proposed]
        for row in rows
    }


def order_of(rating):
    return rating.application.resident.person.given_name


@pytest.mark.requirement(54)
def test_two_reviewers_are_proposed_for_each_and_the_work_is_shared_evenly(evening):
    evening.here.person("cat", Role.REVIEWER)
    for name in ("Ada", "Bo", "Cy"):
        evening.apply(name)
    shared = proposal(evening)
    assert [len(set(each)) for each in shared.values()] == [2, 2, 2]
    assert sorted(chain.from_iterable(shared.values())) == [
        "Ana",
        "Ana",
        "Ben",
        "Ben",
        "Cat",
        "Cat",
    ]


def test_assigning_puts_an_application_before_reviewers_and_tells_them_once(evening):
    ada, bo = evening.apply("Ada"), evening.apply("Bo")
    evening.assign(ada)
    evening.assign(bo)
    assert evening.state(ada) == S.IN_REVIEW
    assert reviewers_of(bo) == ["Ana", "Ben"]
    mails = Mail.objects.filter(kind=REVIEWS_ASKED)
    assert sorted(mails.values_list("recipient__given_name", flat=True)) == ["Ana", "Ben"]


def test_nobody_reviews_their_own_application_and_two_are_two_different_people(evening):
    ada = evening.apply("Ada")
    name_reviewer(
        evening.here.program,
        person=ada.resident.person,
        on=evening.at.date(),
        by=evening.director,
    )
    with pytest.raises(DomainError, match="cannot review their own"):
        evening.assign(ada, to=[ada.resident.person, evening.ana])
    with pytest.raises(DomainError, match="two different reviewers"):
        evening.assign(ada, to=[evening.ana, evening.ana])
    assert reviewers_of(ada) == []
    assert "Ada" not in proposal(evening)["Ada"]


def test_a_reviewer_who_has_not_handed_in_can_be_changed_by_hand_and_one_who_has_stays(evening):
    cat = evening.here.person("cat", Role.REVIEWER)
    ada = evening.apply("Ada")
    evening.assign(ada)
    evening.rate(ada, 4, by=evening.ana)
    evening.assign(ada, to=[evening.ana, cat])
    assert reviewers_of(ada) == ["Ana", "Cat"]
    with pytest.raises(DomainError, match="Choose two different"):
        evening.assign(ada, to=[evening.ben, cat])
    assert reviewers_of(ada) == ["Ana", "Cat"]


def test_who_is_no_reviewer_is_never_asked(evening):
    ada = evening.apply("Ada")
    evening.assign(ada, to=[evening.here.coach, evening.ana])
    assert reviewers_of(ada) == ["Ana"]


@pytest.mark.requirement(54)
def test_a_score_is_hidden_from_everybody_until_both_are_in(evening):
    ada = evening.apply("Ada")
    evening.assign(ada)
    evening.rate(ada, 5, by=evening.ana)
    mine, other = (Rating.objects.get(reviewer=who) for who in (evening.ben, evening.ana))
    assert others_revealed(mine) == []
    assert others_revealed(other) == []
    ranking = ranking_of(evening.round)
    assert ranking.ranked == []
    assert [row.words for row in ranking.unrated] == [f"1 of 2 in, waits for {evening.ben.name}"]
    evening.rate(ada, 2, by=evening.ben)
    assert others_revealed(mine) == [other]
    [row] = ranking_of(evening.round).ranked
    assert (row.score.mean_words, row.score.spread_words, row.score.is_wide) == (
        "3.50",
        "3.00",
        True,
    )


def test_one_rating_alone_is_no_mean_even_where_nobody_else_was_asked(evening):
    ada = evening.apply("Ada")
    evening.assign(ada, to=[evening.ana])
    evening.rate(ada, 5, by=evening.ana)
    ranking = ranking_of(evening.round)
    assert ranking.ranked == []
    assert [row.words for row in ranking.unrated] == ["needs a second reviewer"]
    opinions = opinions_on(ada)
    assert (opinions.revealed, opinions.awaited) == ([], [])
    assert opinions.words.endswith("until a second reviewer has given theirs.")


def test_a_rating_can_be_changed_until_decisions_are_released(evening):
    made = evening.ranked(ada=3)
    evening.rate(made["ada"], 5, by=evening.ana)
    assert ranking_of(evening.round).ranked[0].score.mean_words == "4.00"
    evening.decide(made["ada"], "offer")
    evening.release()
    with pytest.raises(DomainError, match="decisions were released"):
        evening.rate(made["ada"], 1, by=evening.ana)
    assert Rating.objects.get(reviewer=evening.ana).passion == 5


def test_who_is_too_close_scores_nothing_and_the_one_with_least_to_do_is_asked(evening):
    cat = evening.here.person("cat", Role.REVIEWER)
    dan = evening.here.person("dan", Role.REVIEWER)
    ada, bo = evening.apply("Ada"), evening.apply("Bo")
    evening.assign(ada)
    evening.assign(bo, to=[cat, evening.ana])
    evening.rate(ada, 5, by=evening.ana)
    rating = Rating.objects.get(application=ada, reviewer=evening.ana)
    asked = declare_conflict(rating, reason="My cousin.", by=evening.ana, at=evening.at)
    assert asked.reviewer == dan
    rating.refresh_from_db()
    assert (rating.scores, rating.submitted_at, rating.conflict) == (
        (None, None, None),
        None,
        "My cousin.",
    )
    assert [
        each.application_id for each in queue_of(evening.here.program, evening.ana).ratings
    ] == [bo.pk]
    live = Notice.objects.live().filter(recipient=dan)
    assert [notice.kind for notice in live] == [REVIEWS_ASKED]
    with pytest.raises(DomainError, match="too close to Ada"):
        evening.assign(ada, to=[evening.ana, dan])


def test_where_nobody_else_reviews_the_director_sees_that_one_is_missing(evening):
    ada = evening.apply("Ada")
    evening.assign(ada)
    rating = Rating.objects.get(reviewer=evening.ana)
    assert declare_conflict(rating, reason="A friend.", by=evening.ana, at=evening.at) is None
    evening.rate(ada, 4, by=evening.ben)
    assert [row.words for row in ranking_of(evening.round).unrated] == ["needs a second reviewer"]


def test_a_rating_that_went_to_somebody_else_meanwhile_is_refused(evening):
    cat = evening.here.person("cat", Role.REVIEWER)
    ada = evening.apply("Ada")
    evening.assign(ada)
    rating = Rating.objects.select_related("application__round").get(reviewer=evening.ana)
    evening.assign(ada, to=[cat, evening.ben])
    with pytest.raises(DomainError, match="somebody else reviews"):
        submit_rating(rating, scores=SCORES, comment="", by=evening.ana, at=evening.at)


def test_a_queue_goes_round_to_what_is_still_open(evening):
    made = evening.ranked(ada=3, bo=3)
    evening.assign(*(made[name] for name in made), evening.apply("Cy"))
    queue = queue_of(evening.here.program, evening.ana)
    assert [order_of(each) for each in queue.ratings] == ["Ada", "Bo", "Cy"]
    assert (queue.progress, order_of(queue.first_open)) == ("2 of 3", "Cy")
    assert order_of(queue.next_open(queue.ratings[0])) == "Cy"
    assert queue.next_open(queue.ratings[2]) is None
    assert queue.before(queue.ratings[0]) is None
    assert queue.after(queue.ratings[2]) is None


def test_a_reviewer_who_was_dismissed_sees_nothing_from_the_next_day_on(evening):
    grant = evening.ana.grants.get()
    ada = evening.apply("Ada")
    evening.assign(ada)
    RoleGrantFactory(person=evening.ana, program=evening.here.program, role=Role.COACH)
    dismiss_reviewer(grant, on=evening.at.date(), by=evening.director)
    evening.passes(24 * 60)
    evening.ana = type(evening.ana).objects.get(pk=evening.ana.pk)
    assert queue_of(evening.here.program, evening.ana).ratings == []
    assert not Application.objects.visible_to(evening.ana).exists()
    assert not evening.ana.has_perm("selection.view_application", ada)


def test_somebody_outside_becomes_a_reviewer(evening):
    person = UserFactory()
    name_reviewer(evening.here.program, person=person, on=evening.at.date(), by=evening.director)
    names = [grant.person for grant in reviewer_grants(evening.here.program)]
    assert person in names


def test_ties_share_a_place_and_the_line_is_drawn_after_the_last_seat(evening):
    evening.ranked(ada=(5, 5), bo=(4, 5), cy=(5, 4), di=1)
    rows = ranking_of(evening.round).ranked
    assert [(row.rank_words, row.is_above, row.is_last_seat) for row in rows] == [
        ("1", True, False),
        ("2=", True, True),
        ("2=", False, False),
        ("4", False, False),
    ]
    assert ranking_of(evening.round).tie_on_the_line
