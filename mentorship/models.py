"""One-on-one coaching as data: check-ins, what was promised, noted and written around them."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from qipathway.core.lib.dates import local_date
from residents.models import Program, Resident, same_program

from .querysets import (
    CheckInQuerySet,
    CoachNoteQuerySet,
    CommitmentQuerySet,
    UpdateQuerySet,
)
from .states import CheckInState, CommitmentState, Mood, NoteLevel

LEARNED = 4000
NOTE = 2000
WORDS = 2000
PROMISE = 300
MEDIUM = 80


class CheckIn(models.Model):
    """A resident and their coach sit down together: planned, held or cancelled.

    Day, clock and zone are the truth, ``starts_at`` follows from them. ``revision`` grows when
    the appointment moves; ``version`` grows when its text is saved, so that of two people who
    write at the same time the second is shown both texts; ``saved_from`` is the page that saved
    last and may go on. ``draft`` holds what else stood in the form then, and is empty once the
    check-in was held.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="check_ins")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="check_ins")
    day = models.DateField()
    clock = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    medium = models.CharField(max_length=MEDIUM, blank=True)
    state = models.CharField(max_length=12, choices=CheckInState, default=CheckInState.SCHEDULED)
    revision = models.PositiveIntegerField(default=0)
    mood = models.CharField(max_length=16, choices=Mood, blank=True)
    learned = models.TextField(max_length=LEARNED, blank=True)
    ask_director = models.BooleanField(default=False)
    held_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    draft = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    saved_from = models.UUIDField(null=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["program", "resident", "state", "-held_at"],
                include=["day", "mood", "ask_director", "zone"],
                name="check_in_board",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=CheckInState.values), name="check_in_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(state=CheckInState.SCHEDULED),
                name="one_planned_check_in_per_resident",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckInState.HELD, held_at__isnull=False) & ~Q(mood="")
                | ~Q(state=CheckInState.HELD) & Q(held_at=None),
                name="held_check_in_has_time_and_mood",
            ),
        ]
        triggers: ClassVar = [same_program("resident")]

    def __str__(self) -> str:
        return f"Check-in of {self.resident}, {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("cockpit:check-in", args=[self.program.slug, self.uid])

    @property
    def held_on(self) -> date | None:
        """The day on which it was held, where it was held."""
        return local_date(self.held_at, self.zone) if self.held_at else None


class Commitment(models.Model):
    """Something promised in a check-in, by a day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="commitments")
    made_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="commitments")
    text = models.CharField(max_length=PROMISE)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=CommitmentState, default=CommitmentState.OPEN)
    done_on = models.DateField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["program", "state", "resident"], name="commitment_board"),
            models.Index(fields=["resident", "done_on"], name="commitment_record"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=CommitmentState.values), name="commitment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=CommitmentState.DONE, done_on__isnull=False)
                | ~Q(state=CommitmentState.DONE) & Q(done_on=None),
                name="done_commitment_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_what"),
        ]
        triggers: ClassVar = [same_program("resident", "made_in")]

    def __str__(self) -> str:
        return self.text

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed and it is still open."""
        return self.state == CommitmentState.OPEN and self.due_on < today


class CoachNote(models.Model):
    """What a coach noted in a check-in, for whom its level says.

    Until the check-in is recorded it is a draft, which ``given_at`` tells, and its author's alone.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coach_notes")
    level = models.CharField(max_length=8, choices=NoteLevel, default=NoteLevel.MINE)
    body = models.TextField(max_length=NOTE)
    given_at = models.DateTimeField(null=True)

    objects = CoachNoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_in", "author"], name="one_note_per_check_in_and_author"
            ),
            models.CheckConstraint(
                condition=Q(level__in=NoteLevel.values), name="note_level_is_known"
            ),
        ]
        triggers: ClassVar = [same_program("check_in")]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.check_in}"

    @property
    def resident_id(self) -> int:
        """A note belongs to the resident of its check-in."""
        return self.check_in.resident_id


class Update(models.Model):
    """The resident's own words for the next check-in."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="updates")
    text = models.TextField(max_length=WORDS)
    at = models.DateTimeField()
    answered_in = models.ForeignKey(
        CheckIn, models.PROTECT, null=True, related_name="answered_updates"
    )

    objects = UpdateQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["program", "resident", "-at"], name="update_record"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="update_says_something"),
        ]
        triggers: ClassVar = [same_program("resident", "answered_in")]

    def __str__(self) -> str:
        return f"{self.resident}, {self.at:%Y-%m-%d}"
