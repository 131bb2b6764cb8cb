"""Classes done elsewhere: entered afterwards, visibly so, and taken back when it was a mistake."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.files.models import StoredFile
from qipathway.core.files.services import keep
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError, move
from qipathway.core.timeline.services import record, record_each
from residents.models import Resident
from residents.services.locks import lock_residents

from ..models import Booking, Completion, Homework
from ..reads import Claim, Verdict, judge_completions
from ..states import BOOKING_MOVES, CompletionSource
from .due import DueDates

AS_LISTED = "As the hospital's learning system lists it."


@transaction.atomic
def record_completion(
    resident: Resident,
    *,
    by: User,
    at: datetime,
    claims: Sequence[Claim],
    evidence: str = "",
    upload: UploadedFile | None = None,
) -> list[Completion]:
    """Sign that a resident did classes before this system: all that are claimed, or none.

    Locks the resident, so of two people who enter the same class the second is told. ``evidence``
    in words, a file, or both, show it for every class. Homework that was not accepted then opens
    here and is due from today on.
    """
    evidence = evidence.strip()
    if not evidence and upload is None:
        raise DomainError("Not signed: say what shows it, or add a file.")
    lock_residents([resident.pk])
    verdicts = judge_completions(claims, source=CompletionSource.BEFORE, at=at)
    _refuse_any(verdicts)
    file = keep(upload, by=by, scope=resident.program_id) if upload else None
    kind = CompletionSource.BEFORE
    entered = _enter(verdicts, by=by, at=at, source=kind, evidence=evidence, file=file)
    _tell(entered, by, "curriculum.record_completion")
    return entered


@transaction.atomic
def record_completions(rows: Iterable[Claim], *, by: User | None, at: datetime) -> list[Verdict]:
    """Enter what the hospital's learning system lists, for any number of residents of a program.

    These are facts of that system, so the program office brings them in; what was done before
    this system stands on a director's signature, one by one (``record_completion``).

    Returns a verdict for each row, in order: what is refused or stands here already is left
    alone, so entering a list twice changes nothing. A seat booked for that class and day becomes
    attended, and its homework opens, instead of a second fact. One statement a table.
    """
    claims = list(rows)
    lock_residents(claim.resident.pk for claim in claims)
    verdicts = judge_completions(claims, source=CompletionSource.LEARNING_SYSTEM, at=at)
    new = [verdict for verdict in verdicts if verdict.is_new]
    _attend([verdict.booking for verdict in new if verdict.booking], by=by, at=at)
    kind = CompletionSource.LEARNING_SYSTEM
    rest = [verdict for verdict in new if not verdict.booking]
    entered = _enter(rest, by=by, at=at, source=kind, evidence=AS_LISTED)
    _tell(entered, by, "curriculum.record_completions")
    return verdicts


@transaction.atomic
def withdraw_completion(completion: Completion, *, by: User, at: datetime) -> Completion:
    """Take back what was entered by mistake; it stays on the timeline, and counts no more.

    Refuses once homework that it opened was worked on.
    """
    lock_residents([completion.resident_id])
    completion = Completion.objects.select_related("course", "resident__person").get(
        pk=completion.pk
    )
    if completion.withdrawn_at:
        raise DomainError("This was already taken back.")
    homework = Homework.objects.select_for_update().filter(completion=completion).first()
    if homework and homework.was_begun():
        raise DomainError(
            f"{completion.resident.person.name} has already worked on the homework of this class, "
            "so it stands. Nothing was changed."
        )
    if homework:
        homework.delete()
    completion.withdrawn_at = at
    completion.save(update_fields=["withdrawn_at"])
    record(
        by,
        "curriculum.withdraw_completion",
        completion,
        about=completion.resident.person,
        scope=completion.program_id,
        course=completion.course.title,
    )
    return completion


def _refuse_any(verdicts: Sequence[Verdict]) -> None:
    """Refuse all when one cannot be entered, or when there is nothing to enter."""
    if not verdicts:
        raise DomainError("Not signed: name at least one class and the day on which it was done.")
    for verdict in verdicts:
        if verdict.refusal:
            raise DomainError(f"Not signed: {verdict.refusal}.")
        if verdict.is_known:
            raise DomainError(f"Not signed: {verdict.claim.course.title} is already on the record.")


def _enter(
    verdicts: Sequence[Verdict],
    *,
    by: User | None,
    at: datetime,
    source: CompletionSource,
    evidence: str,
    file: StoredFile | None = None,
) -> list[Completion]:
    """Enter what was claimed, and open the homework that was not accepted."""
    entered = Completion.objects.bulk_create(
        Completion(
            program_id=claim.resident.program_id,
            resident=claim.resident,
            course=claim.course,
            done_on=claim.done_on,
            source=source,
            evidence=evidence,
            file=file,
            homework_accepted=claim.homework_accepted,
            signed_by=by,
            signed_at=at,
        )
        for claim in (verdict.claim for verdict in verdicts)
    )
    _open_homework([each for each in entered if not each.homework_accepted], at)
    return entered


def _attend(bookings: Sequence[Booking], *, by: User | None, at: datetime) -> None:
    """Mark seats as attended, as an instructor's list would."""
    for booking in bookings:
        move(booking, "attend", BOOKING_MOVES)
        booking.attended_at = at
    Booking.objects.bulk_update(bookings, ["state", "attended_at"])
    _open_homework(bookings, at)
    _tell(bookings, by, "curriculum.take_attendance", outcome="attended")


def _open_homework(done: Collection[Completion | Booking], at: datetime) -> None:
    """Open the homework of classes that have some: of a seat from its day on, else from today."""
    opened = []
    for each in done:
        if each.course.homework_brief:
            day = local_date(at, each.resident.program.zone)
            opened.append((each, each.session.day if isinstance(each, Booking) else day))
    if not opened:
        return
    days = [day for _, day in opened]
    due = DueDates([each.resident_id for each, _ in opened], since=min(days), until=max(days))
    Homework.objects.bulk_create(
        Homework(
            program_id=each.program_id,
            resident_id=each.resident_id,
            course_id=each.course_id,
            booking=each if isinstance(each, Booking) else None,
            completion=each if isinstance(each, Completion) else None,
            due_on=due.after(each.resident_id, day),
        )
        for each, day in opened
    )


def _tell(done: Sequence[Completion | Booking], by: User | None, action: str, **data: str) -> None:
    """Tell of each on its resident's timeline."""
    told = [(each, each.resident.person, _words(each) | data) for each in done]
    if done:
        record_each(by, action, told, scope=done[0].program_id)


def _words(done: Completion | Booking) -> dict[str, str]:
    day = done.session.day if isinstance(done, Booking) else done.done_on
    return {"course": done.course.title, "done_on": day.isoformat()}
