"""The story: everything that happened, once, by whom, about whom."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from qipathway.core.clock.services import NowDefault


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, person: models.Model) -> "EventQuerySet":
        """What happened to or by this person in their own record."""
        return self.filter(about=person)

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-at", "-id")

    def for_story(self) -> "EventQuerySet":
        """Everything that a line of the story shows, without a query per line."""
        return self.select_related("actor", "about")


class Event(models.Model):
    """One thing that happened. Appended, never changed: a trigger of the database sees to it.

    People are named by key only, and ``data`` carries no free text, so that erasing a person
    removes the name behind the key and never an event.
    """

    at = models.DateTimeField(db_default=NowDefault(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deeds"
    )
    action = models.CharField(max_length=80)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="story"
    )
    scope_id = models.BigIntegerField()
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at", "-id"], name="event_about_at"),
            models.Index(fields=["scope_id", "-id"], name="event_scope_id"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type_id}:{self.subject_id}"
