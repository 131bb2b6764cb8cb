"""The organisation's class catalogue and the sessions in which classes are taught."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from residents.models import Program, same_program

from ..querysets import CourseQuerySet, SessionQuerySet
from ..states import Format, Mode, SessionState, Strand


class Course(models.Model):
    """A class of the catalogue (``class`` is a word of Python), with its homework brief."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="courses")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    short_title = models.CharField(max_length=24)
    strands = ArrayField(models.CharField(max_length=12, choices=Strand))
    format = models.CharField(max_length=10, choices=Format, default=Format.HALF_DAY)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.IN_PERSON)
    prerequisites = models.ManyToManyField("self", symmetrical=False, blank=True)
    homework_brief = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = "class"
        verbose_name_plural = "classes"
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"], name="class_codes_differ_in_a_program"
            ),
            models.CheckConstraint(
                condition=Q(strands__len__gte=1), name="class_carries_at_least_one_strand"
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return self.title

    def get_strands(self) -> list[str]:
        """Return the labels of the strands that the class carries."""
        return [Strand(value).label for value in self.strands]


class Session(models.Model):
    """One time and place at which a class is taught.

    The local day and clock with the zone are what people agreed on; the instants are computed
    from them. ``revision`` counts changes of time or place, so that each is told once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions_taught"
    )
    capacity = models.PositiveSmallIntegerField()
    held_seats = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.SCHEDULED)
    revision = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    taken: int
    """Seats that somebody holds; set by ``with_seats``."""

    class Meta:
        indexes = [
            models.Index(fields=["program", "starts_at"], name="session_list"),
            models.Index(fields=["instructor", "starts_at"], name="session_of_instructor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="session_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_a_seat"),
            models.CheckConstraint(
                condition=Q(held_seats__lte=F("capacity")), name="held_seats_fit_the_room"
            ),
            models.UniqueConstraint(
                fields=["course", "starts_at", "place"], name="one_session_per_class_time_and_place"
            ),
        ]
        triggers = [same_program("course")]

    def __str__(self) -> str:
        return f"{self.course} on {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:session", args=[self.program.slug, self.uid])

    @property
    def taught_by(self) -> int:
        return self.instructor_id
