"""What a project measures: the numbers, day by day, before and after the change."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from residents.models import Program, same_program

from ..querysets import MeasureQuerySet, PointQuerySet
from ..states import Goal, Phase
from .project import Project


class Measure(models.Model):
    """One number that would tell whether it got better, or that nothing else got worse.

    ``counts`` says what is counted and how. ``few_points`` is the stated reason why the baseline
    stays shorter than the pathway asks for.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, related_name="measures")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40)
    goal = models.CharField(max_length=8, choices=Goal, default=Goal.LOWER)
    target = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    counts = models.CharField(max_length=300, blank=True)
    few_points = models.CharField(max_length=300, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"], name="measures_of_a_project_differ_in_name"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(unit=""), name="a_measure_has_a_name_and_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(goal__in=Goal.values), name="goal_of_a_measure_is_known"
            ),
        ]
        triggers = [same_program("project")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("capstone:measure", args=[self.program.slug, self.uid])

    @property
    def resident_id(self) -> int:
        """A measure answers for whose it is as its project does."""
        return self.project.resident_id


class Point(models.Model):
    """One value of a measure, dated by the day (or the first day of the period) it stands for.

    A point that was taken out keeps its row, so that taking it out can be undone; no read of a
    chart or a count sees it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="points")
    day = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=3)
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.BASELINE)
    note = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        indexes = [
            models.Index(
                fields=["measure", "phase", "day"],
                condition=Q(removed_at=None),
                name="points_of_a_chart",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "day"],
                condition=Q(removed_at=None),
                name="one_point_per_measure_and_day",
            ),
            models.CheckConstraint(
                condition=Q(phase__in=Phase.values), name="phase_of_a_point_is_known"
            ),
        ]
        triggers = [same_program("measure")]

    def __str__(self) -> str:
        return f"{self.value.normalize():f} on {self.day}"

    @property
    def resident_id(self) -> int:
        return self.measure.project.resident_id
