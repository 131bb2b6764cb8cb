"""Requirements that are settled other than by doing them here: credited, or waived."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from qipathway.core.files.models import StoredFile

from ..querysets import SettlementQuerySet
from ..states import SettlementKind
from .pathway import Program, same_program
from .people import Resident


class Settlement(models.Model):
    """A requirement, or some of it, that the director credited or waived for a reason.

    A credit was done elsewhere, on a day and perhaps with a copy that shows it; a waiver was not
    done at all. ``requirement`` is a key of the app that counts it. ``batch`` is what was waived
    for several at once, so that it can be taken back at once. One that was signed by mistake is
    withdrawn, never deleted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="settlements")
    requirement = models.CharField(max_length=60)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=SettlementKind)
    amount = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500)
    done_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.UUIDField(null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [
            models.Index(fields=["program", "resident", "requirement"], name="settlement_board"),
            models.Index(
                fields=["batch"], name="settlement_batch", condition=Q(batch__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SettlementKind.CREDIT, done_on__isnull=False)
                | Q(kind=SettlementKind.WAIVER, done_on=None, file=None),
                name="a_credit_has_a_day_and_a_waiver_has_none",
            ),
            models.CheckConstraint(
                condition=~Q(requirement="") & ~Q(text=""), name="settlement_names_its_requirement"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(amount__gte=1), name="settlement_settles_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__gte=F("signed_at"), withdrawn_by__isnull=False),
                name="settlement_is_withdrawn_by_somebody_after_it_was_signed",
            ),
        ]
        triggers = [same_program("resident", file="scope_id")]

    def __str__(self) -> str:
        return f"{self.text} of {self.resident}, {self.get_kind_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("residents:credits", args=[self.program.slug, self.resident.uid])
