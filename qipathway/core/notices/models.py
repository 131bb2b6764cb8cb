"""What is owed to whom, the mail that carries it, and every attempt to hand it over.

A notice is owed to one person for one occasion; a mail carries one notice or a digest of many.
Only ids are stored: the letter is written when it goes out, so it is never stale and leaves
nothing to erase. ``object_id`` is judged by the kind, which is why no relation leaves this app.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now as RealNow

from qipathway.core.clock.services import NowDefault

from .querysets import MailQuerySet, NoticeQuerySet
from .states import CLOSED_UNSENT, Ambiguous, MailState, Reason, Result


class Mail(models.Model):
    """One letter on its way. Claim, point of no return and Message-ID live here.

    Dueness, expiry and what people read (``sent_at``, ``closed_at``) are in the application's
    time; ``send_started_at`` and ``ponr_at`` are leases and therefore in real time.
    ``attempt`` only grows and fences every write; ``tries`` starts again when a person retries.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scope_id = models.BigIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=60)
    ambiguous = models.CharField(max_length=10, choices=Ambiguous)
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.PENDING)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    send_started_at = models.DateTimeField(null=True)
    ponr_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=10, choices=Reason, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    smtp_reply = models.CharField(max_length=500, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=NowDefault(), editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="mail_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_UNSENT, closed_at__isnull=False) & ~Q(closed_reason="")
                | ~Q(state__in=CLOSED_UNSENT) & Q(closed_at__isnull=True, closed_reason=""),
                name="mail_closed_unsent_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENDING) | Q(send_started_at__isnull=False),
                name="mail_sending_has_its_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.PENDING) | Q(ponr_at__isnull=True),
                name="mail_waiting_was_not_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("not_before")), name="mail_has_time_to_be_sent"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state=MailState.PENDING),
                name="mail_waiting",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=MailState.PENDING),
                name="mail_waiting_expires",
            ),
            models.Index(
                fields=["send_started_at"],
                condition=Q(state=MailState.SENDING),
                name="mail_claimed",
            ),
            models.Index(
                fields=["scope_id", "-closed_at"],
                condition=Q(state__in=[MailState.UNKNOWN, MailState.DEAD]),
                name="mail_troubled",
            ),
            models.Index(
                fields=["scope_id", "kind"],
                condition=Q(state=MailState.SENT),
                name="mail_sent_of_a_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id} ({self.state})"


class Notice(models.Model):
    """One thing owed to one person, once: the key is unique and says what "once" means."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=255, unique=True)
    scope_id = models.BigIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    revision = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices")
    created_at = models.DateTimeField(db_default=NowDefault(), editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("due_at")), name="notice_is_due_before_it_expires"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "object_id"], name="notice_kind_object"),
        ]

    def __str__(self) -> str:
        return self.key


class DeliveryAttempt(models.Model):
    """How one attempt came out. Appended, never changed; in real time, for it is evidence."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="attempts")
    attempt = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True)
    ponr_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(db_default=RealNow(), editable=False)
    result = models.CharField(max_length=10, choices=Result)
    phase = models.CharField(max_length=10, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    reply = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id}#{self.attempt} {self.result}"


class Heartbeat(models.Model):
    """When something that must keep going was last seen going, in real time."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(db_default=RealNow())

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
