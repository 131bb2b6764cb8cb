"""Contributions: logged by the resident or for them, confirmed, or taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day, local_date, short_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record
from residents.models import Resident
from residents.services.locks import lock_residents

from ..models import Contribution
from ..states import ContributionKind


@dataclass(frozen=True, slots=True)
class Given:
    """What is logged: a kind and a day, and in a few words what it was and with whom."""

    kind: ContributionKind
    day: date
    what: str = ""
    with_whom: str = ""


@transaction.atomic
def log_contribution(resident: Resident, *, by: User, at: datetime, given: Given) -> Contribution:
    """Log what a resident gave, today or afterwards; it counts at once where another logs it.

    Locks the resident, so of two taps the second is told that it is there already.
    """
    lock_residents([resident.pk])
    today = local_date(at, resident.program.zone)
    what = given.what.strip()
    if given.day > today:
        raise DomainError(f"Not logged: {full_day(given.day)} is still to come.")
    if given.kind == ContributionKind.OTHER and not what:
        raise DomainError("Not logged: say in a few words what it was.")
    if resident.contributions.filter(kind=given.kind, day=given.day, what=what).exists():
        raise DomainError(f"Already logged for {short_day(given.day, seen=today)}.")
    is_own = by.pk == resident.person_id
    contribution = Contribution.objects.create(
        program_id=resident.program_id,
        resident=resident,
        kind=given.kind,
        day=given.day,
        what=what,
        with_whom=given.with_whom.strip(),
        logged_at=at,
        confirmed_by=None if is_own else by,
        confirmed_at=None if is_own else at,
    )
    _tell(contribution, by, "curriculum.log_contribution")
    return contribution


@transaction.atomic
def confirm_contribution(contribution: Contribution, *, by: User, at: datetime) -> Contribution:
    """Confirm what a resident logged: from now on it counts. Nobody confirms their own."""
    contribution = _locked(contribution)
    if by.pk == contribution.resident.person_id:
        raise DomainError("Somebody else confirms what you logged.")
    if contribution.is_confirmed:
        raise DomainError("This was already confirmed.")
    contribution.confirmed_by, contribution.confirmed_at = by, at
    contribution.save(update_fields=["confirmed_by", "confirmed_at"])
    _tell(contribution, by, "curriculum.confirm_contribution")
    return contribution


@transaction.atomic
def withdraw_contribution(contribution: Contribution, *, by: User) -> None:
    """Take back what was logged by mistake; the timeline keeps that it was.

    What somebody confirmed is not its resident's alone to take back any more.
    """
    contribution = _locked(contribution)
    if contribution.is_confirmed and by.pk == contribution.resident.person_id:
        raise DomainError("This was confirmed: ask the program office to take it back.")
    _tell(contribution, by, "curriculum.withdraw_contribution")
    contribution.delete()


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("resident__person")
    found = rows.filter(pk=contribution.pk).first()
    if found is None:
        raise DomainError("This was already taken back.")
    return found


def _tell(contribution: Contribution, by: User, action: str) -> None:
    record(
        by,
        action,
        contribution,
        about=contribution.resident.person,
        scope=contribution.program_id,
        kind=ContributionKind(contribution.kind).label.lower(),
        day=contribution.day.isoformat(),
    )
