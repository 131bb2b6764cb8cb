"""The pages of measures, as their resident and others meet them."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from capstone.models import Measure, Point
from capstone.states import Phase, Stage
from residents.models import Resident
from tests.factories.capstone import MeasureFactory, PointFactory, ProjectFactory

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def login(client):
    def do(person):
        user = person.person if isinstance(person, Resident) else person
        client.force_login(user, backend=BACKEND)
        return client

    return do


@pytest.fixture
def measure(signed):
    return MeasureFactory(project=signed, name="Bed request to bed")


def url(name, thing):
    return reverse(f"capstone:{name}", args=[thing.program.slug, thing.uid])


def said(response):
    return [str(message) for message in response.context["messages"]]


def text(response):
    return unescape(response.content.decode())


def test_a_resident_names_a_measure_and_is_led_to_its_page(login, signed, here):
    client = login(here.resident)
    assert "asks for 10 baseline points" in text(client.get(url("measure-new", signed)))
    sent = {"name": "Bed request to bed", "unit": "hours", "goal": "lower", "target": "6,5"}
    answer = client.post(url("measure-add", signed), sent, follow=True)
    measure = Measure.objects.get()
    assert answer.redirect_chain == [(measure.get_absolute_url(), 302)]
    assert str(measure.target) == "6.500"
    assert said(answer) == ["Saved. Add the first value; older ones can follow in any order."]


def test_two_measures_of_one_name_are_refused_beside_the_form(login, measure, here):
    sent = {"name": measure.name, "unit": "hours", "goal": "lower"}
    answer = login(here.resident).post(url("measure-add", measure.project), sent)
    assert answer.status_code == 422
    assert "has a measure called “Bed request to bed” already" in text(answer)


def test_a_value_takes_one_number_and_the_answer_says_what_the_chart_says(login, measure, here):
    client = login(here.resident)
    page = client.get(url("measure", measure))
    assert 'name="day" value="2026-11-23"' in text(page)
    sent = {"value": "9,4", "day": "2026-11-23", "phase": "baseline"}
    answer = client.post(url("point-add", measure), sent, follow=True)
    assert said(answer) == ["Added. 1 point so far: too few to judge."]
    point = Point.objects.get()
    assert (point.day, str(point.value)) == (date(2026, 11, 23), "9.400")
    assert url("point-remove", point) in text(answer), "adding can be undone"


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"value": "", "day": "2026-11-23", "phase": "baseline"}, "This field is required."),
        ({"value": "nine", "day": "2026-11-23", "phase": "baseline"}, "Enter a number."),
        ({"value": "1,234", "day": "2026-11-23", "phase": "baseline"}, "Enter a number."),
        ({"value": "NaN", "day": "2026-11-23", "phase": "baseline"}, "Enter a number."),
        ({"value": "9", "day": "2026-11-24", "phase": "baseline"}, "This day is in the future"),
        ({"value": "9", "day": "2026-11-23", "phase": "later"}, "Select a valid choice."),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_in_place(login, measure, here, sent, error):
    answer = login(here.resident).post(url("point-add", measure), sent)
    assert answer.status_code == 422
    assert error in text(answer)
    assert not Point.objects.exists()


def test_a_value_is_corrected_taken_out_and_put_back(login, measure, here):
    point = PointFactory(measure=measure, day=date(2026, 3, 2))
    client = login(here.resident)
    assert 'value="9"' in text(client.get(url("point", point)))
    sent = {"value": "8.5", "day": "2026-03-02", "phase": "baseline", "note": "Storm"}
    answer = client.post(url("point-correct", point), sent, follow=True)
    assert said(answer) == ["Corrected. 1 point so far: too few to judge."]
    answer = client.post(url("point-remove", point), follow=True)
    assert said(answer) == ["Taken out of the chart."]
    assert not Point.objects.there().exists()
    answer = client.post(url("point-restore", point), follow=True)
    assert said(answer) == ["Back in the chart."]
    assert Point.objects.there().get().note == "Storm"


def test_a_correction_that_is_refused_keeps_what_was_typed(login, measure, here):
    PointFactory(measure=measure, day=date(2026, 3, 2))
    point = PointFactory(measure=measure, day=date(2026, 3, 9))
    sent = {"value": "8.5", "day": "2026-03-02", "phase": "baseline"}
    answer = login(here.resident).post(url("point-correct", point), sent)
    assert answer.status_code == 422
    assert "There is a point of Mar 2, 2026 already." in text(answer)
    assert 'value="8.5"' in text(answer)


def test_the_chart_stands_beside_a_table_of_every_value(login, measure, here):
    PointFactory(measure=measure, day=date(2026, 3, 2), note="Record system down")
    page = text(login(here.coach).get(url("measure", measure)))
    assert 'role="img"' in page
    assert "Mar 2, 2026" in page
    assert page.count("Record system down") >= 2
    assert "Add the value" not in page, "a coach reads and does not measure"


@pytest.mark.parametrize(("role", "status"), [("coach", 403), ("sponsor", 403), ("other", 404)])
def test_only_the_resident_writes_and_strangers_know_of_nothing(login, measure, here, role, status):
    point = PointFactory(measure=measure, day=date(2026, 3, 2))
    client = login(getattr(here, role))
    for name, thing in (
        ("measure-new", measure.project),
        ("measure-edit", measure),
        ("point", point),
    ):
        assert client.get(url(name, thing)).status_code == status
    for name, thing in (
        ("measure-add", measure.project),
        ("measure-correct", measure),
        ("point-add", measure),
        ("point-correct", point),
        ("point-remove", point),
        ("point-restore", point),
    ):
        assert client.post(url(name, thing)).status_code == status


def test_a_measure_of_another_program_is_not_known_here(login, world):
    far = MeasureFactory(project=ProjectFactory(resident=world.there.resident))
    client = login(world.here.director)
    assert client.get(url("measure", far)).status_code == 404
    address = reverse("capstone:measure", args=[world.here.program.slug, far.uid])
    assert client.get(address).status_code == 404


def test_a_closed_project_shows_its_chart_without_a_form(login, here):
    project = ProjectFactory(resident=here.resident, state=Stage.CLOSED)
    point = PointFactory(measure__project=project, phase=Phase.AFTER)
    page = text(login(here.resident).get(url("measure", point.measure)))
    assert "Add the value" not in page
    assert "Add a measure" not in text(login(here.resident).get(project.get_absolute_url()))


def test_the_stage_s_list_says_what_is_done_on_paper_so_far(login, signed, here):
    page = text(login(here.resident).get(signed.get_absolute_url()))
    assert page.count("On paper so far") == 4
    assert "Measure the baseline: 0 of 10 points are here, or state a reason" in page
    assert "What is on paper so far cannot be recorded here yet" in page
