"""Which occasions owe a notice, until when it is of use, and what still holds when it goes out."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday, Now
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice
from residents.models import Membership, RoleGrant
from residents.reads import away
from residents.states import COACHING, Role

from .models import CheckIn
from .querysets import CheckInQuerySet
from .states import CheckInState

CHECK_IN_REMINDER = "mentorship.check_in_reminder"
CHECK_IN_MOVED = "mentorship.check_in_moved"
CHECK_IN_CANCELLED = "mentorship.check_in_cancelled"
ASK_DIRECTOR = "mentorship.ask_director"
CALL_LASTS = timedelta(days=7)
NEWS_LASTS = timedelta(days=7)


def _of_the_notice() -> CheckInQuerySet:
    """The check-in that a notice is about, while its resident is on the pathway and not away."""
    here = Membership.objects.running().filter(resident=OuterRef("resident"))
    today = LocalToday(OuterRef("program__zone"))
    gone = away(today, resident=OuterRef("resident"))
    return CheckIn.objects.filter(~gone, Exists(here), pk=OuterRef("object_id"))


def live_check_ins() -> QuerySet[CheckIn]:
    """Planned as announced, and the person still is its resident or the resident's coach."""
    coach = RoleGrant.objects.active().filter(role__in=COACHING)
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


def live_moves() -> QuerySet[CheckIn]:
    """Planned as it was moved to, still ahead, and the person is its resident."""
    return (
        _of_the_notice()
        .scheduled()
        .filter(
            resident__person=OuterRef("recipient_id"),
            revision=OuterRef("revision"),
            starts_at__gt=Now(),
        )
    )


def live_cancellations() -> QuerySet[CheckIn]:
    """Cancelled before it would have started, and the person was its resident."""
    return _of_the_notice().filter(
        resident__person=OuterRef("recipient_id"),
        state=CheckInState.CANCELLED,
        starts_at__gt=Now(),
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


def write_moved(notices: Sequence[Notice], recipient: User) -> Message:
    """Write to a resident that the coach moved their check-in."""
    return _write("check_in_moved", notices, recipient)


def write_cancelled(notices: Sequence[Notice], recipient: User) -> Message:
    """Write to a resident that the coach cancelled their check-in."""
    return _write("check_in_cancelled", notices, recipient)


def _write(name: str, notices: Sequence[Notice], recipient: User) -> Message:
    check_in = CheckIn.objects.with_people().get(pk=notices[0].object_id)
    return letter(name, check_in=check_in, person=recipient, link=check_in.get_absolute_url())


def write_call(notices: Sequence[Notice], recipient: User) -> Message:
    """Write to a director that a coach asks them to step in."""
    return _write("check_in_ask_director", notices, recipient)


KINDS = (
    Kind(CHECK_IN_REMINDER, live=live_check_ins, render=write_reminder),
    Kind(CHECK_IN_MOVED, live=live_moves, render=write_moved),
    Kind(CHECK_IN_CANCELLED, live=live_cancellations, render=write_cancelled),
    Kind(ASK_DIRECTOR, live=live_calls, render=write_call, ambiguous="hold"),
)
"""What the roof registers."""
