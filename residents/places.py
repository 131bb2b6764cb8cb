"""Who could join the pathway, and who cannot because they have completed it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from .models import TRAINING, Membership, Program, Resident
from .reads import why_not_eligible
from .states import MembershipState

COMPLETED = "has completed the pathway"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resident who is not on the pathway now, and why they cannot join it, if so."""

    resident: Resident
    pgy: int
    reason: str


def candidates(program: Program, day: date) -> list[Candidate]:
    """Read everybody of the roster without a running place, by name; three queries."""
    running = Membership.objects.running().filter(resident=OuterRef("pk"))
    done = Membership.objects.filter(resident=OuterRef("pk"), state=MembershipState.COMPLETED)
    residents = program.residents.filter(~Exists(running)).select_related("person").by_name()
    with_done = residents.prefetch_related(*TRAINING).annotate(is_done=Exists(done))
    return [
        Candidate(each, each.pgy(day), COMPLETED if each.is_done else why_not_eligible(each))
        for each in with_done
    ]


def has_completed(resident: Resident) -> bool:
    """Tell whether a resident has completed the pathway, in whatever cohort."""
    return resident.memberships.filter(state=MembershipState.COMPLETED).exists()
