"""Programs, the versions of their pathway, intakes and who is in them."""

import uuid
from datetime import date, time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from qipathway.core.lib.dates import Half, Windows, validate_zone
from qipathway.core.lib.scopes import SameScope

from ..querysets import MembershipQuerySet, ProgramQuerySet
from ..states import MembershipState


def same_program(*parents: str, **named: str) -> SameScope:
    """Return the promise that a row is of one program for good, and so is every parent of it."""
    return SameScope(*parents, scope="program", **named)


def monday_to_friday() -> list[int]:
    """Return the days of the week on which most programs work."""
    return list(range(5))


class Program(models.Model):
    """A residency program: the tenant to which everything else belongs."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    mission = models.TextField(blank=True)
    methodology = models.CharField(max_length=40, default="VMPS")
    zone = models.CharField(
        max_length=64, default="America/Los_Angeles", validators=[validate_zone]
    )
    year_starts = models.PositiveSmallIntegerField(
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="The month in which the academic year starts.",
    )
    working_days = ArrayField(
        models.PositiveSmallIntegerField(),
        default=monday_to_friday,
        help_text="The days of the week on which half days can be protected, Monday being 0.",
    )
    settings_saved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year_starts__range=(1, 12)), name="year_starts_in_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(working_days__contained_by=list(range(7)))
                & models.Q(working_days__len__gte=1),
                name="working_days_are_days_of_the_week",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cockpit:home", args=[self.slug])

    @property
    def program_id(self) -> int:
        """A program answers questions of scope for itself."""
        return self.pk


def remeasure_days() -> list[int]:
    """Return after how many days from the end of the event a project measures again."""
    return [30, 60, 90]


class PathwayVersion(models.Model):
    """The counts and limits that a cohort is held to, from a date on; never constants in code.

    The months of a capstone are those at whose first day a stage should have been reached.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=80)
    effective_from = models.DateField()
    early_days = models.PositiveSmallIntegerField(default=90)
    early_graduates = models.PositiveSmallIntegerField(default=2)
    potential_mentors = models.PositiveSmallIntegerField(default=3)
    classes_in_first_year = models.PositiveSmallIntegerField(default=4)
    homework_due_days = models.PositiveSmallIntegerField(default=28)
    held_seats = models.PositiveSmallIntegerField(default=2)
    coach_caseload = models.PositiveSmallIntegerField(default=12)
    check_in_days_first_year = models.PositiveSmallIntegerField(default=91)
    check_in_days_second_year = models.PositiveSmallIntegerField(default=28)
    check_in_days_third_year = models.PositiveSmallIntegerField(default=56)
    silent_days = models.PositiveSmallIntegerField(default=30)
    answer_days = models.PositiveSmallIntegerField(default=30)
    behind_days = models.PositiveSmallIntegerField(default=30)
    leader_meetings = models.PositiveSmallIntegerField(default=6)
    physician_leaders = models.PositiveSmallIntegerField(default=1)
    other_leaders = models.PositiveSmallIntegerField(default=2)
    quality_leader_meetings = models.PositiveSmallIntegerField(default=3)
    psa_meetings = models.PositiveSmallIntegerField(default=1)
    flow_tours = models.PositiveSmallIntegerField(default=1)
    sbp_events = models.PositiveSmallIntegerField(default=1)
    improvement_events = models.PositiveSmallIntegerField(default=2)
    contributions = models.PositiveSmallIntegerField(default=2)
    capstone_opens_month = models.PositiveSmallIntegerField(default=10)
    capstone_late_month = models.PositiveSmallIntegerField(default=15)
    current_state_month = models.PositiveSmallIntegerField(default=19)
    event_held_month = models.PositiveSmallIntegerField(default=22)
    remeasured_month = models.PositiveSmallIntegerField(default=28)
    presented_month = models.PositiveSmallIntegerField(default=34)
    baseline_points = models.PositiveSmallIntegerField(default=10)
    remeasure_days = ArrayField(models.PositiveSmallIntegerField(), default=remeasure_days)
    remeasure_silent_days = models.PositiveSmallIntegerField(default=60)
    rest_days_after_nights = models.PositiveSmallIntegerField(default=1)
    morning_starts = models.TimeField(default=time(8))
    morning_ends = models.TimeField(default=time(12))
    afternoon_starts = models.TimeField(default=time(13))
    afternoon_ends = models.TimeField(default=time(17))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "effective_from"], name="one_version_per_program_and_date"
            ),
            models.CheckConstraint(
                condition=models.Q(morning_starts__lt=models.F("morning_ends"))
                & models.Q(morning_ends__lte=models.F("afternoon_starts"))
                & models.Q(afternoon_starts__lt=models.F("afternoon_ends")),
                name="half_days_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(capstone_opens_month__lt=models.F("capstone_late_month")),
                name="capstone_opens_before_it_is_late",
                violation_error_message="A capstone must open in a month before it is late.",
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return self.name

    @property
    def windows(self) -> Windows:
        """When a working day's halves start and end."""
        return {
            Half.AM: (self.morning_starts, self.morning_ends),
            Half.PM: (self.afternoon_starts, self.afternoon_ends),
        }

    def check_in_days(self, pgy: int) -> int:
        """Return the longest gap between check-ins, in days, for a postgraduate year."""
        days = (
            self.check_in_days_first_year,
            self.check_in_days_second_year,
            self.check_in_days_third_year,
        )
        return days[min(max(pgy, 1), 3) - 1]


class Cohort(models.Model):
    """An intake, held to one version of the pathway; members may be at different PGY levels."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="cohorts")
    version = models.ForeignKey(PathwayVersion, models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=80)
    starts_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"], name="cohort_names_differ_in_a_program"
            ),
        ]
        triggers = [same_program("version")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("residents:cohort", args=[self.program.slug, self.uid])


class Membership(models.Model):
    """A resident's place on the pathway; one that has ended stays, with the day of its end."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="memberships")
    resident = models.ForeignKey("residents.Resident", models.PROTECT, related_name="memberships")
    state = models.CharField(max_length=12, choices=MembershipState, default=MembershipState.ACTIVE)
    joined_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["program", "state"], name="membership_board")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MembershipState.values),
                name="membership_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=models.Q(state=MembershipState.ACTIVE),
                name="one_running_membership_per_resident",
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=models.Q(state=MembershipState.COMPLETED),
                name="nobody_completes_the_pathway_twice",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MembershipState.ACTIVE) | models.Q(ended_on=None),
                name="a_running_membership_has_not_ended",
            ),
        ]
        triggers = [same_program("cohort", "resident")]

    def __str__(self) -> str:
        return f"{self.resident} in {self.cohort}"

    @property
    def is_running(self) -> bool:
        return self.state == MembershipState.ACTIVE

    def settled_on(self, today: date) -> date:
        """Return the day until which nothing is late: who joins late is given the early days first.

        Leave that is taken meanwhile puts it off.
        """
        days = self.cohort.version.early_days
        return self.resident.training.days_later(self.joined_on, days, today)
