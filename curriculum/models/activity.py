"""What residents take part in beside classes, most of it while on Systems-Based Practice."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from residents.models import Leader, Program, Resident, same_program

from ..querysets import ActivityQuerySet
from ..states import WEEKLY, ActivityKind
from .participation import StandUp

TO_SUNDAY = timedelta(days=6)


class Activity(models.Model):
    """A resident was at a stand-up, report-out, tour, event or meeting.

    ``week`` is the Monday of the day. ``stand_up`` is the announced one, where it was one; however
    it was logged, a week has one stand-up. Of a PSA resolution meeting the log holds no more than
    the week, the role of who chaired, and a reflection on the process.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=16, choices=ActivityKind)
    day = models.DateField()
    week = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    stand_up = models.ForeignKey(
        StandUp, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    leader = models.ForeignKey(
        Leader, models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    role = models.CharField(max_length=80, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    logged_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["program", "resident", "kind"], name="activity_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind", "week"],
                condition=Q(kind__in=WEEKLY),
                name="weekly_activity_is_logged_once_a_week",
            ),
            models.UniqueConstraint(
                fields=["resident", "kind", "day", "leader"],
                condition=~Q(kind__in=WEEKLY),
                nulls_distinct=False,
                name="activity_is_logged_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1, day__range=(F("week"), F("week") + TO_SUNDAY)),
                name="activity_lies_in_its_week",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ActivityKind.PSA_MEETING)
                | (Q(day=F("week"), place="", leader=None) & ~Q(role="") & ~Q(note="")),
                name="psa_log_holds_week_chair_and_process_only",
            ),
            models.CheckConstraint(
                condition=Q(kind=ActivityKind.LEADER_MEETING, leader__isnull=False)
                | (~Q(kind=ActivityKind.LEADER_MEETING) & Q(leader=None)),
                name="meeting_names_its_leader",
            ),
            models.CheckConstraint(
                condition=Q(stand_up=None) | Q(kind=ActivityKind.STAND_UP),
                name="only_a_stand_up_was_announced_as_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ActivityKind.EVENT, role=""), name="event_names_the_role"
            ),
        ]
        triggers = [same_program("resident", "leader", "stand_up")]

    def __str__(self) -> str:
        return f"{self.resident}: {self.get_kind_display()} in the week of {self.week}"

    def get_absolute_url(self) -> str:
        return reverse("curriculum:activities", args=[self.program.slug, self.resident.uid])
