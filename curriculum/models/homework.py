"""Homework of a class: what was handed in, and what was answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from qipathway.core.files.models import StoredFile
from residents.models import Program, Resident, same_program

from ..querysets import HomeworkQuerySet
from ..states import HomeworkState
from .catalogue import Course
from .completion import Completion
from .participation import Booking


class Homework(models.Model):
    """A resident's homework for a class, applied in a real clinical area.

    Opens when the class was attended, or was done elsewhere without it. ``due_on`` is derived
    from the schedule at that moment, and by ``rebase_due_dates`` when the schedule changes.
    ``version`` counts saves, so that two devices cannot silently overwrite each other.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="homework")
    course = models.ForeignKey(Course, models.PROTECT, related_name="homework")
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="homework"
    )
    completion = models.OneToOneField(
        Completion, models.PROTECT, null=True, blank=True, related_name="homework"
    )
    state = models.CharField(max_length=10, choices=HomeworkState, default=HomeworkState.DRAFT)
    due_on = models.DateField()
    area = models.CharField("clinical area", max_length=120, blank=True)
    body = models.TextField(max_length=10_000, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HomeworkQuerySet.as_manager()

    is_settled: bool = False
    """Whether the director credited or waived it; set by ``with_settled``."""

    class Meta:
        verbose_name_plural = "homework"
        indexes = [
            models.Index(fields=["program", "resident", "state"], name="homework_board"),
            models.Index(fields=["state", "submitted_at"], name="homework_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HomeworkState.values), name="homework_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["resident", "course"], name="one_homework_per_resident_and_class"
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=False, completion=None)
                | Q(booking=None, completion__isnull=False),
                name="homework_comes_of_one_class_done",
            ),
            models.CheckConstraint(
                condition=Q(state=HomeworkState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=HomeworkState.ACCEPTED) & Q(accepted_at=None)),
                name="accepted_homework_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=HomeworkState.DRAFT) | Q(submitted_at__isnull=False),
                name="handed_in_homework_has_a_time",
            ),
        ]
        triggers = [same_program("resident", "course", "booking", "completion")]

    def __str__(self) -> str:
        return f"{self.course.short_title}: {self.resident}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:homework", args=[self.program.slug, self.uid])

    @property
    def taught_by(self) -> int | None:
        """Who taught the class; nobody here, when it was done elsewhere."""
        return self.booking.session.instructor_id if self.booking else None

    def was_begun(self) -> bool:
        """Tell whether anything was written, photographed or handed in; costs up to one query."""
        is_blank = self.state == HomeworkState.DRAFT and not (self.area or self.body)
        return not is_blank or self.files.exists()

    @property
    def revision(self) -> int:
        """Each hand-in and each answer is told once."""
        return self.version


class HomeworkFile(models.Model):
    """A photo or document that belongs to a piece of homework."""

    program = models.ForeignKey(Program, models.PROTECT)
    homework = models.ForeignKey(Homework, models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT)

    class Meta:
        ordering = ["pk"]
        triggers = [same_program("homework", file="scope_id")]

    def __str__(self) -> str:
        return str(self.file)


class Review(models.Model):
    """One answer to homework: accepted, or returned with what is missing. Never changed."""

    program = models.ForeignKey(Program, models.PROTECT)
    homework = models.ForeignKey(Homework, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(
        max_length=10,
        choices=[(s.value, s.label) for s in (HomeworkState.ACCEPTED, HomeworkState.RETURNED)],
    )
    comment = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer=HomeworkState.RETURNED, comment=""),
                name="returned_homework_says_why",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=[HomeworkState.ACCEPTED, HomeworkState.RETURNED]),
                name="an_answer_accepts_or_returns",
            ),
        ]
        triggers = [same_program("homework")]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} by {self.reviewer}"
