"""What was sent, what was brought in, and what a program has said about its columns."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import NowDefault
from qipathway.core.lib.words import plural
from residents.models import Program, same_program


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User) -> "UploadQuerySet":
        """What the user sent: until it is brought in, a file is its sender's alone."""
        return self.filter(by=user)


class Upload(models.Model):
    """A file between its preview and the button; at the latest after a day it is gone.

    Kept as a row, not on disk: it is small, comes and goes with its transaction, and is never
    handed out as it came. ``answers`` are by group of questions and key.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=NowDefault(), editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, blank=True)
    content = models.BinaryField()
    answers = models.JSONField(default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], name="upload_waits_since")]
        triggers = [same_program()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("imports:upload", args=[self.program.slug, self.uid])


class Import(models.Model):
    """A file that was brought in: by whom, when, and how much it changed. Its ``uid`` is the
    upload's, so that the button, pressed twice, leads to the same page.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=NowDefault(), editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    lines = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    notes = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["program", "-at", "-id"], name="import_log")]
        triggers = [same_program()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("imports:import", args=[self.program.slug, self.uid])

    @property
    def changes(self) -> int:
        return self.new + self.changed + self.removed

    @property
    def words(self) -> str:
        """How much it changed: "214 changes in 386 lines"."""
        return f"{plural(self.changes, 'change')} in {plural(self.lines, 'line')}"

    @property
    def stats(self) -> list[dict[str, object]]:
        """What a strip of numbers shows."""
        return [
            {"label": name.title(), "value": getattr(self, name)}
            for name in ("new", "changed", "removed", "unchanged")
        ]


class ColumnMap(models.Model):
    """What a program says a column of its files holds; an empty field leaves the column out."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    header = models.CharField(max_length=200, help_text="Folded, as headers are compared.")
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind", "header"], name="a_column_means_one_thing"
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return f"{self.header}: {self.field or 'left out'}"
