"""Asking somebody to take a role."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qipathway.core.clock.services import NowDefault

from ..querysets import InvitationQuerySet
from ..states import InvitationState, Role
from .pathway import Program, same_program


class Invitation(models.Model):
    """A role in a program, offered to one person at one address, for a week.

    It begins on ``since``, or on the day it is taken if that is later, and ends after ``until``.
    The way to it is a personal link, of which only the hash is kept. It is void once the person's
    address is no longer the one that it was sent to.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=Role)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=12, choices=InvitationState, default=InvitationState.PENDING
    )
    issued_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    expires_at = models.DateTimeField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values), name="invitation_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["program", "role", "person"],
                condition=Q(state=InvitationState.PENDING),
                name="one_open_invitation_per_person_and_role",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.ACCEPTED, answered_at__isnull=False)
                | ~Q(state=InvitationState.ACCEPTED) & Q(answered_at=None),
                name="accepted_invitation_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="invitation_lives_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="invitation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.RESIDENT, Role.OPERATOR, Role.DEPUTY]),
                name="invitation_offers_a_role_in_a_program",
            ),
        ]
        triggers = [same_program()]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()} of {self.program}"
