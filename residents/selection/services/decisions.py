"""Deciding: one by one or by the ranked list, released together, taken back within ten minutes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date, short_day
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import owe, withdraw_notices
from qipathway.core.timeline.services import record

from ..models import Application, Round
from ..outcomes import DECISION_KINDS, LETTER_USEFUL
from ..reads.letters import Letters, letters_of
from ..reads.ranking import Ranked, ranking_of
from ..states import APPLICATION_MOVES, DECIDABLE, KEPT, TAKE_BACK, ApplicationState, Decision
from .locks import lock_application, lock_round

CHANGED = "Nothing was released: a decision changed since you looked. Look again, then release."
RELEASED = ["state", "judged_at", "answer_by", "place_in_line", "expires_on"]
DECIDED = ["decision", "reason", "decided_by", "decided_at"]


@transaction.atomic
def decide_application(
    application: Application, *, decision: str, reason: str, seen: str, by: User, at: datetime
) -> Application:
    """Set what is to be told to one applicant, or nothing yet; nobody is told before the release.

    ``seen`` is the ``stamp`` of the decision that the director was looking at. Of two who decide
    at once the second is told who decided what and when, and changes nothing.
    """
    application = lock_application(application)
    if application.state not in DECIDABLE or application.stamp != seen:
        raise DomainError(f"Nothing was changed: {already(application)}")
    application.decision, application.reason = decision, reason
    application.decided_by, application.decided_at = by, at
    application.save(update_fields=DECIDED)
    record(
        by,
        "selection.decide_application",
        application,
        about=None,
        scope=application.program_id,
        decision=Decision(decision).label if decision else "nothing yet",
    )
    return application


def already(application: Application) -> str:
    """Say who decided what and when, and whether it was released."""
    name = application.resident.person.name
    if application.decided_at is None or application.decided_by is None:
        return f"{name} is {application.get_state_display().lower()} by now."
    said = application.get_decision_display().lower() or "nothing yet"
    zone = application.round.program.zone
    when = _clock(application.decided_at, zone)
    words = f"{application.decided_by.name} decided on {name} at {when}: {said}"
    if application.judged_at:
        return f"{words}, released at {_clock(application.judged_at, zone)}."
    return f"{words}. Look again before you decide."


def _clock(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} on {short_day(local)}"


@transaction.atomic
def propose_decisions(round_: Round, *, wait: int, replace: bool, by: User, at: datetime) -> int:
    """Decide by the ranked list, for the director to edit; return on how many.

    Offers go to everybody above the seat line, the next ``wait`` are wait-listed, the rest are
    declined. People of equal standing on both sides of the line are left to the director, and so
    are those without all ratings. What was decided by hand stays unless ``replace``.
    """
    round_ = lock_round(round_)
    ranking = ranking_of(round_)
    kept = [] if replace else [each for each in ranking.ranked if each.application.has_decision]
    free = ranking.free - sum(each.application.decision == Decision.OFFER for each in kept)
    rows = [each for each in ranking.ranked if each not in kept]
    decided = list(_proposed(rows, max(free, 0), wait))
    for application in decided:
        application.decided_by, application.decided_at = by, at
    Application.objects.bulk_update(decided, DECIDED)
    record(
        by,
        "selection.propose_decisions",
        round_,
        about=None,
        scope=round_.program_id,
        count=len(decided),
    )
    return len(decided)


def _proposed(rows: list[Ranked], free: int, wait: int) -> Iterable[Application]:
    """Yield applications with what is proposed for them set, and nothing saved."""
    split = 0 < free < len(rows) and rows[free - 1].rank == rows[free].rank
    tied = rows[free].rank if split else 0
    for place, row in enumerate(rows):
        if row.rank == tied:
            continue
        after = Decision.WAIT_LIST if place < free + wait else Decision.DECLINE
        row.application.decision = Decision.OFFER if place < free else after
        row.application.reason = f"Place {row.rank_words} with a mean of {row.score.mean_words}."
        yield row.application


@transaction.atomic
def release_decisions(round_: Round, *, seen: str, by: User, at: datetime) -> Letters:
    """Release every decision of a round together; return who gets what letter.

    ``seen`` is the fingerprint of the preview: what was not previewed is not released. For ten
    minutes nobody is told and everything can be taken back. The round's lock lets one release
    happen at a time: a second press finds nothing left to release.
    """
    round_ = lock_round(round_)
    letters = letters_of(round_, lock=True)
    if not letters.all and round_.released_at:
        when = _clock(round_.released_at, round_.program.zone)
        raise DomainError(f"Nothing was released: the decisions were released at {when} already.")
    if letters.problem:
        raise DomainError(letters.problem)
    if letters.seen != seen:
        raise DomainError(CHANGED)
    _judge(round_, letters, at)
    round_.released_at = at
    round_.save(update_fields=["released_at"])
    record(
        by,
        "selection.release_decisions",
        round_,
        about=None,
        scope=round_.program_id,
        offered=len(letters.offered),
        wait_listed=len(letters.wait_listed),
        declined=len(letters.declined),
    )
    return letters


def _judge(round_: Round, letters: Letters, at: datetime) -> None:
    """Move every application along its arrow and owe its letter for when it is final."""
    today = local_date(at, round_.program.zone)
    last = round_.applications.in_line().values_list("place_in_line", flat=True).last() or 0
    for application in letters.all:
        move(application, application.decision, APPLICATION_MOVES)
        application.judged_at, application.expires_on = at, today + KEPT
    for application in letters.offered:
        application.expires_on = None
        application.answer_by = last_day_to_answer(round_, at)
    for place, application in enumerate(letters.wait_listed, start=last + 1):
        application.place_in_line = place
    Application.objects.bulk_update(letters.all, RELEASED)
    for application in letters.all:
        owe(
            DECISION_KINDS[ApplicationState(application.state)],
            application.resident.person,
            application,
            scope=round_.program_id,
            due=at + TAKE_BACK,
            expires=at + TAKE_BACK + LETTER_USEFUL,
            rule=f"{at:%Y%m%dT%H%M%S.%f}",
        )


def last_day_to_answer(round_: Round, at: datetime) -> date:
    """Return the last day of an offer made at an instant, by the pathway's days for an answer."""
    days = round_.cohort.version.answer_days
    return local_date(at + TAKE_BACK, round_.program.zone) + timedelta(days=days)


@transaction.atomic
def undo_release(round_: Round, *, by: User, at: datetime) -> int:
    """Take back every decision that nobody was told of yet; return how many.

    What was decided stays decided, to be edited and released again. Somebody who has answered
    already was told, so then nothing is taken back: both stand behind the round's lock.
    """
    round_ = lock_round(round_)
    fresh = round_.applications.filter(judged_at__gt=at - TAKE_BACK)
    if fresh.filter(answered_at__isnull=False).exists():
        raise DomainError("Nothing was taken back: the letters are out, and somebody has answered.")
    rows = list(fresh.untold().select_for_update(of=("self",)))
    if not rows:
        raise DomainError(
            "Nothing was taken back: the ten minutes are over and the applicants are told."
        )
    for application in rows:
        move(application, "take_back", APPLICATION_MOVES)
        application.judged_at = application.answer_by = None
        application.place_in_line = application.expires_on = None
        withdraw_notices(application, kinds=DECISION_KINDS.values())
    Application.objects.bulk_update(rows, RELEASED)
    record(
        by, "selection.undo_release", round_, about=None, scope=round_.program_id, count=len(rows)
    )
    return len(rows)
