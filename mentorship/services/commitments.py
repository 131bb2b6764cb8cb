"""What was promised: done, and taken back."""

from datetime import date

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import move
from qipathway.core.timeline.services import record

from ..models import Commitment
from ..states import COMMITMENT_MOVES


@transaction.atomic
def complete_commitment(commitment: Commitment, *, by: User, today: date) -> Commitment:
    """Tick off a commitment, by whichever of the two says so first."""
    commitment = _locked(commitment)
    move(commitment, "complete", COMMITMENT_MOVES)
    commitment.done_on = today
    commitment.save(update_fields=["state", "done_on"])
    _tell(commitment, by, "mentorship.complete_commitment")
    return commitment


@transaction.atomic
def reopen_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """Take a tick back; the day by which it was promised stays."""
    commitment = _locked(commitment)
    move(commitment, "reopen", COMMITMENT_MOVES)
    commitment.done_on = None
    commitment.save(update_fields=["state", "done_on"])
    _tell(commitment, by, "mentorship.reopen_commitment")
    return commitment


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",))
    return rows.select_related("resident__person").get(pk=commitment.pk)


def _tell(commitment: Commitment, by: User, action: str) -> None:
    record(
        by,
        action,
        commitment,
        about=commitment.resident.person,
        scope=commitment.program_id,
        due_on=commitment.due_on.isoformat(),
    )
