"""What becomes of an offer: accepted, refused or lapsed; who is next; the place itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday
from qipathway.core.lib.dates import local_date, short_day
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import owe
from qipathway.core.timeline.services import record

from ...services import enrol
from ..models import Application, Round
from ..outcomes import LETTER_USEFUL, PROMOTED
from ..states import APPLICATION_MOVES, KEPT, TAKE_BACK, ApplicationState
from .decisions import last_day_to_answer
from .locks import lock_application, lock_round


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who got their place, and in words who did not."""

    people: list[Application]
    refused: list[str]


@transaction.atomic
def accept_offer(application: Application, *, by: User, at: datetime) -> Application:
    """Take the place that was offered; it was counted since the offer, so none is overbooked."""
    application = _lock_offer(application, at)
    move(application, "accept", APPLICATION_MOVES)
    application.answered_at = at
    application.save(update_fields=["state", "answered_at"])
    record(by, "selection.accept_offer", application, about=None, scope=application.program_id)
    return application


@transaction.atomic
def refuse_offer(application: Application, *, by: User, at: datetime) -> Application:
    """Turn an offer down; the place goes to the next in line at once."""
    application = _lock_offer(application, at)
    return _give_up(application, "selection.refuse_offer", by, at)


@transaction.atomic
def lapse_offer(application: Application, *, by: User | None, at: datetime) -> Application:
    """Let an offer go whose days for an answer are over; the place goes to the next in line."""
    application = _lock_offer(application, at)
    last = application.answer_by
    if last and last >= local_date(at, application.round.program.zone):
        name = application.resident.person.name
        raise DomainError(f"Nothing was changed: {name} has until {short_day(last)} to answer.")
    return _give_up(application, "selection.lapse_offer", by, at)


def lapse_offers(*, at: datetime) -> int:
    """Let every offer go that nobody answered in time; return how many. Harmless when run twice."""
    late = Application.objects.filter(
        state=ApplicationState.OFFERED, answer_by__lt=LocalToday(F("program__zone"))
    )
    count = 0
    for application in late.select_related("round"):
        try:
            lapse_offer(application, by=None, at=at)
            count += 1
        except DomainError:
            continue
    return count


def _lock_offer(application: Application, at: datetime) -> Application:
    """Lock an application behind its round; refuse while its decision can be taken back."""
    application = lock_application(application)
    if application.judged_at and not application.is_told(at):
        raise DomainError("Nothing was changed: this application is still in review.")
    return application


def _give_up(application: Application, action: str, by: User | None, at: datetime) -> Application:
    round_ = application.round
    move(application, "turn_down", APPLICATION_MOVES)
    application.answered_at, application.answer_by = at, None
    application.expires_on = local_date(at, round_.program.zone) + KEPT
    application.save(update_fields=["state", "answered_at", "answer_by", "expires_on"])
    record(by, action, application, about=None, scope=application.program_id)
    promote_next(round_, at)
    return application


def promote_next(round_: Round, at: datetime) -> None:
    """Offer every free seat to the next in line: one place, one letter, behind the round's lock.

    Somebody whose wait-listing can still be taken back hears when that time is over, and is taken
    back with the rest.
    """
    free = round_.seats - round_.applications.seated().count()
    line = round_.applications.in_line().select_for_update(of=("self",))
    for application in list(line.select_related("resident__person"))[: max(free, 0)]:
        move(application, "promote", APPLICATION_MOVES)
        application.place_in_line = application.expires_on = None
        application.answer_by = last_day_to_answer(round_, at)
        application.save(update_fields=["state", "place_in_line", "expires_on", "answer_by"])
        assert application.judged_at is not None, "a constraint says so"
        due = max(at, application.judged_at + TAKE_BACK)
        owe(
            PROMOTED,
            application.resident.person,
            application,
            scope=round_.program_id,
            due=due,
            expires=due + LETTER_USEFUL,
            rule=f"{at:%Y%m%dT%H%M%S.%f}",
        )
        record(None, "selection.promote", application, about=None, scope=application.program_id)


@transaction.atomic
def enrol_accepted(round_: Round, *, by: User, at: datetime) -> Enrolled:
    """Give everybody who accepted their place in the intake, without typing anything again.

    Places begin when the intake does, or today if it has begun. Whoever cannot be enrolled is
    named with the reason and stays accepted; the others are enrolled all the same.
    """
    round_ = lock_round(round_)
    rows = round_.applications.filter(state=ApplicationState.ACCEPTED).by_name()
    people: list[Application] = []
    refused: list[str] = []
    for application in rows.select_for_update(of=("self",)).select_related("resident__person"):
        try:
            people.append(_enrol(application, round_, joining_day(round_, at), by))
        except DomainError as error:
            refused.append(str(error))
    record(
        by,
        "selection.enrol_accepted",
        round_,
        about=None,
        scope=round_.program_id,
        count=len(people),
        cohort=round_.cohort.name,
    )
    if not (people or refused):
        raise DomainError("Nobody waits to be enrolled: nobody has accepted, or all are enrolled.")
    return Enrolled(people, refused)


def joining_day(round_: Round, at: datetime) -> date:
    """Return the day on which places given now begin."""
    return max(round_.cohort.starts_on, local_date(at, round_.program.zone))


def _enrol(application: Application, round_: Round, on: date, by: User) -> Application:
    with transaction.atomic():
        membership = enrol(application.resident, cohort=round_.cohort, on=on, by=by)
        move(application, "enrol", APPLICATION_MOVES)
        application.membership = membership
        application.save(update_fields=["state", "membership"])
    return application
