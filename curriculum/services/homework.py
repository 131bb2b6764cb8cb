"""Homework: save, hand in, answer."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.files.services import keep
from qipathway.core.lib.states import DomainError, can_move, move
from qipathway.core.notices.services import owe_now
from qipathway.core.timeline.services import record

from ..models import Homework, HomeworkFile, Review
from ..reads import reviewers_of
from ..reminders import HOMEWORK_ACCEPTED, HOMEWORK_RETURNED, HOMEWORK_SUBMITTED
from ..states import HOMEWORK_MOVES, HomeworkState

NEWER = (
    "Not saved: this homework was saved on another device in the meantime. "
    "Both versions are below; keep what you need and save again."
)
HANDED_IN = "Not saved: this homework was already handed in. Reload to see it."


class Overtaken(DomainError):
    """Somebody, perhaps the same person on another device, saved in the meantime."""

    def __init__(self, current: Homework, words: str = NEWER) -> None:
        super().__init__(words)
        self.current = current


@transaction.atomic
def save_homework(
    homework: Homework,
    *,
    by: User,
    at: datetime,
    area: str,
    body: str,
    version: int,
    files: Iterable[UploadedFile] = (),
) -> Homework:
    """Keep a draft, or a new draft of returned work, with its photos and documents.

    ``version`` is the one the writer read. Raises ``Overtaken`` with the current text when it is
    no longer the newest or was handed in, and writes nothing. The very same text again, as a second
    press sends it, is no conflict and writes nothing either.
    """
    homework = _locked(homework)
    uploads = list(files)
    is_other = (homework.area, homework.body) != (area, body)
    if not can_move(homework, "submit", HOMEWORK_MOVES):
        raise Overtaken(homework, HANDED_IN) if is_other else DomainError(HANDED_IN)
    if homework.version != version:
        if uploads or is_other:
            raise Overtaken(homework)
        return homework
    homework.area, homework.body = area, body
    homework.saved_at = at
    homework.version += 1
    homework.save(update_fields=["area", "body", "saved_at", "version"])
    for upload in uploads:
        kept = keep(upload, by=by, scope=homework.program_id)
        HomeworkFile.objects.create(program_id=homework.program_id, homework=homework, file=kept)
    return homework


@transaction.atomic
def submit_homework(homework: Homework, *, by: User, at: datetime) -> Homework:
    """Hand in a draft or returned work, and tell those who can answer it.

    Pressing twice hands in once: the second is told that it is already there.
    """
    homework = _locked(homework)
    if not homework.body.strip() and not homework.files.exists():
        raise DomainError("Not handed in: write a few sentences or add a photo first.")
    move(homework, "submit", HOMEWORK_MOVES)
    homework.submitted_at = at
    homework.save(update_fields=["state", "submitted_at"])
    _tell(homework, by, "curriculum.submit_homework")
    for reviewer in reviewers_of(homework):
        owe_now(HOMEWORK_SUBMITTED, reviewer, homework, scope=homework.program_id, at=at)
    return homework


@transaction.atomic
def accept_homework(homework: Homework, *, by: User, at: datetime, comment: str = "") -> Homework:
    """Accept submitted homework and owe its resident the good news.

    The row is read again under a lock, so of two reviewers who press together the second is told
    why, and nothing is written twice.
    """
    homework = _locked(homework)
    move(homework, "accept", HOMEWORK_MOVES)
    homework.accepted_at = at
    homework.save(update_fields=["state", "accepted_at"])
    _answer(homework, by, at, HomeworkState.ACCEPTED, comment)
    _tell(homework, by, "curriculum.accept_homework")
    owe_now(HOMEWORK_ACCEPTED, homework.resident.person, homework, scope=homework.program_id, at=at)
    return homework


@transaction.atomic
def return_homework(homework: Homework, *, by: User, at: datetime, comment: str) -> Homework:
    """Return submitted homework with what is missing, and owe its resident the word."""
    if not comment.strip():
        raise DomainError("Not returned: say in a sentence what is missing.")
    homework = _locked(homework)
    move(homework, "return", HOMEWORK_MOVES)
    homework.version += 1
    homework.save(update_fields=["state", "version"])
    _answer(homework, by, at, HomeworkState.RETURNED, comment)
    _tell(homework, by, "curriculum.return_homework")
    owe_now(HOMEWORK_RETURNED, homework.resident.person, homework, scope=homework.program_id, at=at)
    return homework


def _locked(homework: Homework) -> Homework:
    rows = Homework.objects.select_for_update(of=("self",)).select_related(
        "program", "resident__person", "course", "booking__session__instructor"
    )
    found = rows.filter(pk=homework.pk).first()
    if found is None:
        raise DomainError("Nothing was changed: the class's attendance was corrected meanwhile.")
    return found


def _answer(
    homework: Homework, by: User, at: datetime, answer: HomeworkState, comment: str
) -> Review:
    return Review.objects.create(
        program_id=homework.program_id,
        homework=homework,
        reviewer=by,
        at=at,
        answer=answer,
        comment=comment.strip(),
    )


def _tell(homework: Homework, by: User, action: str) -> None:
    record(
        by,
        action,
        homework,
        about=homework.resident.person,
        scope=homework.program_id,
        course=homework.course.title,
    )
