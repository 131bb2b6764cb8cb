"""Who of the roster can be invited to apply, and who cannot, with the reason in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qipathway.core.lib.dates import local_date, short_day

from ...models import TRAINING, Membership, Resident
from ...reads import why_not_eligible
from ...states import MembershipState
from ...training import RESIDENCY
from ..models import Round


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody of the roster who gets no invitation now, and why."""

    resident: Resident
    reason: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Everybody of a program's roster: who gets an invitation, who has one, and who cannot."""

    open: list[Resident]
    invited: list[Refusal]
    refused: list[Refusal]


def eligibility(round_: Round, today: date) -> Eligibility:
    """Look at the whole roster as it is now, by name; five queries for any number of people."""
    residents = Resident.objects.filter(program=round_.program_id).select_related("person")
    residents = residents.prefetch_related(*TRAINING)
    places = dict(
        Membership.objects.filter(program=round_.program_id)
        .exclude(state=MembershipState.WITHDRAWN)
        .values_list("resident_id", "state")
    )
    asked = dict(round_.applications.values_list("resident_id", "invited_at"))
    found = Eligibility([], [], [])
    for resident in residents.by_name():
        reason = _why_not(resident, places, today)
        if resident.pk in asked:
            day = local_date(asked[resident.pk], round_.program.zone)
            found.invited.append(Refusal(resident, f"invited on {short_day(day, seen=today)}"))
        elif reason:
            found.refused.append(Refusal(resident, reason))
        else:
            found.open.append(resident)
    return found


def why_not(resident: Resident, today: date) -> str:
    """Return why one resident gets no invitation, or an empty string."""
    places = resident.memberships.exclude(state=MembershipState.WITHDRAWN)
    return _why_not(resident, dict(places.values_list("resident_id", "state")), today)


def _why_not(resident: Resident, places: Mapping[int, str], today: date) -> str:
    state = places.get(resident.pk)
    if state == MembershipState.ACTIVE:
        return "already on the pathway"
    if state == MembershipState.COMPLETED:
        return "has completed the pathway"
    if reason := why_not_eligible(resident):
        return reason
    if resident.month(today) > RESIDENCY:
        return "has finished residency"
    if not resident.person.is_active:
        return "the account is closed, so no letter would arrive"
    return ""
