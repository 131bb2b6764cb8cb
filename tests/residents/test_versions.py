"""Versions of the pathway: listed with who is held to them, made, compared, and changed."""

from datetime import date
from html import unescape

import pytest
from django.db import IntegrityError

from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import PathwayVersion, Program
from residents.services import change_version, create_version
from residents.versions import COUNTS, LABELS, differences, versions_of
from tests.factories.residents import CohortFactory, PathwayVersionFactory

SETTINGS = "/p/cascade/settings/"
NEW, CREATE = f"{SETTINGS}versions/new/", f"{SETTINGS}versions/create/"
LATER = date(2027, 7, 1)


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def director(here, client):
    client.force_login(here.director)
    return here.director


def words(response):
    return unescape(" ".join(response.content.decode().split()))


def said(client, where=NEW, **more):
    """What the form holds, with what a director changes in it."""
    form = client.get(where).context["form"]
    kept = {f.name: f.value() for f in form if f.value() is not None}
    return {**kept, "name": "2027–28", "effective_from": str(LATER), **more}


def test_every_count_has_a_name_that_a_person_understands():
    assert set(COUNTS) == set(LABELS)


@pytest.mark.requirement(1)
def test_a_new_version_starts_from_the_newest_and_says_what_differs(client, director, here):
    PathwayVersion.objects.update(homework_due_days=35)
    asked = said(client, held_seats="3", remeasure_days="30,60,90,180", morning_ends="11:30")
    assert asked["homework_due_days"] == 35
    assert client.post(CREATE, asked).status_code == 302
    made, first = versions_of(here.program)
    assert (made.version.name, made.version.effective_from) == ("2027–28", LATER)
    assert made.version.homework_due_days == 35
    assert made.differences == (
        "Seats of a session held for residents: 3 instead of 2",
        "Days after the event on which a project measures again: 30, 60, 90, 180 instead of "
        "30, 60, 90",
        "Morning ends: 11:30 instead of 12:00",
    )
    assert (first.cohorts, first.differences) == ((here.cohort,), ())
    shown = words(client.get(SETTINGS))
    assert "Seats of a session held for residents: 3 instead of 2" in shown
    assert f"Held to it: {here.cohort.name}." in shown
    assert "No cohort is held to it, so it can be changed." in shown


@pytest.mark.requirement(1)
def test_a_cohort_stays_with_its_version_when_a_newer_one_is_made(client, director, here):
    client.post(CREATE, said(client, homework_due_days="7"))
    here.cohort.refresh_from_db()
    assert here.cohort.version.homework_due_days == 28


@pytest.mark.requirement(1)
def test_a_version_to_which_nobody_is_held_is_changed(client, director, here):
    PathwayVersionFactory(program=here.program, effective_from=LATER)
    page = f"{SETTINGS}versions/2027-07-01/"
    answer = client.post(f"{page}change/", said(client, page, psa_meetings="2"))
    assert answer.status_code == 302
    assert PathwayVersion.objects.get(effective_from=LATER).psa_meetings == 2


def test_a_version_to_which_a_cohort_is_held_is_shown_and_stays(client, director, here):
    page = f"{SETTINGS}versions/2024-07-01/"
    shown = words(client.get(page))
    assert "A cohort is held to this version, so it stays as it is." in shown
    assert "<dt>Days until homework is due</dt><dd>28</dd>" in shown
    assert '<form method="post" action="' + page not in shown
    answer = client.post(f"{page}change/", said(client, homework_due_days="7"))
    assert answer.status_code == 422
    assert PathwayVersion.objects.get().homework_due_days == 28


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"effective_from": "2024-07-01"}, "Another version takes effect on Jul 1, 2024 already."),
        ({"effective_from": ""}, "This field is required."),
        ({"morning_ends": "07:00"}, "The morning must end before the afternoon starts"),
        ({"capstone_opens_month": "15"}, "A capstone must open in a month before it is late."),
        ({"remeasure_days": "60,30"}, "Give days after the event, each once, the first first."),
        ({"rest_days_after_nights": "8"}, "Give at most 7 days."),
        ({"held_seats": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_version_that_cannot_be_is_refused_with_why(client, director, here, more, why):
    answer = client.post(CREATE, said(client, **more))
    assert answer.status_code == 422
    assert why in words(answer)
    assert PathwayVersion.objects.count() == 1


@pytest.mark.parametrize("since", ["2027-07-01", "x", "2024-13-01"])
def test_a_version_that_does_not_exist_is_not_found(client, director, since):
    assert client.get(f"{SETTINGS}versions/{since}/").status_code == 404


def test_the_version_of_another_program_is_never_changed(world, client, director):
    far = PathwayVersionFactory(
        program=world.there.program, effective_from=LATER, name="Faraway counts"
    )
    assert client.get(f"{SETTINGS}versions/2027-07-01/").status_code == 404
    assert "Faraway counts" not in words(client.get(SETTINGS))
    assert client.get("/p/elsewhere/settings/versions/2027-07-01/").status_code == 404
    far.refresh_from_db()
    assert far.name == "Faraway counts"


@pytest.mark.parametrize("role", ["coordinator", "chief", "kpo_lead"])
def test_only_a_director_makes_versions(client, here, role):
    client.force_login(getattr(here, role))
    assert client.post(CREATE, {}).status_code == 403
    assert client.get(NEW).status_code == 403


def test_services_refuse_what_a_form_did_not_catch_and_tell_what_they_did(here):
    values = {"name": "2027–28", "effective_from": LATER}
    made = create_version(here.program, values=values, by=here.director)
    change_version(made, values=values | {"flow_tours": 2}, by=here.director)
    CohortFactory(program=here.program, version=made)
    with pytest.raises(DomainError, match="A cohort is held to this version by now"):
        change_version(made, values=values | {"flow_tours": 3}, by=here.director)
    made.refresh_from_db()
    assert made.flow_tours == 2
    events = Event.objects.order_by("pk")
    assert [line.text for line in tell(events, zone="America/Los_Angeles")] == [
        f"{here.director.name} made the version 2027–28 of the pathway, from Jul 1, 2027 on.",
        f"{here.director.name} changed the version 2027–28 of the pathway.",
    ]


def test_equal_versions_differ_in_nothing():
    assert differences(PathwayVersion(), PathwayVersion(name="Other")) == ()


@pytest.mark.parametrize("days", [[], [7], [0, -1]])
def test_the_database_knows_the_days_of_the_week(here, days):
    with pytest.raises(IntegrityError):
        Program.objects.filter(pk=here.program.pk).update(working_days=days)


@pytest.mark.parametrize("more", [0, 2])
def test_the_settings_cost_the_same_for_any_number(
    client, director, here, more, django_assert_num_queries
):
    for number in range(more):
        version = PathwayVersionFactory(
            program=here.program, effective_from=date(2027, 7, 1 + number)
        )
        CohortFactory(program=here.program, version=version)
    client.get(SETTINGS)
    with django_assert_num_queries(7):
        page = client.get(SETTINGS)
    assert len(page.context["versions"]) == 1 + more
