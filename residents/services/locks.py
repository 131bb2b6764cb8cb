"""Locks, always taken in one order: program, resident, then grants, invitations and links."""

from collections.abc import Iterable

from ..models import Program, Resident


def lock_resident(resident: Resident) -> Resident:
    """Lock a resident and return them as they are now, with their person."""
    rows = Resident.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("person", "program").get(pk=resident.pk)


def lock_residents(keys: Iterable[int]) -> None:
    """Lock residents in the order of their keys, whoever else asks for the same ones."""
    locked = Resident.objects.filter(pk__in=list(keys)).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_program(pk: int) -> Program:
    """Lock a program and return it as it is now."""
    return Program.objects.select_for_update(no_key=True).get(pk=pk)
