"""What residents let the public roster say of them."""

import uuid

from django.db import models
from django.db.models import F, Q

from qipathway.core.files.models import StoredFile

from ..querysets import RosterConsentQuerySet
from .pathway import Program, same_program
from .people import Resident


class RosterConsent(models.Model):
    """A line of the public roster in a resident's own words, and when they let it be shown.

    Prepared until it is given; over once it is withdrawn or another one takes its place. What was
    given is never changed, so that the history says what the internet could read and when.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="roster_consents")
    shown_name = models.CharField(max_length=120)
    words = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="roster_consents"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RosterConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        triggers = [same_program("resident", photo="scope_id")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(given_at__isnull=False, withdrawn_at=None),
                name="one_current_roster_consent_per_resident",
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(given_at=None),
                name="one_prepared_roster_consent_per_resident",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="roster_consent_ends_after_it_is_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(given_at__isnull=False),
                name="only_given_roster_consent_is_withdrawn",
            ),
            models.CheckConstraint(condition=~Q(shown_name=""), name="roster_consent_shows_a_name"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def is_current(self) -> bool:
        """Whether this is what it lets the public read now."""
        return self.given_at is not None and self.withdrawn_at is None
