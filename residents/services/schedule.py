"""Where residents are: rotations, blocks and clinic, set many at once.

Whoever calls has compared with what is there, under a lock on the program; the constraints of the
database catch what it overlooked. Every list may be empty.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.timeline.services import record_each

from ..models import Block, ClinicPattern, Program, Resident, Rotation


@transaction.atomic
def name_rotations(rotations: Sequence[Rotation]) -> None:
    """Enter rotations by the names that a schedule gives them."""
    Rotation.objects.bulk_create(rotations)


@transaction.atomic
def set_blocks(
    *, program: Program, removed: Sequence[Block], added: Sequence[Block], by: User | None
) -> None:
    """Take blocks out of schedules and put others in; told once on each resident's timeline."""
    Block.objects.filter(pk__in=[block.pk for block in removed]).delete()
    Block.objects.bulk_create(added)
    touched: dict[Resident, list[Block]] = defaultdict(list)
    for block in (*removed, *added):
        touched[block.resident].append(block)
    told = (
        (
            resident,
            resident.person,
            {
                "start": min(block.start for block in blocks).isoformat(),
                "end": max(block.end for block in blocks).isoformat(),
            },
        )
        for resident, blocks in touched.items()
    )
    record_each(by, "residents.set_blocks", told, scope=program.pk)


@transaction.atomic
def set_clinics(
    *,
    program: Program,
    removed: Sequence[ClinicPattern],
    changed: Sequence[ClinicPattern],
    added: Sequence[ClinicPattern],
    by: User | None,
) -> None:
    """Set weekly half days of clinic; told once on each resident's timeline."""
    ClinicPattern.objects.filter(pk__in=[pattern.pk for pattern in removed]).delete()
    ClinicPattern.objects.bulk_update(changed, ["kinds"])
    ClinicPattern.objects.bulk_create(added)
    touched = {pattern.resident for pattern in (*removed, *changed, *added)}
    record_each(
        by,
        "residents.set_clinics",
        ((resident, resident.person, {}) for resident in sorted(touched, key=lambda r: r.pk)),
        scope=program.pk,
    )
