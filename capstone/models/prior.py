"""What a project had done before this system knew it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from qipathway.core.files.models import StoredFile
from residents.models import Program, same_program

from ..states import Stage
from .project import Project


class PriorWork(models.Model):
    """The evidence on which a project entered at a later stage, signed by the director.

    ``left_stage`` and ``left_since`` are where it stood here before, so that this can be undone.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    project = models.OneToOneField(Project, models.PROTECT, related_name="prior_work")
    stage = models.CharField(max_length=16, choices=Stage)
    left_stage = models.CharField(max_length=16, choices=Stage)
    left_since = models.DateField()
    evidence = models.TextField(max_length=2000)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "prior work"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values, left_stage__in=Stage.values),
                name="stages_of_prior_work_are_known",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="prior_work_has_evidence"),
        ]
        triggers = [same_program("project", file="scope_id")]

    def __str__(self) -> str:
        return f"{self.project} up to {self.get_stage_display()}"
