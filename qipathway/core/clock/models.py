"""The one place that knows what time it is: the database's clock, which a demo may shift."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now as StatementNow


class Offset(models.Model):
    """How far the demo's clock stands from the real one; no row outside demo and tests."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    amount = models.DurationField(default=timedelta)
    set_at = models.DateTimeField(db_default=StatementNow(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="clock_has_one_offset"),
        ]

    def __str__(self) -> str:
        return f"clock moved by {self.amount}"
