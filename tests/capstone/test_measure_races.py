"""Two write to one chart together: it keeps its rules, and the second is told."""

from datetime import date
from decimal import Decimal

import pytest

from capstone.models import Measure, Point
from capstone.services import (
    add_measure,
    add_point,
    correct_measure,
    correct_point,
    remove_point,
    restore_point,
)
from capstone.states import Phase
from qipathway.core.timeline.models import Event
from tests.factories.capstone import MeasureFactory, PointFactory
from tests.together import behind, together

from .test_races import refusals

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db(transaction=True)


def adding(measure, day, phase=Phase.BASELINE):
    fields = {"day": day, "value": Decimal(9), "phase": phase, "note": ""}
    by = measure.project.resident.person
    return lambda: add_point(measure, by=by, today=TODAY, fields=fields)


def test_of_two_values_of_one_day_one_is_kept(project):
    measure = MeasureFactory(project=project)
    [refused] = refusals(together(*[adding(measure, TODAY)] * 2))
    assert str(refused).startswith("There is a point of Nov 23, 2026 already.")
    assert (Point.objects.count(), Event.objects.count()) == (1, 1)


def test_a_baseline_and_an_after_that_overlap_are_never_both_kept(project):
    measure = MeasureFactory(project=project)
    late, early = date(2026, 6, 8), date(2026, 6, 1)
    results = together(adding(measure, late), adding(measure, early, Phase.AFTER))
    assert len(refusals(results)) == 1
    assert Point.objects.count() == 1


def test_of_two_measures_of_one_name_one_is_kept(project, resident):
    fields = {"name": "To bed", "unit": "hours"}

    def adder():
        return add_measure(project, by=resident.person, fields=fields)

    [refused] = refusals(together(adder, adder))
    assert str(refused) == "The project has a measure called “To bed” already."
    assert Measure.objects.count() == 1


def test_a_point_put_back_and_a_new_one_of_its_day_are_never_both_kept(project, resident, at):
    point = PointFactory(measure=MeasureFactory(project=project), day=TODAY)
    remove_point(point, by=resident.person, at=at)
    results = together(
        lambda: restore_point(point, by=resident.person, today=TODAY),
        adding(point.measure, TODAY),
    )
    assert len(refusals(results)) == 1
    assert Point.objects.there().count() == 1


def correcting(point, day):
    fields = {"day": day, "value": Decimal(7)}
    by = point.measure.project.resident.person
    return lambda: correct_point(point, by=by, today=TODAY, fields=fields)


def test_of_two_points_corrected_to_one_day_one_is_moved(project):
    measure = MeasureFactory(project=project)
    first, second = (
        PointFactory(measure=measure, day=day) for day in (date(2026, 11, 2), date(2026, 11, 9))
    )
    [refused] = refusals(together(correcting(first, TODAY), correcting(second, TODAY)))
    assert str(refused).startswith("There is a point of Nov 23, 2026 already.")
    assert Point.objects.there().filter(day=TODAY, value=7).count() == 1
    assert Event.objects.filter(action="capstone.correct_point").count() == 1


def test_a_point_taken_out_is_not_corrected_by_who_waited(project, resident, at):
    point = PointFactory(measure=MeasureFactory(project=project))
    late = behind(lambda: remove_point(point, by=resident.person, at=at), correcting(point, TODAY))
    assert str(late) == "Nothing was changed: this point was taken out of the chart before."
    assert not Event.objects.filter(action="capstone.correct_point").exists()


def test_of_two_measures_given_one_name_at_once_one_has_it(project, resident):
    measures = [MeasureFactory(project=project, name=name) for name in ("To bed", "To room")]

    def naming(measure):
        fields = {"name": "Bed request to bed"}
        return lambda: correct_measure(measure, by=resident.person, fields=fields)

    [refused] = refusals(together(*map(naming, measures)))
    assert str(refused) == "The project has a measure called “Bed request to bed” already."
    assert Measure.objects.filter(name="Bed request to bed").count() == 1
    assert Event.objects.filter(action="capstone.correct_measure").count() == 1
