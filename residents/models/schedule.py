"""The rotation schedule: where a resident is, and what is kept free."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from qipathway.core.lib.dates import Half

from ..querysets import DatedQuerySet, HoldQuerySet
from ..schedule import Stay
from ..states import RotationKind
from .pathway import Program, same_program
from .people import DateRange, Resident


class Rotation(models.Model):
    """A kind of work in the schedule, by the name that the schedule gives it.

    ``kind_before`` is what it was before its last change, so that this can be taken back.
    """

    uid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="rotations")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=RotationKind)
    kind_before = models.CharField(
        max_length=12, choices=RotationKind, blank=True, default="", editable=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RotationKind.values), name="rotation_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["program", "name"], name="rotation_names_differ_in_a_program"
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """A slice of a resident's year on one rotation, both days included.

    Leave may lie within another block and overrides it; other blocks never overlap.
    """

    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="blocks")
    rotation = models.ForeignKey(Rotation, models.PROTECT)
    start = models.DateField()
    end = models.DateField()
    overrides = models.BooleanField(default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["start"]
        indexes = [models.Index(fields=["program", "start", "end"], name="block_board")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="block_ends_after_start"),
            ExclusionConstraint(
                name="blocks_of_a_resident_never_overlap",
                expressions=[
                    (F("resident"), RangeOperators.EQUAL),
                    (DateRange(F("start"), F("end")), RangeOperators.OVERLAPS),
                ],
                condition=Q(overrides=False),
            ),
        ]
        triggers = [same_program("resident", "rotation")]

    def __str__(self) -> str:
        return f"{self.rotation} {self.start}..{self.end}"

    @property
    def stay(self) -> Stay:
        """The block as the schedule knows it."""
        return Stay(self.start, self.end, self.rotation.kind, self.rotation.name)


class ClinicPattern(models.Model):
    """A weekly half day of continuity clinic on some kinds of rotation."""

    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="clinics")
    weekday = models.PositiveSmallIntegerField()
    half = models.CharField(max_length=2, choices=Half)
    kinds = ArrayField(models.CharField(max_length=12, choices=RotationKind))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "weekday", "half"], name="one_clinic_per_half_day"
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(0, 6)), name="clinic_on_a_day_of_the_week"
            ),
        ]
        triggers = [same_program("resident")]

    def __str__(self) -> str:
        return f"clinic on day {self.weekday} {self.half}"


class HalfDayHold(models.Model):
    """A half day kept for something else, which no class may take.

    Half days that were held in one go share ``together``. One that was released stays, so that the
    release can be undone, and holds nothing.
    """

    together = models.UUIDField(db_default=RandomUUID(), editable=False, db_index=True)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="holds")
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half)
    reason = models.CharField(max_length=120)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "day", "half"],
                condition=Q(released_at=None),
                name="one_hold_per_half_day",
            ),
        ]
        triggers = [same_program("resident")]

    def __str__(self) -> str:
        return f"{self.day} {self.half}: {self.reason}"
