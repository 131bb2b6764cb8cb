"""Which news about people owes a letter, and what still holds when it goes out."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice

from .models import RoleGrant

COACH_ASSIGNED = "residents.coach_assigned"


def live_grants() -> QuerySet[RoleGrant]:
    """The role that the notice tells of is still held today."""
    return RoleGrant.objects.active().filter(pk=OuterRef("object_id"))


def write_coach_assigned(notices: Sequence[Notice], recipient: User) -> Message:
    """Tell the resident who coaches them, or the coach whom they coach."""
    grants = RoleGrant.objects.select_related("person", "resident__person", "resident__program")
    grant = grants.get(pk=notices[0].object_id)
    assert grant.resident is not None, "only ties are told of"
    return letter(
        "coach_assigned", person=recipient, grant=grant, link=grant.resident.get_absolute_url()
    )


KINDS = (Kind(COACH_ASSIGNED, live=live_grants, render=write_coach_assigned, ambiguous="hold"),)
"""What the roof registers."""
