"""What reviewers and directors are shown: no score too early, no career interest, no row dearer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qipathway.core.files.services import keep
from residents.selection.models import Application, Rating, Round
from residents.selection.services import propose_decisions
from residents.selection.states import ApplicationState as S
from residents.states import CareerInterest
from tests.selection.evidence import curriculum_vitae, said

COSTS = {
    "ratings": [7],
    "rating": [8],
    "reviewers": [9],
    "ranking": [10, 10],
    "release": [9],
    "enrolment": [7],
}
SECRET = "CANARY-COMMENT"
INTEREST = "CANARY-SPECIALTY"


def scores(*three, **more):
    return dict(zip(("passion", "initiative", "independence"), three, strict=True)) | more


@pytest.fixture
def go(evening, client):
    """Sign somebody in and ask for, or post to, an address of the selection."""

    def ask(person, name, *uids, data=None):
        client.force_login(person)
        path = reverse(f"selection:{name}", args=[evening.here.slug, *uids])
        return client.get(path) if data is None else client.post(path, data)

    return ask


def rating_of(application, person):
    return Rating.objects.get(application=application, reviewer=person)


@pytest.mark.requirement(54)
def test_no_page_holds_a_score_or_comment_of_the_other_reviewer_before_both_are_in(evening, go):
    ada = evening.apply("Ada")
    evening.assign(ada)
    hers = rating_of(ada, evening.ana)
    go(evening.ana, "rating-submit", hers.uid, data=scores(5, 5, 5, comment=SECRET))
    his = rating_of(ada, evening.ben)
    pages = [
        go(evening.ben, "rating", his.uid),
        go(evening.ben, "ratings"),
        go(evening.director, "ranking", evening.round.uid),
        go(evening.director, "reviewers", evening.round.uid),
        go(evening.director, "release", evening.round.uid),
        go(evening.director, "application", ada.uid),
        go(evening.here.coordinator, "reviewers", evening.round.uid),
    ]
    assert [page.status_code for page in pages] == [200] * 7
    assert [SECRET in page.content.decode() for page in pages] == [False] * 7
    assert "passion 5" not in pages[5].text
    assert f"awaited from {evening.ben.name}." in pages[5].text
    assert ["5.00" in page.content.decode() for page in pages] == [False] * 7
    assert go(evening.ben, "rating", hers.uid).status_code == 404
    go(evening.ben, "rating-submit", his.uid, data=scores(2, 2, 2))
    assert SECRET in go(evening.ben, "rating", his.uid).content.decode()
    assert "Mean 3.50" in go(evening.director, "ranking", evening.round.uid).content.decode()
    page = go(evening.director, "application", ada.uid).content.decode()
    assert "passion 5, initiative 5, independence 5." in page
    assert "passion 2, initiative 2, independence 2." in page
    assert SECRET in page


@pytest.mark.requirement(5)
def test_nobody_who_judges_reads_a_career_interest(evening, go):
    ada = evening.ranked(ada=4)["ada"]
    resident = ada.resident
    resident.career_interest, resident.specialty = CareerInterest.SUBSPECIALIST, INTEREST
    resident.save()
    mine = rating_of(ada, evening.ana)
    for page in (
        go(evening.ana, "rating", mine.uid),
        go(evening.ana, "ratings"),
        go(evening.director, "ranking", evening.round.uid),
        go(evening.director, "release", evening.round.uid),
    ):
        assert page.status_code == 200
        assert INTEREST not in page.content.decode()
        assert "ubspecialist" not in page.content.decode()


def test_a_coordinator_shares_out_the_work_and_reads_no_score(evening, go):
    ada = evening.ranked(ada=5)["ada"]
    assert go(evening.here.coordinator, "reviewers", evening.round.uid).status_code == 200
    for name in ("ranking", "release", "enrolment"):
        assert go(evening.here.coordinator, name, evening.round.uid).status_code == 403
    page = go(evening.here.coordinator, "application", ada.uid).content.decode()
    assert "5.00" not in page
    assert "What reviewers think" not in page
    assert "What reviewers think" in go(evening.director, "application", ada.uid).content.decode()
    assert "What reviewers think" not in go(evening.ana, "application", ada.uid).content.decode()


def test_handing_in_leads_to_the_next_open_applicant_and_at_last_to_the_queue(evening, go):
    ada, bo = evening.apply("Ada"), evening.apply("Bo")
    evening.assign(ada, bo)
    first, second = rating_of(ada, evening.ana), rating_of(bo, evening.ana)
    page = go(evening.ana, "rating", first.uid).content.decode()
    assert "Applicant 1 of 2" in page
    assert go(evening.ana, "rating-submit", first.uid, data=scores(1, 2, 3)).url.endswith(
        second.get_absolute_url()
    )
    page = go(evening.ana, "rating-submit", second.uid, data=scores(1, 2, 3))
    assert page.url == reverse("selection:ratings", args=["cascade"])
    first.refresh_from_db()
    assert first.scores == (1, 2, 3)


@pytest.mark.requirement(54)
def test_a_rating_without_all_scores_is_shown_again_with_what_was_typed(evening, go):
    ada = evening.apply("Ada")
    evening.assign(ada)
    mine = rating_of(ada, evening.ana)
    for sent in ({"passion": 4, "comment": "Good."}, scores(4, 4, 6), scores(0, 4, 4)):
        page = go(evening.ana, "rating-submit", mine.uid, data=sent)
        assert page.status_code == 422
    page = go(evening.ana, "rating-submit", mine.uid, data={"passion": 4, "comment": "Good."})
    assert "Score initiative from 1 to 5." in page.content.decode()
    assert "Good." in page.content.decode()
    mine.refresh_from_db()
    assert (mine.submitted_at, mine.comment) == (None, "")


def test_fields_that_nobody_offered_are_ignored(evening, go):
    ada = evening.apply("Ada")
    evening.assign(ada)
    mine = rating_of(ada, evening.ana)
    extra = {"reviewer": evening.ben.pk, "state": "offered", "decision": "offer", "conflict": "x"}
    go(evening.ana, "rating-submit", mine.uid, data=scores(3, 3, 3, **extra))
    mine.refresh_from_db()
    ada.refresh_from_db()
    assert (mine.reviewer, mine.conflict, ada.state, ada.decision) == (
        evening.ana,
        "",
        S.IN_REVIEW,
        "",
    )


def test_a_reviewer_downloads_the_cv_of_who_they_rate_and_of_nobody_else(evening, go):
    ada, bo = evening.apply("Ada"), evening.apply("Bo")
    ada.cv = keep(curriculum_vitae(), by=ada.resident.person, scope=ada.program_id)
    ada.save()
    evening.assign(ada, bo)
    served = go(evening.ana, "rating-cv", rating_of(ada, evening.ana).uid)
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    assert go(evening.ana, "rating-cv", rating_of(bo, evening.ana).uid).status_code == 404
    assert go(evening.ana, "rating-cv", rating_of(ada, evening.ben).uid).status_code == 404


def test_stepping_back_asks_for_a_reason_and_the_application_is_gone(evening, go):
    ada = evening.apply("Ada")
    evening.assign(ada)
    mine = rating_of(ada, evening.ana)
    assert go(evening.ana, "conflict-declare", mine.uid, data={"reason": ""}).status_code == 422
    go(evening.ana, "conflict-declare", mine.uid, data={"reason": "My cousin."})
    assert go(evening.ana, "rating", mine.uid).status_code == 404
    page = go(evening.director, "application", ada.uid).text
    assert f"{evening.ana.name} stepped back: My cousin." in page
    assert "My cousin." not in go(evening.here.coordinator, "application", ada.uid).text
    assert "My cousin." not in go(evening.ben, "application", ada.uid).text


def test_a_director_proposes_edits_previews_releases_and_takes_back(evening, go):
    made = evening.ranked(ada=5, bo=4, cy=3)
    uid = evening.round.uid
    go(evening.director, "decisions-propose", uid, data={"wait": 1})
    evening.passes(1)
    ada = Application.objects.get(pk=made["ada"].pk)
    sent = {"decision": "decline", "reason": "", "seen": ada.stamp}
    assert go(evening.director, "application-decide", ada.uid, data=sent).status_code == 422
    sent["reason"] = "Leaves in spring."
    go(evening.director, "application-decide", ada.uid, data=sent)
    again = go(evening.director, "application-decide", ada.uid, data=sent)
    assert "decided on Ada Applicant at 07:41" in said(again)[-1][1]
    page = go(evening.director, "release", uid)
    assert [
        [each.resident.person.given_name for each in part]
        for part in (
            page.context["letters"].offered,
            page.context["letters"].wait_listed,
            page.context["letters"].declined,
        )
    ] == [["Bo"], ["Cy"], ["Ada"]]
    seen = page.context["letters"].seen
    assert go(evening.director, "decisions-release", uid, data={"seen": "x"}).url.endswith(
        "release/"
    )
    assert evening.state(ada) == S.IN_REVIEW
    go(evening.director, "decisions-release", uid, data={"seen": seen})
    assert evening.state(ada) == S.DECLINED
    assert "Take all back" in go(evening.director, "ranking", uid).content.decode()
    go(evening.director, "release-undo", uid, data={})
    assert evening.state(ada) == S.IN_REVIEW


def test_a_director_moves_the_seat_line_and_is_told_why_not(evening, go):
    made, uid = evening.ranked(ada=5, bo=4, cy=3), evening.round.uid
    assert go(evening.director, "seats-change", uid, data={"seats": 1}).status_code == 302
    lines = go(evening.director, "ranking", uid).context["ranking"].ranked
    assert [row.is_last_seat for row in lines] == [True, False, False]
    evening.round.refresh_from_db()
    evening.release(of={made["ada"]: "offer"})
    go(evening.director, "seats-change", uid, data={"seats": 3})
    evening.round.refresh_from_db()
    evening.decide(made["bo"], "offer")
    evening.release()
    page = go(evening.director, "seats-change", uid, data={"seats": 1})
    assert page.status_code == 422
    assert "2 of the seats are offered or taken." in page.content.decode()
    assert go(evening.director, "seats-change", uid, data={"seats": "x"}).status_code == 422
    assert Round.objects.get().seats == 3


def test_a_reviewer_begins_with_what_is_to_be_rated_and_reads_how_much_is_left(evening, go):
    ada, bo = evening.apply("Ada"), evening.apply("Bo")
    evening.assign(ada, bo)
    home = go(evening.ana, "ratings").client.get(evening.here.program.get_absolute_url())
    assert home.url == reverse("selection:ratings", args=["cascade"])

    def lead():
        return go(evening.ana, "ratings").context["queue"].lead

    def waiting():
        [section] = go(evening.ana, "ratings").context["navigation"]
        return [(item.label, item.count) for item in section.items]

    assert lead().startswith("You have 2 of 2 left")
    assert waiting() == [("Ratings", 2)]
    go(evening.ana, "rating-submit", rating_of(ada, evening.ana).uid, data=scores(1, 2, 3))
    assert lead().startswith("You have 1 of 2 left")
    go(evening.ana, "rating-submit", rating_of(bo, evening.ana).uid, data=scores(1, 2, 3))
    assert lead().startswith("Everything is in: 2 of 2.")
    assert waiting() == [("Ratings", 0)]


@pytest.mark.requirement(54)
def test_an_applicant_reads_in_review_until_the_ten_minutes_are_over(evening, go):
    made = evening.ranked(ada=5)
    evening.decide(made["ada"], "offer")
    evening.release()
    person = made["ada"].resident.person
    page = go(person, "application", made["ada"].uid).content.decode()
    assert "In review" in page
    assert "Accept the place" not in page
    evening.passes(10)
    assert "Accept the place" in go(person, "application", made["ada"].uid).content.decode()
    go(person, "offer-accept", made["ada"].uid, data={})
    assert evening.state(made["ada"]) == S.ACCEPTED
    go(evening.director, "accepted-enrol", evening.round.uid, data={})
    assert evening.state(made["ada"]) == S.ENROLLED


def test_looking_at_an_offer_answers_nothing(evening, go, client):
    made = evening.ranked(ada=5)
    evening.decide(made["ada"], "offer")
    evening.release()
    evening.passes(10)
    client.force_login(made["ada"].resident.person)
    for name in ("offer-accept", "offer-refuse"):
        path = reverse(f"selection:{name}", args=["cascade", made["ada"].uid])
        assert client.get(path).status_code == 405
    assert evening.state(made["ada"]) == S.OFFERED


def test_a_director_names_shares_out_and_dismisses(evening, go):
    coach, uid = evening.here.coach, evening.round.uid
    ada = evening.apply("Ada")
    go(evening.director, "reviewer-name", data={"person": coach.pk, "round": uid})
    page = go(evening.director, "reviewers", uid)
    form = page.context["form"]
    sent = {field.html_name: field.initial or "" for _, fields in form.rows for field in fields}
    go(evening.director, "reviewers-assign", uid, data=sent)
    assert Rating.objects.filter(application=ada).count() == 2
    twice = dict.fromkeys(sent, evening.ana.pk)
    page = go(evening.director, "reviewers-assign", uid, data=twice)
    assert page.status_code == 422
    assert "Choose two different reviewers for Ada Applicant." in page.content.decode()
    grant = coach.grants.get(role="reviewer")
    go(evening.director, "reviewer-dismiss", grant.uid, data={"round": uid})
    grant.refresh_from_db()
    assert grant.until == evening.at.date()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_every_page_costs_the_same_for_any_number_of_applicants(evening, go, client, count):
    evening.round.seats = 40
    evening.round.save()
    made = evening.ranked(**{f"name{number:02}": 1 + number % 5 for number in range(count)})
    mine = rating_of(made["name00"], evening.ana)
    uid = evening.round.uid

    costs = {}

    def look(person, name, *uids):
        go(person, name, *uids)
        path = reverse(f"selection:{name}", args=["cascade", *uids])
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        costs.setdefault(name, []).append(len(asked))

    look(evening.ana, "ratings")
    look(evening.ana, "rating", mine.uid)
    look(evening.director, "reviewers", uid)
    look(evening.director, "ranking", uid)
    propose_decisions(evening.round, wait=0, replace=False, by=evening.director, at=evening.at)
    look(evening.director, "release", uid)
    evening.release()
    look(evening.director, "ranking", uid)
    Application.objects.update(state=S.ACCEPTED)
    look(evening.director, "enrolment", uid)
    assert costs == COSTS


def test_an_outsider_is_never_shown_anything(evening, world, go):
    made = evening.ranked(ada=5)
    there = world.there
    for person in (there.director, there.coordinator):
        for name in ("ranking", "reviewers", "release", "enrolment"):
            assert go(person, name, evening.round.uid).status_code == 404
        assert go(person, "offer-accept", made["ada"].uid, data={}).status_code == 404
