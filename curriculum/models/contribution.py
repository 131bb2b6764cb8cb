"""What residents give to mentoring and to quality improvement of the residency."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from residents.models import Program, Resident, same_program

from ..querysets import ContributionQuerySet
from ..states import ContributionKind


class Contribution(models.Model):
    """A resident, on the pathway or not, taught, helped, mentored or sat on a committee.

    Counts once somebody who runs the program or coaches them has confirmed it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=12, choices=ContributionKind)
    day = models.DateField()
    what = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=120, blank=True)
    logged_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["program", "resident", "day"], name="contribution_board")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContributionKind.values), name="contribution_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["resident", "kind", "day", "what"],
                name="contribution_is_logged_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ContributionKind.OTHER, what=""),
                name="another_contribution_says_what",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="contribution_is_confirmed_by_somebody_at_a_time",
            ),
        ]
        triggers = [same_program("resident")]

    def __str__(self) -> str:
        return f"{self.resident}: {self.get_kind_display()} on {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:contributions", args=[self.program.slug, self.resident.uid])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
