"""Locks, always taken in one order: the resident, then grants."""

from ..models import Resident


def lock_resident(resident: Resident) -> Resident:
    """Lock a resident and return them as they are now, with their person."""
    rows = Resident.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("person", "program").get(pk=resident.pk)
