"""The words of a selection's pages."""

from dataclasses import dataclass
from datetime import date, datetime

from qipathway.core.lib.dates import day_and_clock, local_date, short_day
from qipathway.core.lib.states import can_move

from .models import Application, Round
from .reads.applications import is_hushed, shown_state
from .reads.rounds import Tally
from .states import APPLICATION_MOVES
from .states import ApplicationState as S

TONES = {
    S.INVITED: ("neutral", "mail"),
    S.STARTED: ("warn", "pencil"),
    S.NOT_NOW: ("neutral", "coffee"),
    S.SUBMITTED: ("info", "send"),
    S.IN_REVIEW: ("info", "eye"),
    S.OFFERED: ("ok", "mail-open"),
    S.WAIT_LISTED: ("warn", "clock"),
    S.DECLINED: ("neutral", "circle-dot"),
    S.ACCEPTED: ("ok", "check"),
    S.TURNED_DOWN: ("neutral", "circle-dot"),
    S.WITHDRAWN: ("neutral", "undo-2"),
    S.ENROLLED: ("ok", "graduation-cap"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """A chip, and a sentence on what is true and what happens next."""

    state: S
    label: str
    tone: str
    icon: str
    lead: str


def status_of(application: Application, at: datetime) -> Status:
    """Say where an application stands for its writer, who may not know a hushed decision."""
    state = shown_state(application, at)
    tone, icon = TONES[state]
    return Status(state, state.label, tone, icon, _lead(state, application.round, at))


def _lead(state: S, round_: Round, at: datetime) -> str:
    if state in LEADS:
        return LEADS[state]
    zone = round_.program.zone
    closes = day_and_clock(round_.closes_at, zone)
    if at < round_.opens_at:
        opens = day_and_clock(round_.opens_at, zone)
        return f"You can write from {opens}, until {closes}."
    if at >= round_.closes_at:
        return CLOSED[state].format(closes=closes)
    return OPEN[state].format(closes=closes)


OPEN = {
    S.INVITED: "Write three short statements and add your CV, until {closes}.",
    S.STARTED: "What you write is kept as you go. Hand it in by {closes}.",
    S.NOT_NOW: "You said “not now”. No more letters come; you can still start until {closes}.",
    S.SUBMITTED: "It is handed in. You can open it again until {closes}; then reviewers read it.",
    S.WITHDRAWN: "You withdrew. You can apply again until {closes}.",
}
CLOSED = {
    S.INVITED: "The window closed on {closes}. Another round comes with the next intake.",
    S.STARTED: "The window closed on {closes} before this was handed in. It is kept for a year.",
    S.NOT_NOW: "You said “not now”, and the window closed on {closes}.",
    S.SUBMITTED: "It is handed in, and the window closed on {closes}. Reviewers read it next.",
    S.WITHDRAWN: "You withdrew, and the window closed on {closes}.",
}
LEADS = {
    S.IN_REVIEW: "Two reviewers read it, each on their own. The decision comes by mail.",
    S.OFFERED: "A place is offered to you. Accept it or turn it down.",
    S.WAIT_LISTED: "You are on the wait-list. If a place comes free, you hear by mail.",
    S.DECLINED: "This round ended without a place. You can apply again in a later one.",
    S.ACCEPTED: "You accepted your place. You are enrolled next.",
    S.TURNED_DOWN: "You turned the place down. You can apply again in a later round.",
    S.ENROLLED: "You have your place on the pathway.",
}


def acts_of(application: Application, at: datetime) -> frozenset[str]:
    """Return the deeds that their writer can do now, beside writing and handing in.

    While decisions are being released there is none, which tells nothing of what they are.
    """
    if is_hushed(application, at):
        return frozenset()
    wanted = ["defer", "withdraw"] if application.round.closes_at > at else ["withdraw"]
    if application.round.is_open(at):
        wanted.append("reopen")
    if application.round.closes_at > at and application.state != S.INVITED:
        wanted.append("start")
    return frozenset(name for name in wanted if can_move(application, name, APPLICATION_MOVES))


def window_words(round_: Round, at: datetime) -> str:
    """Say in one sentence whether people can apply now, and until when."""
    zone = round_.program.zone
    if at < round_.opens_at:
        return f"Opens on {day_and_clock(round_.opens_at, zone)}."
    if at < round_.closes_at:
        return f"Open until {day_and_clock(round_.closes_at, zone)}."
    return f"Closed on {day_and_clock(round_.closes_at, zone)}."


def step_of(round_: Round, counts: Tally, to_invite: int, at: datetime) -> str:
    """Name the page on which a round goes on: to invite, to share out or to decide."""
    if at < round_.closes_at:
        return "invitations" if to_invite else ""
    if counts.unread:
        return "reviewers"
    return "ranking" if counts.in_review else ""


def dates_words(round_: Round, today: date) -> str:
    """Say the window as two days: "Nov 23 to Dec 11"."""
    zone = round_.program.zone
    opens, closes = (local_date(each, zone) for each in (round_.opens_at, round_.closes_at))
    return f"{short_day(opens, seen=today)} to {short_day(closes, seen=today)}"


def counted(count: int, one: str, many: str) -> str:
    """Return "1 resident" or "3 residents"."""
    return f"{count} {one if count == 1 else many}"
