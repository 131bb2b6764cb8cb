"""Leave: the days on which a resident is away, and whether they are added to training."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from qipathway.core.clock.services import NowDefault

from ..querysets import LeaveQuerySet
from ..states import LeaveReason
from ..training import Absence
from .pathway import Program, same_program
from .people import DateRange, Resident


class Leave(models.Model):
    """A stretch of days away from residency, both ends included; without a last day it goes on.

    Its reason is one of a few words that tell nothing of anybody's health; there is no field for
    more. One that was recorded by mistake stays as withdrawn and counts for nothing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="leaves")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    extends = models.BooleanField(default=True)
    reason = models.CharField(max_length=12, choices=LeaveReason, default=LeaveReason.ABSENCE)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["first"]
        triggers = [same_program("resident")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="leave_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="leaves_of_a_resident_never_overlap",
                expressions=[
                    (F("resident"), RangeOperators.EQUAL),
                    (DateRange(F("first"), F("last")), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"leave of {self.resident} from {self.first}"

    @property
    def absence(self) -> Absence:
        """The leave as arithmetic needs it."""
        return Absence(self.first, self.last, self.extends)
