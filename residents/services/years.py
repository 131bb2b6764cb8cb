"""The postgraduate year, set by hand from a day on, or taken back."""

from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import add_months, full_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Resident, YearOverride
from ..states import HIGHEST_YEAR, YearReason
from .locks import lock_resident


@transaction.atomic
def record_year(
    resident: Resident, *, first: date, pgy: int, reason: YearReason, by: User
) -> YearOverride:
    """Record which postgraduate year holds from a day on; the years after it follow.

    The resident is locked, so that of two who record a year from the same day the second is told;
    the database would refuse it anyway.
    """
    resident = lock_resident(resident)
    if refusal := why_no_year_from(resident, first):
        raise DomainError(refusal)
    override = YearOverride.objects.create(
        program_id=resident.program_id,
        resident=resident,
        first=first,
        pgy=pgy,
        reason=reason,
        recorded_by=by,
    )
    _tell(by, "residents.record_year", override)
    return override


def why_no_year_from(resident: Resident, first: date) -> str:
    """Return why no year can be set from a day on, or an empty string."""
    name = resident.person.given_name
    if first < resident.starts_on:
        return f"{name} starts residency on {full_day(resident.starts_on)} only."
    if first > add_months(resident.starts_on, 12 * HIGHEST_YEAR):
        return f"That is more than {HIGHEST_YEAR} years after {name} started."
    other = resident.year_overrides.standing().filter(first=first).first()
    return f"{name} is PGY-{other.pgy} from {full_day(first)} already." if other else ""


@transaction.atomic
def withdraw_year(override: YearOverride, *, by: User, at: datetime) -> YearOverride:
    """Take back a year that was recorded by mistake: it counts for nothing any more."""
    resident = lock_resident(override.resident)
    override = YearOverride.objects.get(pk=override.pk)
    if override.withdrawn_at is not None:
        raise DomainError("This was already taken back.")
    override.resident = resident
    override.withdrawn_at = at
    override.save(update_fields=["withdrawn_at"])
    _tell(by, "residents.withdraw_year", override)
    return override


def _tell(by: User, action: str, override: YearOverride) -> None:
    record(
        by,
        action,
        override,
        about=override.resident.person,
        scope=override.program_id,
        first=override.first.isoformat(),
        pgy=override.pgy,
    )
