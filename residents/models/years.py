"""The postgraduate year set by hand: after a transfer, for a year that is repeated, for a chief."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from qipathway.core.clock.services import NowDefault

from ..querysets import YearOverrideQuerySet
from ..states import HIGHEST_YEAR, YearReason
from ..training import Turn
from .pathway import Program, same_program
from .people import Resident


class YearOverride(models.Model):
    """The postgraduate year that holds from a day on; the years after it follow by themselves.

    One that was recorded by mistake stays as withdrawn and counts for nothing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="year_overrides")
    first = models.DateField()
    pgy = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=12, choices=YearReason)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = YearOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["first"]
        triggers = [same_program("resident")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pgy__range=(1, HIGHEST_YEAR)), name="year_of_residency_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=YearReason.values), name="reason_of_a_year_is_known"
            ),
            models.UniqueConstraint(
                fields=["resident", "first"],
                condition=Q(withdrawn_at=None),
                name="one_year_holds_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"PGY-{self.pgy} of {self.resident} from {self.first}"

    @property
    def turn(self) -> Turn:
        """The override as arithmetic needs it."""
        return Turn(self.first, self.pgy)
