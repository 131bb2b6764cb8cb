"""What the page of one check-in is made from: facts of the apps, read for one viewer."""

from dataclasses import dataclass
from datetime import date, timedelta

import capstone.reads
import curriculum.reads
import mentorship.reads
from curriculum.models import Homework
from mentorship.models import CheckIn
from mentorship.picks import Pick, fitting_day, picks
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY
from qipathway.core.timeline.models import Event
from residents.models import PathwayVersion
from residents.reads import schedule_of, version_for

from .. import check_in_words as words
from ..check_in_page import Page

LINES = 5
AHEAD = timedelta(days=120)
BACK = timedelta(days=7)
"""How far the schedule is read: nights of last week still ask for rest."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What only the coach who holds the check-in has before them.

    ``since`` is what happened since the last one, ``to_review`` the homework that waits for the
    coach, ``suggested`` a day that fits as soon as the gap would otherwise grow too long.
    """

    since: list[words.Row]
    to_review: list[Homework]
    caseload: list[words.Row]
    picks: tuple[Pick, ...]
    suggested: date

    @property
    def to_review_words(self) -> str:
        return f"{len(self.to_review)} waiting"


@dataclass(frozen=True, slots=True)
class Minutes:
    """What its readers see of a check-in: promised in it, written before it, planned after it."""

    made: list[words.Row]
    answered: list[words.Row]
    following: CheckIn | None


def page_for(check_in: CheckIn, viewer: User, today: date) -> Page:
    """Read what every page of a check-in shows."""
    return Page(
        check_in=check_in,
        viewer=viewer,
        today=today,
        is_coach=viewer.has_perm("mentorship.record_check_in", check_in),
        agenda=mentorship.reads.agenda(check_in, viewer=viewer),
        progress=curriculum.reads.class_progress(check_in.resident, today),
        project=capstone.reads.card_for(check_in.resident, today),
    )


def desk_for(page: Page) -> Desk:
    """Read what the coach needs beside the page; the same queries for any number of mentees."""
    resident, today = page.resident, page.today
    schedule = schedule_of(resident, today - BACK, today + AHEAD)
    version = version_for(resident) or PathwayVersion()
    latest = today + version.check_in_days(resident.pgy(today)) * DAY
    mentees = mentorship.reads.mentees(page.viewer, page.check_in.program, today)
    waiting = Homework.objects.for_review_by(page.viewer).filter(resident=resident)
    return Desk(
        since=_since(page),
        to_review=list(waiting.for_page()),
        caseload=[words.case(mentee, today, current=resident) for mentee in mentees],
        picks=picks(schedule, today),
        suggested=fitting_day(schedule, latest),
    )


def minutes_for(page: Page) -> Minutes:
    """Read what became of a check-in; three queries."""
    check_in = page.check_in
    return Minutes(
        made=words.promise_rows(tuple(check_in.commitments.soonest_first()), page.today),
        answered=page.rows_of(tuple(check_in.answered_updates.order_by("at"))),
        following=mentorship.reads.planned_for(check_in.resident, beside=check_in),
    )


def _since(page: Page) -> list[words.Row]:
    """Read what happened since the last check-in, beside what was promised and written there."""
    check_in, last = page.check_in, page.agenda.last
    events = Event.objects.about(check_in.resident.person).filter(scope_id=check_in.program_id)
    events = events.filter(at__gt=last.held_at) if last else events
    rows = events.exclude(action__startswith="mentorship.").for_story().newest_first()
    return words.story_rows(list(rows[:LINES]), check_in.zone)
