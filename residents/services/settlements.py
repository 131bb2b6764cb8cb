"""Requirements credited or waived on the director's signature, and signatures taken back."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.files.services import keep
from qipathway.core.lib.dates import full_day, local_date
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record_each

from ..models import Resident, Settlement
from ..requirements import UNSETTLED, Requirement
from ..states import SettlementKind
from .locks import lock_resident, lock_residents


@dataclass(frozen=True, slots=True)
class Waiver:
    """What is waived for one resident of several: as much of it as is left."""

    resident: Resident
    requirement: Requirement


@transaction.atomic
def credit_requirement(
    resident: Resident,
    *,
    requirement: Requirement,
    amount: int,
    done_on: date,
    reason: str,
    by: User,
    at: datetime,
    upload: UploadedFile | None = None,
) -> Settlement:
    """Sign that a resident did something that counts, elsewhere or before this system.

    The resident is locked and what is settled is read again, so that of two who sign for the same
    the second is told; never more is settled than is left.
    """
    resident = lock_resident(resident)
    if done_on > local_date(at, resident.program.zone):
        raise DomainError(f"Not credited: {full_day(done_on)} is still to come.")
    if not requirement.takes_credit:
        raise DomainError(f"Not credited: {requirement.text} is entered on a page of its own.")
    _refuse(resident, requirement, amount, reason, "credited")
    settlement = Settlement.objects.create(
        **_of(resident, requirement, amount, reason, by, at),
        kind=SettlementKind.CREDIT,
        done_on=done_on,
        file=keep(upload, by=by, scope=resident.program_id) if upload else None,
    )
    _tell([settlement], by, "residents.credit_requirement")
    return settlement


@transaction.atomic
def waive_requirement(
    resident: Resident,
    *,
    requirement: Requirement,
    amount: int,
    reason: str,
    by: User,
    at: datetime,
) -> Settlement:
    """Sign that a resident need not do something that the pathway asks for."""
    resident = lock_resident(resident)
    _refuse_unwaivable(requirement)
    _refuse(resident, requirement, amount, reason, "waived")
    settlement = Settlement.objects.create(
        **_of(resident, requirement, amount, reason, by, at), kind=SettlementKind.WAIVER
    )
    _tell([settlement], by, "residents.waive_requirement")
    return settlement


@transaction.atomic
def waive_requirements(
    waivers: Sequence[Waiver], *, reason: str, by: User, at: datetime
) -> list[Settlement]:
    """Waive what is left of a requirement for several residents at once: for all, or for none."""
    if not waivers:
        raise DomainError("Not waived: choose at least one resident.")
    lock_residents(waiver.resident.pk for waiver in waivers)
    people = Resident.objects.select_related("person").prefetch_related("settlements")
    found = people.in_bulk(waiver.resident.pk for waiver in waivers)
    batch, rows = uuid.uuid4(), []
    for waiver in waivers:
        resident, wanted = found[waiver.resident.pk], waiver.requirement
        _refuse_unwaivable(wanted)
        _refuse(resident, wanted, wanted.left, reason, "waived")
        fields = _of(resident, wanted, wanted.left, reason, by, at)
        rows.append(Settlement(**fields, kind=SettlementKind.WAIVER, batch=batch))
    made = Settlement.objects.bulk_create(rows)
    _tell(made, by, "residents.waive_requirements")
    return made


@transaction.atomic
def withdraw_settlement(settlement: Settlement, *, by: User, at: datetime) -> Settlement:
    """Take back what was signed by mistake: it counts no more, and stays readable."""
    lock_resident(settlement.resident)
    rows = Settlement.objects.select_related("resident__person", "program")
    settlement = rows.get(pk=settlement.pk)
    if settlement.withdrawn_at:
        raise DomainError("This was already taken back.")
    _withdraw([settlement], by, at)
    _tell([settlement], by, "residents.withdraw_settlement")
    return settlement


@transaction.atomic
def withdraw_settlements(
    settlements: Iterable[Settlement], *, by: User, at: datetime
) -> list[Settlement]:
    """Take back what was waived for several at once and still stands."""
    keys = {each.pk: each.resident_id for each in settlements}
    lock_residents(keys.values())
    rows = Settlement.objects.standing().filter(pk__in=keys).select_related("resident__person")
    standing = list(rows)
    if not standing:
        raise DomainError("This was already taken back.")
    _withdraw(standing, by, at)
    _tell(standing, by, "residents.withdraw_settlements")
    return standing


def _of(
    resident: Resident, requirement: Requirement, amount: int, reason: str, by: User, at: datetime
) -> dict[str, object]:
    return {
        "program_id": resident.program_id,
        "resident": resident,
        "requirement": requirement.key,
        "text": requirement.text,
        "amount": amount,
        "reason": reason.strip(),
        "signed_by": by,
        "signed_at": at,
    }


def _refuse_unwaivable(requirement: Requirement) -> None:
    if not requirement.is_waivable:
        raise DomainError(f"Not waived: nobody can waive this: {requirement.text}.")


def _refuse(
    resident: Resident, requirement: Requirement, amount: int, reason: str, verb: str
) -> None:
    """Refuse a signature without a reason, and one for more than is left, as it is now."""
    if not reason.strip():
        raise DomainError(f"Not {verb}: give the reason; it stands beside your signature.")
    if requirement.refusal:
        raise DomainError(f"Not {verb}: {requirement.refusal}.")
    settled = resident.settled.get(requirement.key, UNSETTLED).total + requirement.shared
    left = max(0, requirement.wanted - requirement.done - settled)
    if not left:
        raise DomainError(
            f"Not {verb}: nothing is left for {resident.person.name} of this: {requirement.text}."
        )
    if not 1 <= amount <= left:
        raise DomainError(f"Not {verb}: {left} left of this: {requirement.text}.")


def _withdraw(settlements: Iterable[Settlement], by: User, at: datetime) -> None:
    rows = list(settlements)
    for row in rows:
        row.withdrawn_by, row.withdrawn_at = by, at
    Settlement.objects.bulk_update(rows, ["withdrawn_by", "withdrawn_at"])


def _tell(settlements: Sequence[Settlement], by: User, action: str) -> None:
    """Tell it on the timelines: what and how much; the reason stays beside the signature."""
    told = [
        (
            each,
            each.resident.person,
            {"requirement": each.text, "amount": each.amount, "kind": each.kind},
        )
        for each in settlements
    ]
    record_each(by, action, told, scope=settlements[0].program_id)
