"""What a rotation is like, and with it what every block on it allows."""

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError
from qipathway.core.lib.words import plural
from qipathway.core.timeline.services import record

from ..models import Rotation
from ..states import RotationKind
from .locks import lock_program, lock_residents


@transaction.atomic
def change_rotation(rotation: Rotation, *, kind: RotationKind, by: User) -> list[int]:
    """Say that a rotation is of another kind; return the residents who have blocks on it.

    The program is locked, as for a file that comes in, and then everybody on the rotation, so that
    nobody books by what it allowed before. Leave lies over other blocks, which no other kind may:
    a rotation in use never becomes leave, and never stops being it.
    """
    rotation = _locked(rotation)
    if rotation.kind == kind:
        raise DomainError(f"{rotation.name} is {kind.label} already.")
    return _turn(rotation, kind, rotation.kind, "residents.change_rotation", by)


@transaction.atomic
def restore_rotation(rotation: Rotation, *, by: User) -> list[int]:
    """Take the last change of a rotation back; return the residents who have blocks on it."""
    rotation = _locked(rotation)
    if not rotation.kind_before:
        raise DomainError("There is nothing to take back.")
    return _turn(rotation, RotationKind(rotation.kind_before), "", "residents.restore_rotation", by)


def why_no_kind(rotation: Rotation, kind: RotationKind, blocks: int) -> str:
    """Return why a rotation with so many blocks cannot be of a kind, or an empty string."""
    if blocks and RotationKind.LEAVE in (rotation.kind, kind):
        count = plural(blocks, "block")
        return (
            f"{rotation.name} has {count}, and leave lies over other blocks, which no other kind "
            "may. Bring in the schedule with another name for it."
        )
    return ""


def _locked(rotation: Rotation) -> Rotation:
    lock_program(rotation.program_id)
    return Rotation.objects.get(pk=rotation.pk)


def _turn(rotation: Rotation, kind: RotationKind, before: str, action: str, by: User) -> list[int]:
    refusal = why_no_kind(rotation, kind, rotation.block_set.count())
    if refusal:
        raise DomainError(refusal)
    residents = sorted(set(rotation.block_set.values_list("resident_id", flat=True)))
    lock_residents(residents)
    old = rotation.get_kind_display()
    rotation.kind, rotation.kind_before = kind, before
    rotation.save(update_fields=["kind", "kind_before"])
    said = {"rotation": rotation.name, "before": old, "after": kind.label}
    record(by, action, rotation, about=None, scope=rotation.program_id, **said)
    return residents
