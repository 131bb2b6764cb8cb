"""What was changed in the block schedule by hand, so that it can be taken back."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from .pathway import Program, same_program
from .schedule import Block


class BlockChange(models.Model):
    """Blocks that were taken out and put in together; each is (resident, rotation, days, leave).

    Kept as plain values, because the rows that were taken out are gone.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    removed = models.JSONField()
    added = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = [same_program()]

    def __str__(self) -> str:
        return f"{len(self.removed)} blocks out, {len(self.added)} in"

    def blocks(self, values: list[list[Any]]) -> list[Block]:
        """Return kept values as blocks that are not saved."""
        return [
            Block(
                program_id=self.program_id,
                resident_id=resident,
                rotation_id=rotation,
                start=date.fromisoformat(start),
                end=date.fromisoformat(end),
                overrides=overrides,
            )
            for resident, rotation, start, end, overrides in values
        ]


def kept(blocks: Iterable[Block]) -> list[list[Any]]:
    """Return blocks as plain values, in order."""
    return sorted(
        [b.resident_id, b.rotation_id, b.start.isoformat(), b.end.isoformat(), b.overrides]
        for b in blocks
    )
