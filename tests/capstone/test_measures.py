"""Measures and their points: what is kept, what is refused, and what a refusal leaves alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from capstone.models import Measure, Point
from capstone.reads import measure_page, measures_of, page_of, project_of, standing_of_project
from capstone.services import (
    add_measure,
    add_point,
    correct_measure,
    correct_point,
    remove_point,
    restore_point,
)
from capstone.states import Goal, Phase, Stage
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from tests.factories.capstone import (
    MeasureFactory,
    PointFactory,
    ProjectFactory,
    SignedProjectFactory,
)

from .evidence import everything

TODAY = date(2026, 11, 23)
FIELDS = {
    "name": "Bed request to bed",
    "unit": "hours",
    "goal": Goal.LOWER,
    "target": Decimal(6),
    "counts": "Median of all admissions of the week",
    "few_points": "",
}


def value(day, number=9, phase=Phase.BASELINE, note=""):
    return {"day": day, "value": Decimal(number), "phase": phase, "note": note}


@pytest.fixture
def measure(signed):
    return MeasureFactory(project=signed)


def baseline(measure, count, start=date(2026, 1, 5)):
    for week in range(count):
        PointFactory(measure=measure, day=start + timedelta(weeks=week))


def test_a_measure_is_named_once_in_a_project(signed, resident):
    measure = add_measure(signed, by=resident.person, fields=FIELDS)
    assert (measure.name, measure.target, measure.program) == (
        "Bed request to bed",
        Decimal(6),
        signed.program,
    )
    before = everything()
    with pytest.raises(DomainError, match="has a measure called"):
        add_measure(signed, by=resident.person, fields=FIELDS)
    assert everything() == before


def test_a_measure_without_a_unit_is_refused_in_words(signed, resident):
    with pytest.raises(DomainError, match="needs a name and a unit"):
        add_measure(signed, by=resident.person, fields=FIELDS | {"unit": ""})


def test_correcting_a_measure_writes_what_is_new_and_the_same_again_writes_nothing(
    measure, resident
):
    correct_measure(measure, by=resident.person, fields=FIELDS)
    [event] = Event.objects.filter(action="capstone.correct_measure")
    assert event.data["fields"] == ["counts", "name", "target"]
    before = everything()
    correct_measure(measure, by=resident.person, fields=FIELDS)
    assert everything() == before


def test_points_are_kept_by_day_and_told_on_the_resident_s_timeline(measure, resident):
    add_point(measure, by=resident.person, today=TODAY, fields=value(TODAY, "9.4"))
    point = Point.objects.get()
    assert (point.day, point.value, point.phase) == (TODAY, Decimal("9.4"), Phase.BASELINE)
    event = Event.objects.get(action="capstone.add_point")
    assert (event.about, event.data) == (resident.person, {"day": "2026-11-23"})


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (value(TODAY + timedelta(days=1)), "in the future"),
        (value(date(2026, 3, 2)), "a point of Mar 2, 2026 already"),
        (value(date(2026, 2, 23), phase=Phase.AFTER), "The baseline reaches to Mar 2, 2026"),
        (value(date(2026, 6, 8)), "first point after the change is of Jun 1, 2026"),
    ],
)
def test_a_point_that_has_no_place_is_refused_and_writes_nothing(measure, resident, fields, why):
    PointFactory(measure=measure, day=date(2026, 3, 2))
    PointFactory(measure=measure, day=date(2026, 6, 1), phase=Phase.AFTER)
    before = everything()
    with pytest.raises(DomainError, match=why):
        add_point(measure, by=resident.person, today=TODAY, fields=fields)
    assert everything() == before


def test_a_point_is_corrected_and_keeps_the_same_rules(measure, resident):
    point = PointFactory(measure=measure, day=date(2026, 3, 2))
    correct_point(
        point, by=resident.person, today=TODAY, fields=value(date(2026, 3, 9), 8, note="Two beds")
    )
    point.refresh_from_db()
    assert (point.day, point.value, point.note) == (date(2026, 3, 9), Decimal(8), "Two beds")
    before = everything()
    with pytest.raises(DomainError, match="in the future"):
        correct_point(
            point, by=resident.person, today=TODAY, fields=value(TODAY + timedelta(days=2))
        )
    assert everything() == before


def test_a_point_taken_out_can_be_put_back(measure, resident, at):
    point = PointFactory(measure=measure, day=date(2026, 3, 2))
    remove_point(point, by=resident.person, at=at)
    assert list(Point.objects.there()) == []
    with pytest.raises(DomainError, match="taken out of the chart before"):
        correct_point(point, by=resident.person, today=TODAY, fields=value(TODAY))
    restore_point(point, by=resident.person, today=TODAY)
    assert list(Point.objects.there()) == [point]
    before = everything()
    restore_point(point, by=resident.person, today=TODAY)
    assert everything() == before


def test_a_point_is_not_put_back_on_a_day_that_has_another(measure, resident, at):
    point = PointFactory(measure=measure, day=date(2026, 3, 2))
    remove_point(point, by=resident.person, at=at)
    add_point(measure, by=resident.person, today=TODAY, fields=value(date(2026, 3, 2), 7))
    before = everything()
    with pytest.raises(DomainError, match="already"):
        restore_point(point, by=resident.person, today=TODAY)
    assert everything() == before


def test_a_closed_project_keeps_its_numbers_as_they_were_handed_over(resident, at):
    point = PointFactory(measure__project=ProjectFactory(resident=resident, state=Stage.CLOSED))
    fields, by = value(TODAY), resident.person
    deeds = (
        lambda: add_measure(point.measure.project, by=by, fields=FIELDS),
        lambda: correct_measure(point.measure, by=by, fields=FIELDS),
        lambda: add_point(point.measure, by=by, today=TODAY, fields=fields),
        lambda: correct_point(point, by=by, today=TODAY, fields=fields),
        lambda: remove_point(point, by=by, at=at),
        lambda: restore_point(point, by=by, today=TODAY),
    )
    before = everything()
    for deed in deeds:
        with pytest.raises(DomainError, match="closed and handed over"):
            deed()
    assert everything() == before


@pytest.mark.parametrize(
    ("count", "reason", "is_met", "text"),
    [
        (0, "", False, "Measure the baseline: 0 of 10 points are here, or state a reason"),
        (9, "", False, "Measure the baseline: 9 of 10 points are here, or state a reason"),
        (10, "", True, "The baseline has 10 points; 10 are needed"),
        (3, "New unit", True, "The baseline has 3 of 10 points, and the reason is stated"),
    ],
)
def test_the_gate_of_the_current_state_counts_the_baseline_or_takes_a_reason(
    measure, count, reason, is_met, text
):
    baseline(measure, count)
    Measure.objects.update(few_points=reason)
    PointFactory(measure=measure, day=date(2026, 10, 5), phase=Phase.AFTER)
    gate = standing_of_project(measure.project).gate
    [need] = [need for need in gate.needs if need.key == "baseline"]
    assert (need.is_met, need.text) == (is_met, text)


def test_the_number_of_baseline_points_is_a_setting_of_the_version(here, measure):
    baseline(measure, 6)
    version = here.cohort.version
    version.baseline_points = 6
    version.save()
    gate = standing_of_project(measure.project).gate
    assert [need.is_met for need in gate.needs if need.key == "baseline"] == [True]


def test_points_of_two_measures_are_not_added_up_and_those_taken_out_do_not_count(measure):
    baseline(measure, 6)
    baseline(MeasureFactory(project=measure.project), 7)
    gone = PointFactory(measure=measure, day=date(2026, 9, 7))
    Point.objects.filter(pk=gone.pk).update(removed_at="2026-11-01T00:00Z")
    gate = standing_of_project(measure.project).gate
    [need] = [need for need in gate.needs if need.key == "baseline"]
    assert need.text.startswith("Measure the baseline: 7 of 10")


def test_the_project_s_page_shows_each_measure_with_what_its_chart_says(here, measure):
    baseline(measure, 4)
    MeasureFactory(project=measure.project, name="Returns within a week")
    MeasureFactory(project=SignedProjectFactory(resident=here.other, charter__signed_by=here.coach))
    rows = page_of(project_of(here.resident), None, TODAY).measures
    assert [(row.measure.name, row.finding.headline, row.last, row.note) for row in rows] == [
        (
            measure.name,
            "4 points so far: too few to judge",
            "9 hours on Jan 26",
            "4 of 10 baseline points",
        ),
        ("Returns within a week", "Nothing is measured yet", "", "0 of 10 baseline points"),
    ]
    assert "<svg" in rows[0].spark


def test_the_page_of_a_measure_holds_every_point_and_the_sides_of_the_comparison(measure):
    baseline(measure, 12)
    for week in range(10):
        day = date(2026, 6, 1) + timedelta(weeks=week)
        PointFactory(measure=measure, day=day, phase=Phase.AFTER, value=Decimal("5.5"))
    page = measure_page(measure, 10)
    assert [row.is_changed for row in page.points] == [False] * 12 + [True] * 10
    assert page.numbers.rows == (
        ("Points", "12", "10"),
        ("Median, hours", "9", "5.5"),
        ("Lowest", "9", "5.5"),
        ("Highest", "9", "5.5"),
    )
    assert page.baseline == "The baseline has 12 points; 10 are needed."
    assert page.next_phase == Phase.AFTER


@pytest.mark.parametrize("count", [1, 3])
def test_measures_and_their_points_take_two_queries(signed, django_assert_num_queries, count):
    for number in range(count):
        baseline(MeasureFactory(project=signed, name=f"Measure {number}"), count)
    with django_assert_num_queries(2):
        assert len(measures_of(signed, 10)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_measure_takes_one_query(measure, django_assert_num_queries, count):
    baseline(measure, count)
    with django_assert_num_queries(1):
        assert len(measure_page(measure, 10).points) == count
