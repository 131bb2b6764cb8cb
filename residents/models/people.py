"""Residents, leaders and the roles that people hold."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse

from ..querysets import GrantQuerySet, ResidentQuerySet
from ..requirements import NOTHING_SETTLED, Settlements, tally
from ..states import PAIRED, CareerInterest, Role, Track
from ..training import Absence, Training
from .pathway import Program, same_program

TRAINING = ("leaves", "year_overrides")
"""What the training of residents is worked out from, beside their first day."""


class Resident(models.Model):
    """A person in training here, on the pathway or not."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="residents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="residencies")
    staff_id = models.CharField(max_length=40)
    track = models.CharField(max_length=16, choices=Track)
    matched_here = models.BooleanField(default=True)
    starts_on = models.DateField(help_text="The first day of residency.")
    career_interest = models.CharField(
        max_length=16, choices=CareerInterest, blank=True, default=CareerInterest.UNDECIDED
    )
    specialty = models.CharField(max_length=80, blank=True)
    interests = models.CharField(max_length=300, blank=True)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"], name="one_residency_per_person_and_program"
            ),
            models.UniqueConstraint(
                fields=["program", "staff_id"], name="staff_ids_differ_in_a_program"
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        return reverse("cockpit:record", args=[self.program.slug, self.uid])

    @property
    def resident_id(self) -> int:
        """A resident answers questions about the resident for themself."""
        return self.pk

    @property
    def training(self) -> Training:
        """The residency; who asks it of many fetches ``TRAINING`` with them."""
        if self._state.adding:
            return Training(self.starts_on)
        prefetch_related_objects([self], *TRAINING)
        taken = (leave for leave in self.leaves.all() if leave.withdrawn_at is None)
        years = (year for year in self.year_overrides.all() if year.withdrawn_at is None)
        return Training(
            self.starts_on,
            tuple(leave.absence for leave in taken),
            tuple(year.turn for year in years),
        )

    @property
    def settled(self) -> Settlements:
        """What the director credited or waived, by requirement, as ``training`` reads leaves."""
        if self._state.adding:
            return NOTHING_SETTLED
        prefetch_related_objects([self], "settlements")
        return tally(each for each in self.settlements.all() if each.withdrawn_at is None)

    def pgy(self, on: date) -> int:
        """Return the postgraduate year on a date: a year for every twelve months from the start.

        Counted from the resident's own start, so that who begins in late June is not a
        second-year a week later, and who begins in January is promoted in January; from a year
        that was set by hand, if one holds.
        """
        return self.training.pgy(on)

    def month(self, on: date) -> int:
        """Return the month of residency, where that of the start is 1; it goes on after 36."""
        return self.training.month(on)

    def away_on(self, day: date) -> Absence | None:
        """Return the leave that the resident is on."""
        return next((each for each in self.training.absences if each.covers(day)), None)


class Leader(models.Model):
    """A person of the organisation whom residents meet or who owns a process."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="leaders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    is_physician = models.BooleanField(default=False)
    is_quality_leader = models.BooleanField(default=False)
    owns_processes = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"], name="one_leader_per_person_and_program"
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.title}"


class DateRange(Func):
    """PostgreSQL's ``daterange`` of a first and a last day, both included."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"


class RoleGrant(models.Model):
    """A role that a person holds in a program from one day until another, both included.

    Coach, sponsor and mentor are ties: they name a resident. A coach without one is in the pool.
    A deputy stands in for the coach of a resident until a day.
    An operator runs the site; that role alone names no program.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    program = models.ForeignKey(Program, models.PROTECT, null=True, related_name="grants")
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="ties")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["program", "role", "resident"], name="grant_board"),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_active_coach_per_resident",
                expressions=[
                    (F("resident"), RangeOperators.EQUAL),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=Role.COACH, resident__isnull=False),
            ),
            ExclusionConstraint(
                name="one_active_sponsor_per_resident",
                expressions=[
                    (F("resident"), RangeOperators.EQUAL),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=Role.SPONSOR, resident__isnull=False),
            ),
            ExclusionConstraint(
                name="one_active_deputy_per_resident",
                expressions=[
                    (F("resident"), RangeOperators.EQUAL),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=Role.DEPUTY, resident__isnull=False),
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.DEPUTY) | Q(resident__isnull=False, until__isnull=False),
                name="deputies_stand_in_for_a_while",
            ),
            ExclusionConstraint(
                name="nobody_holds_a_role_twice_at_once",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (Coalesce(F("program"), Value(0)), RangeOperators.EQUAL),
                    (Coalesce(F("resident"), Value(0)), RangeOperators.EQUAL),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(resident=None) | Q(role__in=PAIRED), name="only_ties_name_a_resident"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="grant_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.RESIDENT), name="resident_is_never_granted"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.OPERATOR, program=None)
                | ~Q(role=Role.OPERATOR) & Q(program__isnull=False),
                name="operators_alone_are_of_no_program",
            ),
        ]
        triggers = [same_program("resident")]

    def __str__(self) -> str:
        return f"{self.person.name}: {self.get_role_display()}"
