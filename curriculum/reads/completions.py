"""What a resident did elsewhere, and whether more of it can be entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from qipathway.core.lib.dates import full_day, local_date, short_day
from residents.models import Resident

from ..models import Booking, Completion, Course
from ..states import KEPT, BookingState, CompletionSource


@dataclass(frozen=True, slots=True)
class Claim:
    """That a resident did a class elsewhere on a day, with its homework or without."""

    resident: Resident
    course: Course
    done_on: date
    homework_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a claim.

    A ``refusal`` says why not, in words. ``is_known`` is true of what stands here already.
    ``booking`` is the seat that becomes attended instead of a second fact.
    """

    claim: Claim
    refusal: str = ""
    is_known: bool = False
    booking: Booking | None = None

    @property
    def is_new(self) -> bool:
        return not (self.refusal or self.is_known)


def judge_completions(
    claims: Iterable[Claim], *, source: CompletionSource, at: datetime
) -> list[Verdict]:
    """Judge each claim, in the order given; two queries for any number.

    Under the lock of the residents the verdicts hold until it is released. A claim that repeats
    an earlier one of the same list is known. People and programs of the claims are read before.
    """
    claimed = list(claims)
    residents = {claim.resident.pk for claim in claimed}
    standing = set(
        Completion.objects.standing()
        .filter(resident__in=residents)
        .values_list("resident_id", "course_id")
    )
    kept = {
        (booking.resident_id, booking.course_id): booking
        for booking in Booking.objects.filter(
            resident__in=residents, state__in=KEPT
        ).select_related("session__course", "resident__person")
    }
    verdicts = []
    for claim in claimed:
        key = (claim.resident.pk, claim.course.pk)
        verdict = _judge(claim, kept.get(key), source, at, is_known=key in standing)
        if verdict.is_new:
            standing.add(key)
        verdicts.append(verdict)
    return verdicts


def _judge(
    claim: Claim, seat: Booking | None, source: CompletionSource, at: datetime, *, is_known: bool
) -> Verdict:
    name = claim.resident.person.name
    if claim.course.program_id != claim.resident.program_id:
        return Verdict(claim, f"{claim.course.title} is a class of another program")
    if claim.done_on > (today := local_date(at, claim.resident.program.zone)):
        return Verdict(claim, f"{full_day(claim.done_on)} is still to come")
    if is_known or (seat and seat.state == BookingState.ATTENDED):
        return Verdict(claim, is_known=True)
    if seat is None:
        return Verdict(claim)
    is_this = seat.session.day == claim.done_on and seat.session.starts_at <= at
    if source == CompletionSource.LEARNING_SYSTEM and is_this:
        return Verdict(claim, booking=seat)
    day = short_day(seat.session.day, seen=today)
    return Verdict(
        claim, f"{name} has a seat in {claim.course.title} on {day}, which has to be settled first"
    )


def completions_of(resident: Resident) -> list[Completion]:
    """Read what stands as done elsewhere, in the order of the catalogue."""
    return list(
        resident.completions.standing()
        .select_related("course", "file", "signed_by", "program", "resident")
        .order_by("course__position", "pk")
    )


def courses_to_claim(resident: Resident) -> Sequence[Course]:
    """Read the classes that a resident neither did nor holds a seat in, as the catalogue has them.

    What the pathway asks for comes first.
    """
    kept = resident.bookings.filter(state__in=KEPT)
    done = resident.completions.standing()
    return list(
        Course.objects.filter(program=resident.program_id)
        .exclude(pk__in=kept.values("course"))
        .exclude(pk__in=done.values("course"))
        .order_by(F("is_required").desc(), "position", "code")
    )
