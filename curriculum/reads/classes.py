"""Sessions to book, seats, homework and stand-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import halves_of
from residents.models import Block, Membership, PathwayVersion, Program, Resident, RoleGrant
from residents.reads import away, coaches_of, schedule_of, schedules_of, version_for
from residents.requirements import Settlements
from residents.rules import belongs
from residents.schedule import NIGHTS_BEFORE, TO_THEMSELF, Schedule, Voice
from residents.states import COACHING, RotationKind
from residents.training import Absence

from ..models import (
    Activity,
    Booking,
    Course,
    Homework,
    Review,
    Session,
    StandUp,
)
from ..requirements import is_waived
from ..states import KEPT, BookingState, HomeworkState

NOT_ON_PATHWAY = "only residents on the pathway take its classes"


@dataclass(frozen=True, slots=True)
class Offer:
    """A session as one resident sees it: can it be booked, and if not, why."""

    session: Session
    seats_left: int
    booking: Booking | None
    refusal: str

    @property
    def is_open(self) -> bool:
        return not self.refusal and self.booking is None and self.seats_left > 0


def why_not_protected(session: Session, resident: Resident, voice: Voice = TO_THEMSELF) -> str:
    """Return why a resident's half days of a session are not protected, or an empty string."""
    version = version_for(resident) or PathwayVersion()
    schedule = schedule_of(resident, session.day - NIGHTS_BEFORE, session.day)
    return refusal_of(session, version, schedule, voice)


def unprotected_bookings(session: Session) -> list[Booking]:
    """Read who is booked, by name, though the half days of a session are not protected for them.

    Those whom an override booked are left out. Six queries for any number; the time is the one
    that ``session`` carries, saved or not.
    """
    booked = list(
        session.bookings.filter(state=BookingState.BOOKED, override_note="")
        .select_related("resident__person")
        .order_by("resident__person__family_name", "resident__person__given_name", "pk")
    )
    keys = [booking.resident_id for booking in booked]
    running = Membership.objects.running().filter(resident__in=keys)
    versions = {m.resident_id: m.cohort.version for m in running.select_related("cohort__version")}
    schedules = schedules_of(keys, session.day - NIGHTS_BEFORE, session.day)
    plain = PathwayVersion()
    return [
        booking
        for booking, key in zip(booked, keys, strict=True)
        if refusal_of(session, versions.get(key, plain), schedules[key])
    ]


def offers_for(resident: Resident, *, after: datetime, until: date) -> list[Offer]:
    """Read the sessions still to come as ``resident`` sees them; ten queries for any number.

    Sessions of classes that the resident has done are left out. What is offered as open is what
    ``book_session`` takes.
    """
    version = version_for(resident)
    kept = {
        booking.course_id: booking
        for booking in resident.bookings.filter(state__in=KEPT).select_related("session__course")
    }
    elsewhere = _done_elsewhere(resident)
    attended = [c for c, booking in kept.items() if booking.state == BookingState.ATTENDED]
    sessions = list(
        Session.objects.filter(program=resident.program_id, day__lte=until)
        .scheduled()
        .starting_after(after)
        .exclude(course__in=[*attended, *elsewhere])
        .for_list()
        .prefetch_related("course__prerequisites")
    )
    schedule = schedule_of(resident, after.date() - NIGHTS_BEFORE, until)
    ready = _Ready(kept, elsewhere, resident.settled)
    return [_offer(session, ready, version, schedule) for session in sessions]


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a resident has of the classes: seats kept, done elsewhere, and what is settled."""

    kept: dict[int, Booking]
    elsewhere: dict[int, date]
    settled: Settlements

    def missing_before(self, session: Session) -> Course | None:
        """Return the class that has to come first and does not, if there is one."""
        before = {key for key, b in self.kept.items() if b.session.starts_at < session.starts_at}
        before |= {key for key, day in self.elsewhere.items() if day <= session.day}
        wanted = (
            course
            for course in session.course.prerequisites.all()
            if not is_waived(course.uid, self.settled)
        )
        return next((course for course in wanted if course.pk not in before), None)


def _offer(
    session: Session, ready: _Ready, version: PathwayVersion | None, schedule: Schedule
) -> Offer:
    """Offer a session to a resident; without a version they are not on the pathway."""
    mine = ready.kept.get(session.course_id)
    here = mine if mine and mine.session_id == session.pk else None
    if here:
        refusal = ""
    elif version is None:
        refusal = NOT_ON_PATHWAY
    elif mine:
        refusal = "you are booked for another date of this class"
    else:
        refusal = _obstacle(session, ready) or refusal_of(session, version, schedule)
    return Offer(session, max(0, session.capacity - session.taken), here, refusal)


def _obstacle(session: Session, ready: _Ready) -> str:
    """Return which class has to come first, or is at the same time."""
    missing = ready.missing_before(session)
    if missing:
        return f"{missing.short_title} comes first"
    for other in (booking.session for booking in ready.kept.values()):
        if other.starts_at < session.ends_at and session.starts_at < other.ends_at:
            return f"{other.course.short_title} is at the same time"
    return ""


def _done_elsewhere(resident: Resident) -> dict[int, date]:
    return dict(resident.completions.standing().values_list("course_id", "done_on"))


def refusal_of(
    session: Session, version: PathwayVersion, schedule: Schedule, voice: Voice = TO_THEMSELF
) -> str:
    """Return why the half days that a session takes are not protected, or an empty string."""
    taken = halves_of(session.starts, session.ends, version.windows)
    if not taken:
        return "it lies outside the half days of a working day"
    halves = (schedule.half_day(session.day, half, voice) for half in taken)
    return next((half.reason for half in halves if not half.is_protected), "")


def sessions_between(program: Program, first: date, last: date) -> list[Session]:
    """Read the sessions of some days, both included, in order of time; one query."""
    return list(Session.objects.filter(program=program, day__range=(first, last)).for_list())


def own_booking(session: Session, resident: Resident) -> Booking | None:
    """Read the seat that a resident holds in a session."""
    return session.bookings.live().filter(resident=resident).first()


def attendance_list(session: Session) -> list[Booking]:
    """Read everybody who holds a seat, by name, with the state of their homework."""
    return list(
        session.bookings.live()
        .select_related("resident__person", "homework")
        .order_by("resident__person__family_name", "resident__person__given_name", "pk")
    )


def open_homework(resident: Resident) -> list[Homework]:
    """Read a resident's homework that is neither accepted nor settled, the soonest due first."""
    rows = resident.homework.unsettled().exclude(state=HomeworkState.ACCEPTED)
    return list(rows.for_page().order_by("due_on", "pk"))


def review_queue(program: Program, reviewer: User, *, limit: int) -> list[Homework]:
    """Read what waits for a person's answer, the longest wait first, with its files."""
    waiting = Homework.objects.filter(program=program).for_review_by(reviewer)
    return list(waiting.for_page().prefetch_related("files__file")[:limit])


def answered_homework(resident: Resident) -> list[Homework]:
    """Read a resident's homework that was accepted, the newest first, then what is settled."""
    rows = resident.homework.with_settled()
    done = rows.filter(Q(state=HomeworkState.ACCEPTED) | Q(is_settled=True))
    return list(done.for_page().order_by(F("accepted_at").desc(nulls_last=True), "-pk"))


def homework_page(homework: Homework) -> Homework:
    """Read what the page of one homework shows: files, answers and who gave them."""
    return (
        Homework.objects.for_page()
        .with_settled()
        .prefetch_related(
            "files__file", Prefetch("reviews", Review.objects.select_related("reviewer"))
        )
        .get(pk=homework.pk)
    )


def upcoming_bookings(resident: Resident, *, after: datetime, limit: int = 4) -> list[Booking]:
    """Read the classes a resident is booked for, the soonest first."""
    booked = resident.bookings.filter(
        state=BookingState.BOOKED, session__starts_at__gt=after
    ).select_related("session__course", "session__program")
    return list(booked.order_by("session__starts_at")[:limit])


def bookings_between(resident: Resident, first: date, last: date) -> list[Booking]:
    """Read a resident's seats of some days, both included, that were kept, in order of time."""
    kept = resident.bookings.filter(state__in=KEPT, session__day__range=(first, last))
    return list(kept.select_related("session", "course").order_by("session__starts_at"))


def booked_within(resident: Resident, absence: Absence, *, after: datetime) -> list[Booking]:
    """Read the classes ahead that a resident is booked for within a leave, the soonest first."""
    booked = resident.bookings.filter(
        state=BookingState.BOOKED,
        session__starts_at__gt=after,
        session__day__gte=absence.first,
    ).select_related("session__course")
    rows = booked.order_by("session__starts_at")
    return [each for each in rows if absence.covers(each.session.day)]


def given_back_within(resident: Resident, absence: Absence) -> list[Booking]:
    """Read the seats that a leave took and that nobody has booked again, in order of time."""
    again = resident.bookings.filter(state__in=KEPT, course=OuterRef("course"))
    gone = resident.bookings.filter(
        ~Exists(again), state=BookingState.WITHDRAWN, session__day__gte=absence.first
    ).select_related("session", "course")
    rows = gone.order_by("session__starts_at")
    return [each for each in rows if absence.covers(each.session.day)]


def taught_after(person: User, program: Program, at: datetime) -> QuerySet[Session]:
    """Read the sessions of a program that a person is to teach, the soonest first."""
    ahead = Session.objects.scheduled().starting_after(at)
    mine = ahead.filter(program=program, instructor=person).select_related("course")
    return mine.order_by("starts_at", "pk")


def booked_ahead(residents: Iterable[int], *, after: datetime) -> list[Booking]:
    """Read the classes ahead that some residents are booked for, the soonest first."""
    booked = Booking.objects.filter(
        resident__in=list(residents), state=BookingState.BOOKED, session__starts_at__gt=after
    ).select_related("session__course")
    return list(booked.order_by("session__starts_at", "pk"))


def reviewer_name(resident: Resident) -> str:
    """Return the given name of who answers a resident's homework, as a list says it."""
    coach = coaches_of([resident.pk]).get(resident.pk)
    return coach.given_name if coach else "your instructor"


def reviewers_of(homework: Homework) -> list[User]:
    """Read who answers: the coach and their deputy, else the instructor, else the pool.

    A class that was done elsewhere has no instructor here.
    """
    here = RoleGrant.objects.active().filter(program=homework.program_id, role__in=COACHING)
    here = here.filter(person__is_active=True).select_related("person").order_by("pk")
    coach = [grant.person for grant in here.filter(resident=homework.resident_id)]
    if coach:
        return coach
    if homework.booking and belongs.test(homework.booking.session.instructor, homework):
        return [homework.booking.session.instructor]
    return [grant.person for grant in here.filter(resident=None)]


def concerns_of(resident: Resident, *, after: datetime) -> list[Booking]:
    """Read the classes to come for which another one had to come first and no longer does.

    It was moved or given back since. ``first`` names it. Four queries for any number.
    """
    kept = {
        booking.course_id: booking
        for booking in resident.bookings.filter(state__in=KEPT)
        .select_related("session__course", "session__program")
        .prefetch_related("session__course__prerequisites")
    }
    ready = _Ready(kept, _done_elsewhere(resident), resident.settled)
    ahead = (booking for booking in kept.values() if booking.session.starts_at > after)
    found = []
    for booking in sorted(ahead, key=lambda booking: booking.session.starts_at):
        booking.first = ready.missing_before(booking.session)
        if booking.first:
            found.append(booking)
    return found


def stand_ups(
    program: Program, *, since: datetime, resident: Resident | None, limit: int = 40
) -> list[StandUp]:
    """Read stand-ups from ``since`` on; ``attended`` tells whether ``resident`` was there."""
    there = Activity.objects.filter(stand_up=OuterRef("pk"), resident=resident)
    rows = StandUp.objects.filter(program=program, starts_at__gte=since)
    return list(rows.annotate(attended=Exists(there)).order_by("starts_at")[:limit])


def held_stand_ups(
    program: Program, *, until: datetime, resident: Resident | None, limit: int
) -> list[StandUp]:
    """Read stand-ups up to ``until``, the newest first, as ``stand_ups`` does."""
    there = Activity.objects.filter(stand_up=OuterRef("pk"), resident=resident)
    rows = StandUp.objects.filter(program=program, starts_at__lte=until)
    return list(rows.annotate(attended=Exists(there)).order_by("-starts_at", "pk")[:limit])


def people_on_sbp(program: Program, day: date) -> list[User]:
    """Return those on the pathway who are on SBP that day, and not on leave."""
    here = Block.objects.filter(program=program).overlapping(day, day)
    on_sbp = here.filter(rotation__kind=RotationKind.SBP)
    residents = program.residents.on_pathway().filter(
        ~away(day, resident=OuterRef("pk")), pk__in=on_sbp.values("resident")
    )
    return list(User.objects.filter(residencies__in=residents, is_active=True))
