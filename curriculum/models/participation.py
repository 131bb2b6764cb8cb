"""What residents are expected at: seats in class sessions, and stand-ups."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from residents.models import Program, Resident, same_program

from ..querysets import BookingQuerySet, StandUpQuerySet
from ..states import KEPT, BookingState
from .catalogue import Course, Session


class Booking(models.Model):
    """A resident's seat in a session, and what came of it.

    ``course`` and ``during`` repeat what the session says so that the database itself can refuse
    the same class twice and two classes at once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="bookings")
    course = models.ForeignKey(Course, models.PROTECT)
    during = DateTimeRangeField()
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.BOOKED)
    override_note = models.CharField(max_length=200, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    first: "Course | None"
    """The class that has to come first and does not; set by ``concerns_of``."""

    class Meta:
        indexes = [models.Index(fields=["program", "resident", "course"], name="booking_board")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BookingState.values), name="booking_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["resident", "course"],
                condition=Q(state__in=KEPT),
                name="one_kept_booking_per_class",
            ),
            ExclusionConstraint(
                name="bookings_of_a_resident_never_overlap",
                expressions=[
                    (F("resident"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=KEPT),
            ),
            models.CheckConstraint(
                condition=Q(state=BookingState.ATTENDED, attended_at__isnull=False)
                | (~Q(state=BookingState.ATTENDED) & Q(attended_at=None)),
                name="attended_booking_has_a_time",
            ),
        ]
        triggers = [same_program("session", "resident", "course")]

    def __str__(self) -> str:
        return f"{self.resident}: {self.session}"

    @property
    def taught_by(self) -> int:
        return self.session.instructor_id

    @property
    def revision(self) -> int:
        """A seat is moved when its session is: reminders follow the session's revision."""
        return self.session.revision


class StandUp(models.Model):
    """A short standing meeting at a visibility wall, which residents on SBP attend."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    day = models.DateField()
    starts = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120)

    objects = StandUpQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "starts_at", "place"], name="one_stand_up_per_time_and_place"
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return f"Stand-up at {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:stand-ups", args=[self.program.slug])
