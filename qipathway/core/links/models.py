"""Links that let one person do one thing without an account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qipathway.core.clock.services import NowDefault

from .querysets import PersonalLinkQuerySet

SHA256_HEX = r"^[0-9a-f]{64}$"


class PersonalLink(models.Model):
    """One person's way to one thing, for a while.

    Only the SHA-256 of the token is kept, so that nobody who reads the database can follow a link.
    ``object_id`` is the key of what it leads to, whose kind ``purpose`` implies; ``scope_id`` the
    organisation it belongs to. ``used_at`` is the last use, and the only one of a single-use link.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(max_length=80)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="personal_links"
    )
    scope_id = models.BigIntegerField()
    object_id = models.BigIntegerField()
    single_use = models.BooleanField(default=False)
    issued_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "object_id"], name="link_purpose_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="link_lives_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(token_hash__regex=SHA256_HEX), name="link_token_is_hashed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_id} for {self.person_id}"
