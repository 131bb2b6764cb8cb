"""Which news of a selection owes a letter, and what still holds when it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday, Now
from qipathway.core.lib.dates import day_and_clock, hours_before
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice

from ..models import Membership
from ..reads import away
from .models import Application, Round
from .states import WAITED_FOR, ApplicationState

INVITED = "selection.invited"
WINDOW_MOVED = "selection.window_moved"
CLOSING = "selection.closing"
HOURS_BEFORE = 72
APART = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Span:
    """From when a notice is due and when it has become useless; instants in UTC."""

    due: datetime
    expires: datetime


def invitation_span(round_: Round, at: datetime) -> Span:
    """Return the span of an invitation: as soon as people can apply, until they cannot."""
    return Span(max(at, round_.opens_at), round_.closes_at)


def closing_span(round_: Round, at: datetime) -> Span | None:
    """Return the span of the letter before the window closes: three days before it does.

    None when it would follow the invitation, or news of a moved window, within two days.
    """
    due = hours_before(round_.closes_at, HOURS_BEFORE)
    if due < max(at, round_.opens_at) + APART:
        return None
    return Span(due, round_.closes_at)


def waiting_rounds(*states: ApplicationState) -> QuerySet[Round]:
    """The round still takes applications, and the recipient's is in one of ``states``.

    Whoever has a place on the pathway by now, or is on leave today, is written to no more.
    """
    today = LocalToday(F("program__zone"))
    place = Membership.objects.running().filter(resident=OuterRef("resident"))
    waited_for = Application.objects.filter(
        ~Exists(place),
        ~away(today, resident=OuterRef("resident")),
        round=OuterRef("pk"),
        resident__person=OuterRef(OuterRef("recipient_id")),
        state__in=states,
    )
    return Round.objects.filter(
        Exists(waited_for), pk=OuterRef("object_id"), closes_at__gt=Now(), released_at=None
    )


def live_invitations() -> QuerySet[Round]:
    """Invited, and nothing was answered yet."""
    return waiting_rounds(ApplicationState.INVITED)


def live_windows() -> QuerySet[Round]:
    """The window is still the one that the notice tells of, and the resident has not answered."""
    return waiting_rounds(*WAITED_FOR).filter(revision=OuterRef("revision"))


def write(name: str, notices: Sequence[Notice], recipient: User) -> Message:
    """Write one letter about a round to somebody who can apply in it."""
    applications = Application.objects.select_related("round__cohort", "round__program")
    application = applications.get(round=notices[0].object_id, resident__person=recipient)
    return write_for(name, application.round, recipient, state=application.state)


def write_for(name: str, round_: Round, recipient: User, *, state: str) -> Message:
    """Write one letter as it reads for somebody whose application is in this state."""
    zone = round_.program.zone
    return letter(
        name,
        person=recipient,
        round=round_,
        is_started=state == ApplicationState.STARTED,
        opens=day_and_clock(round_.opens_at, zone),
        closes=day_and_clock(round_.closes_at, zone),
        link=reverse("selection:own-application", args=[round_.program.slug]),
    )


def preview_invitation(round_: Round, recipient: User) -> Message:
    """Return the invitation as somebody would get it."""
    return write_for("selection_invitation", round_, recipient, state=ApplicationState.INVITED)


def write_invitation(notices: Sequence[Notice], recipient: User) -> Message:
    return write("selection_invitation", notices, recipient)


def write_window_moved(notices: Sequence[Notice], recipient: User) -> Message:
    return write("selection_window_moved", notices, recipient)


def write_closing(notices: Sequence[Notice], recipient: User) -> Message:
    return write("selection_closing", notices, recipient)


KINDS = (
    Kind(INVITED, live=live_invitations, render=write_invitation),
    Kind(WINDOW_MOVED, live=live_windows, render=write_window_moved),
    Kind(CLOSING, live=live_windows, render=write_closing),
)
"""What the roof registers."""
