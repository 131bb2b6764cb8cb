"""Classes that were done elsewhere: before this system, or by the hospital's learning system."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from qipathway.core.files.models import StoredFile
from residents.models import Program, Resident, same_program

from ..querysets import CompletionQuerySet
from ..states import CompletionSource
from .catalogue import Course


class Completion(models.Model):
    """A class that a resident did elsewhere, on somebody's word and with what shows it.

    What the learning system lists stands on that list, whoever brought it in.
    Counts like a seat that was attended. Its homework was accepted there too, or opens here. One
    that was entered by mistake is withdrawn, never deleted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="completions")
    course = models.ForeignKey(Course, models.PROTECT, related_name="completions")
    done_on = models.DateField()
    source = models.CharField(max_length=16, choices=CompletionSource)
    evidence = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    homework_accepted = models.BooleanField(default=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["program", "resident", "course"], name="completion_board"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "course"],
                condition=Q(withdrawn_at=None),
                name="one_standing_completion_per_class",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") | Q(file__isnull=False),
                name="completion_names_its_evidence",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=False) | Q(source=CompletionSource.LEARNING_SYSTEM),
                name="completion_is_signed_or_listed_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("signed_at")),
                name="completion_is_withdrawn_after_it_was_signed",
            ),
        ]
        triggers = [same_program("resident", "course", file="scope_id")]

    def __str__(self) -> str:
        return f"{self.resident}: {self.course} on {self.done_on}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:completions", args=[self.program.slug, self.resident.uid])
