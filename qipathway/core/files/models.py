"""Files that people sent, kept out of the web's reach."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from qipathway.core.clock.services import NowDefault
from qipathway.core.lib.scopes import SameScope

from .kinds import KINDS, Kind
from .names import extension_of
from .states import ScanState


class StoredFile(models.Model):
    """A file as it was stored: checked, re-encoded if a picture, and only ever read again.

    It has no address of its own. Each app that holds one opens its own door and calls ``serve``.
    ``size`` and ``sha256`` are those of the stored bytes, ``name`` is only shown.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=ScanState, default=ScanState.PENDING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads"
    )
    uploaded_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    scope_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(state=ScanState.PENDING),
                name="file_waits_for_scanner",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_has_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ScanState.values), name="file_state_is_known"
            ),
        ]
        triggers = [SameScope(scope="scope_id")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> Kind:
        """What is known of files with this extension."""
        return KINDS[extension_of(self.name)]

    @property
    def is_picture(self) -> bool:
        """Whether it may be shown in a page, having been drawn anew."""
        return self.kind.is_picture

    @property
    def is_ready(self) -> bool:
        return self.state == ScanState.CLEAN

    @property
    def path(self) -> str:
        """Where it lies below ``MEDIA_ROOT``: random, so that neither name nor order shows."""
        return f"{self.uid.hex[:2]}/{self.uid.hex}"
