"""Which occasions owe a notice, until when it is of use, and what still holds when it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import hours_before
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice
from residents.models import Membership, RoleGrant
from residents.states import MembershipState, Role

from .models import CheckIn
from .querysets import CheckInQuerySet

CHECK_IN_REMINDER = "mentorship.check_in_reminder"
ASK_DIRECTOR = "mentorship.ask_director"
HOURS_BEFORE = 24
CALL_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Window:
    """From when a notice is due and when it has become useless; instants in UTC."""

    due: datetime
    expires: datetime


def window_of(check_in: CheckIn) -> Window:
    """Return the window of the rule "24 elapsed hours before, useless once it has started"."""
    return Window(hours_before(check_in.starts_at, HOURS_BEFORE), check_in.starts_at)


def _of_the_notice() -> CheckInQuerySet:
    """The check-in that a notice is about, while its resident is on the pathway and not away."""
    here = Membership.objects.filter(resident=OuterRef("resident"), state=MembershipState.ACTIVE)
    return CheckIn.objects.filter(Exists(here), pk=OuterRef("object_id"))


def live_check_ins() -> QuerySet[CheckIn]:
    """Planned as announced, and the person still is its resident or the resident's coach."""
    coach = RoleGrant.objects.active().of_role(Role.COACH)
    tied = coach.filter(person=OuterRef("coach"), resident=OuterRef("resident"))
    return (
        _of_the_notice()
        .scheduled()
        .filter(
            Q(resident__person=OuterRef("recipient_id"))
            | Q(coach=OuterRef("recipient_id")) & Exists(tied),
            revision=OuterRef("revision"),
        )
    )


def live_calls() -> QuerySet[CheckIn]:
    """Held with a call for the director, and the person still directs the program."""
    director = RoleGrant.objects.active().of_role(Role.DIRECTOR)
    directs = director.filter(
        person=OuterRef(OuterRef("recipient_id")), program=OuterRef("program")
    )
    return _of_the_notice().held().filter(Exists(directs), ask_director=True)


def write_reminder(notices: Sequence[Notice], recipient: User) -> Message:
    """Write the reminder of one check-in, to its resident or its coach."""
    check_in = CheckIn.objects.with_people().get(pk=notices[0].object_id)
    is_coach = recipient.pk == check_in.coach_id
    other = check_in.resident.person if is_coach else check_in.coach
    return letter(
        "check_in_reminder",
        check_in=check_in,
        person=recipient,
        other=other,
        is_coach=is_coach,
        link=check_in.get_absolute_url(),
    )


def write_call(notices: Sequence[Notice], recipient: User) -> Message:
    """Write to a director that a coach asks them to step in."""
    check_in = CheckIn.objects.with_people().get(pk=notices[0].object_id)
    return letter(
        "check_in_ask_director",
        check_in=check_in,
        person=recipient,
        link=check_in.get_absolute_url(),
    )


KINDS = (
    Kind(CHECK_IN_REMINDER, live=live_check_ins, render=write_reminder),
    Kind(ASK_DIRECTOR, live=live_calls, render=write_call, ambiguous="hold"),
)
"""What the roof registers."""
