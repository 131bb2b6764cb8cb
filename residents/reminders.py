"""Which news about people owes a letter, and what still holds when it goes out."""

from collections.abc import Sequence

from django.db.models import F, OuterRef, QuerySet
from django.urls import reverse

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday
from qipathway.core.links.services import issue
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice

from .models import Invitation, RoleGrant
from .states import Role

COACH_ASSIGNED = "residents.coach_assigned"
DEPUTY_NAMED = "residents.deputy_named"
INVITED = "residents.invited"
PURPOSE = "residents.invitation"
"""Of the personal links that open an invitation."""


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


def live_invitations() -> QuerySet[Invitation]:
    """Still waits for an answer at the address that it was meant for."""
    return Invitation.objects.open().filter(
        pk=OuterRef("object_id"), person__email=F("email"), person=OuterRef("recipient_id")
    )


def write_invitation(notices: Sequence[Notice], recipient: User) -> Message:
    """Write the way in; each letter has a token of its own, made now and kept as a hash."""
    invitation = Invitation.objects.select_related("person", "program", "invited_by").get(
        pk=notices[0].object_id
    )
    link = reverse("invitation", args=[new_token(invitation)])
    role = Role(invitation.role)
    return letter(
        "invitation",
        person=recipient,
        invitation=invitation,
        noun=role.noun,
        is_director=role == Role.DIRECTOR,
        link=link,
    )


def new_token(invitation: Invitation) -> str:
    """Issue a link of the invitation and return its token, which is kept nowhere."""
    _, token = issue(
        invitation.person,
        purpose=PURPOSE,
        scope=invitation.program_id,
        object_id=invitation.pk,
        expires_at=invitation.expires_at,
        single_use=True,
    )
    return token


def live_deputies() -> QuerySet[RoleGrant]:
    """Whoever was named still stands in, today or later."""
    ahead = RoleGrant.objects.filter(pk=OuterRef("object_id"), role=Role.DEPUTY)
    return ahead.filter(until__gte=LocalToday(F("program__zone")))


def write_deputy_named(notices: Sequence[Notice], recipient: User) -> Message:
    """Tell somebody for whom they stand in, and until when."""
    grants = RoleGrant.objects.select_related("resident", "program")
    grant = grants.get(pk=notices[0].object_id)
    assert grant.resident is not None, "only ties are told of"
    coach = grant.resident.ties.active().of_role(Role.COACH).select_related("person").first()
    link = reverse("cockpit:wall", args=[grant.program.slug]) if grant.program else ""
    return letter("deputy_named", person=recipient, grant=grant, coach=coach, link=link)


KINDS = (
    Kind(COACH_ASSIGNED, live=live_grants, render=write_coach_assigned, ambiguous="hold"),
    Kind(DEPUTY_NAMED, live=live_deputies, render=write_deputy_named, ambiguous="hold"),
    Kind(INVITED, live=live_invitations, render=write_invitation),
)
"""What the roof registers."""
