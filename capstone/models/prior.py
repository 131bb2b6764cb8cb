"""What a project had done before this system knew it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qipathway.core.files.models import StoredFile
from residents.models import Program, same_program

from ..querysets import PriorWorkQuerySet
from ..states import Stage
from .project import Project


class PriorWork(models.Model):
    """The evidence on which a project entered at a later stage, signed by the director.

    What was left is where it stood here before and what it was called, so that this can be undone.
    One that was signed by mistake is withdrawn, never deleted.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, related_name="prior_works")
    stage = models.CharField(max_length=16, choices=Stage)
    left_stage = models.CharField(max_length=16, choices=Stage)
    left_since = models.DateField()
    left_title = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(max_length=2000)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PriorWorkQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "prior work"
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(withdrawn_at=None),
                name="one_standing_prior_work_per_project",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__gte=F("signed_at"), withdrawn_by__isnull=False),
                name="prior_work_is_withdrawn_by_somebody_after_it_was_signed",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values, left_stage__in=Stage.values),
                name="stages_of_prior_work_are_known",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="prior_work_has_evidence"),
        ]
        triggers = [same_program("project", file="scope_id")]

    def __str__(self) -> str:
        return f"{self.project} up to {self.get_stage_display()}"
