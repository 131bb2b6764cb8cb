"""A round opens, moves and closes, and everybody eligible is invited to it."""

from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.services import owe_each, withdraw_notices
from qipathway.core.timeline.services import record, record_each

from ...models import Cohort, Program
from ...services import create_cohort
from ..models import Application, Round
from ..reads.eligibility import eligibility
from ..reminders import CLOSING, INVITED, WINDOW_MOVED, closing_span, invitation_span
from .locks import lock_round
from .offers import promote_next


@transaction.atomic
def open_round(
    program: Program,
    *,
    cohort: Cohort,
    opens_at: datetime,
    closes_at: datetime,
    seats: int,
    welcome: str,
    by: User,
) -> Round:
    """Open a selection for an intake; nobody is written to before they are invited.

    An intake has one round: of two who open it at once, the second is told.
    """
    if cohort.program_id != program.pk:
        raise DomainError("Not opened: this intake belongs to another program.")
    new = Round(
        program=program,
        cohort=cohort,
        opens_at=opens_at,
        closes_at=closes_at,
        seats=seats,
        welcome=welcome,
    )
    Round.objects.bulk_create([new], ignore_conflicts=True)
    round_ = Round.objects.select_related("program", "cohort").get(cohort=cohort)
    if round_.uid != new.uid:
        raise DomainError(f"Not opened: there is a round for {cohort} already.")
    _tell(round_, by, "selection.open_round")
    return round_


@transaction.atomic
def open_intake(program: Program, *, name: str, starts_on: date, by: User) -> Cohort:
    """Open an intake that is held to the version of the pathway in force on its first day.

    Raises ``DomainError`` before there is any version, and for a name that is taken.
    """
    versions = program.versions.order_by("-effective_from")
    version = versions.filter(effective_from__lte=starts_on).first() or versions.last()
    if version is None:
        raise DomainError("Not opened: the program has no version of the pathway yet.")
    return create_cohort(program, name=name, starts_on=starts_on, version=version, by=by)


@transaction.atomic
def change_round(
    round_: Round,
    *,
    opens_at: datetime,
    closes_at: datetime,
    seats: int,
    welcome: str,
    by: User,
    at: datetime,
) -> Round:
    """Move the window or change the seats, and tell those of whom an answer is still awaited.

    An invitation that has not gone out yet follows the window; one that has is followed by the
    new dates. A window whose decisions are out stays as it was. A seat more goes to the next on
    the wait-list, if there is one.
    """
    round_ = lock_round(round_)
    moved = (opens_at, closes_at) != (round_.opens_at, round_.closes_at)
    if moved and round_.released_at:
        raise DomainError("Nothing was changed: decisions are out, so the window stays.")
    _refuse_taken(round_, seats)
    was_open, has_more = round_.opens_at <= at, seats > round_.seats
    round_.opens_at, round_.closes_at = opens_at, closes_at
    round_.seats, round_.welcome = seats, welcome
    round_.revision += moved
    round_.save(update_fields=["opens_at", "closes_at", "seats", "welcome", "revision"])
    _tell(round_, by, "selection.change_round")
    if moved:
        _announce(round_, at, was_open=was_open)
    if has_more:
        promote_next(round_, at)
    return round_


@transaction.atomic
def change_seats(round_: Round, *, seats: int, by: User, at: datetime) -> Round:
    """Move the seat line and nothing else, also after the window closed or decisions are out.

    A seat more goes to the next on the wait-list at once, if there is one.
    """
    round_ = lock_round(round_)
    _refuse_taken(round_, seats)
    has_more, round_.seats = seats > round_.seats, seats
    round_.save(update_fields=["seats"])
    record(by, "selection.change_seats", round_, about=None, scope=round_.program_id, seats=seats)
    if has_more:
        promote_next(round_, at)
    return round_


@transaction.atomic
def close_round(round_: Round, *, by: User, at: datetime) -> Round:
    """Close an open window now, before its time; drafts stay, and nobody can hand in any more."""
    round_ = lock_round(round_)
    if not round_.is_open(at):
        raise DomainError("Nothing was changed: the window is not open.")
    round_.closes_at = at
    round_.revision += 1
    round_.save(update_fields=["closes_at", "revision"])
    _tell(round_, by, "selection.close_round")
    return round_


@transaction.atomic
def invite_residents(round_: Round, *, by: User, at: datetime) -> list[Application]:
    """Invite everybody eligible who was not invited yet, and owe each a letter.

    The round is locked, so whoever presses second finds those invited already and writes to none
    of them twice.
    """
    round_ = lock_round(round_)
    if round_.closes_at <= at or round_.released_at:
        raise DomainError("Nobody was invited: the window has closed. Move it first.")
    residents = eligibility(round_, local_date(at, round_.program.zone)).open
    made = Application.objects.bulk_create(
        Application(program_id=round_.program_id, round=round_, resident=each, invited_at=at)
        for each in residents
    )
    record_each(
        by,
        "selection.invite_residents",
        [(each, each.resident.person, {"cohort": round_.cohort.name}) for each in made],
        scope=round_.program_id,
    )
    _invite(round_, [each.resident.person for each in made], at)
    return made


def _refuse_taken(round_: Round, seats: int) -> None:
    taken = round_.applications.seated().count()
    if seats < taken:
        raise DomainError(f"Nothing was changed: {taken} of the seats are offered or taken.")


def _invite(round_: Round, people: list[User], at: datetime) -> None:
    span = invitation_span(round_, at)
    owe_each(INVITED, people, round_, scope=round_.program_id, due=span.due, expires=span.expires)
    _remind(round_, people, at)


def _remind(round_: Round, people: list[User], at: datetime) -> None:
    """Owe the letter before the window closes; a window that moves makes an older one untrue."""
    span = closing_span(round_, at)
    if span:
        owe_each(
            CLOSING, people, round_, scope=round_.program_id, due=span.due, expires=span.expires
        )


def _announce(round_: Round, at: datetime, *, was_open: bool) -> None:
    """Owe those who have not answered the news of a moved window, or a later invitation."""
    if round_.closes_at <= at:
        return
    waited_for = round_.applications.waited_for().select_related("resident__person")
    people = [each.resident.person for each in waited_for]
    if was_open:
        scope, due, expires = round_.program_id, at, round_.closes_at
        owe_each(WINDOW_MOVED, people, round_, scope=scope, due=due, expires=expires)
        _remind(round_, people, at)
        return
    withdraw_notices(round_, kinds=[INVITED])
    _invite(round_, people, at)


def _tell(round_: Round, by: User, action: str) -> None:
    zone = round_.program.zone
    record(
        by,
        action,
        round_,
        about=None,
        scope=round_.program_id,
        cohort=round_.cohort.name,
        opens=local_date(round_.opens_at, zone).isoformat(),
        closes=local_date(round_.closes_at, zone).isoformat(),
        seats=round_.seats,
    )
