"""A capstone project and the stages it has been in."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from residents.models import Program, Resident, same_program

from ..querysets import ProjectQuerySet
from ..states import Stage


class Project(models.Model):
    """A resident's capstone: one process made better, from the idea to the handover.

    ``title`` starts as the idea in the resident's words and follows the charter as soon as the
    process is named there, so that nobody types it twice.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="projects")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="projects")
    title = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=16, choices=Stage, default=Stage.IDEA)
    opened_on = models.DateField()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["program", "resident"], name="project_board"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=Stage.values), name="project_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=~Q(state=Stage.CLOSED),
                name="one_open_project_per_resident",
            ),
        ]
        triggers = [same_program("resident")]

    def __str__(self) -> str:
        return self.title or "Capstone without a process yet"

    def get_absolute_url(self) -> str:
        return reverse("capstone:project", args=[self.program.slug, self.uid])

    @property
    def takes_words(self) -> bool:
        """Charter and self-screen may still be written: chosen, not signed, not sealed.

        After the charter's own stage only a project is so that entered it before this system.
        """
        chosen = self.state != Stage.IDEA
        return chosen and not self.is_sealed and not self.charter.is_signed

    @property
    def is_sealed(self) -> bool:
        """Closed and handed over here, so that words and numbers stay as they are.

        What was closed before this system is still filled in. Costs up to one query.
        """
        return self.state == Stage.CLOSED and not self.prior_works.standing().exists()


class StageEntry(models.Model):
    """A stage of a project, from the day it was entered to the day it was left.

    ``before_system`` marks what was not seen here but entered later, on the director's word.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, related_name="entries")
    stage = models.CharField(max_length=16, choices=Stage)
    entered_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    before_system = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "stage entries"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="stage_of_an_entry_is_known"
            ),
            models.UniqueConstraint(
                fields=["project", "stage"], name="a_stage_is_entered_once_per_project"
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(left_on=None),
                name="a_project_is_in_one_stage",
                include=["entered_on"],
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")),
                name="a_stage_is_left_after_it_is_entered",
            ),
        ]
        triggers = [same_program("project")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} from {self.entered_on}"
