"""What a viewer put off. Everything else here is drawn from the apps below."""

from django.conf import settings
from django.db import models

from residents.models import Program, Resident, same_program

from .querysets import SnoozeQuerySet

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
