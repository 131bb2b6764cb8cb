"""What a viewer put off, and what was done to many at once; all else is drawn from below."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from residents.models import Membership, Program, Resident, same_program
from residents.states import MemberDeed

from .querysets import MemberChangeQuerySet, SnoozeQuerySet

REASON = 40


class Snooze(models.Model):
    """A decision that one viewer does not want to see until a day; the fact stays on the board."""

    program = models.ForeignKey(Program, models.PROTECT)
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="snoozes")
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=REASON)
    until = models.DateField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["viewer", "resident", "reason"], name="one_snooze_per_viewer_and_reason"
            ),
        ]
        triggers = [same_program("resident")]

    def __str__(self) -> str:
        return f"{self.reason} of {self.resident} until {self.until}"


class MemberChange(models.Model):
    """One deed that was done to members of the pathway together, so that all can be put back."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    deed = models.CharField(max_length=12, choices=MemberDeed)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MemberChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=MemberDeed.values), name="deed_to_members_is_known"
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__gte=models.F("done_at")),
                name="somebody_undid_a_change_after_it_was_done",
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}, {self.done_at:%Y-%m-%d %H:%M}"


class ChangedMember(models.Model):
    """How one member stood before and after a change; ``seats`` are bookings that it gave back."""

    program = models.ForeignKey(Program, models.PROTECT)
    change = models.ForeignKey(MemberChange, models.PROTECT, related_name="members")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    seats = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "membership"], name="a_change_has_each_member_once"
            ),
            models.CheckConstraint(
                condition=~Q(before=models.F("after")), name="a_changed_member_has_changed"
            ),
        ]
        triggers = [same_program("change", "membership")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.change_id}"
