"""An application: written, handed in, put off, withdrawn, and one day erased."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import Now
from qipathway.core.files.models import StoredFile
from qipathway.core.files.services import keep
from qipathway.core.lib.dates import day_and_clock, local_date
from qipathway.core.lib.states import DomainError, IllegalMove, move
from qipathway.core.timeline.services import record

from ..models import Application, Rating, Round
from ..reads.applications import STATEMENTS, is_hushed, missing_parts
from ..states import APPLICATION_MOVES, KEPT, SEATED, WAITED_FOR
from .locks import lock_application
from .offers import promote_next

PLACE = ["place_in_line", "answer_by"]
DECIDED = ["decision", "reason", "decided_by", "decided_at"]
INTEREST = ("career_interest", "specialty")


class Overtaken(DomainError):
    """Somebody, perhaps the same person on another device, saved in the meantime."""

    def __init__(self, current: Application) -> None:
        super().__init__(
            "Not saved: this application was saved on another device in the meantime. "
            "Both versions are below; keep what you need and save again."
        )
        self.current = current


class TooLate(DomainError):
    """The words were not taken, because the window closed or the application was handed in."""


@transaction.atomic
def save_application(
    application: Application,
    *,
    by: User,
    at: datetime,
    words: Mapping[str, str],
    version: int,
    cv: UploadedFile | None = None,
) -> Application:
    """Keep a draft: the statements, the career interest and, if one was sent, the CV.

    ``version`` is the one that the writer read. Raises ``Overtaken`` with the current text when it
    is no longer the newest, and ``TooLate`` when nothing can be written any more; both write
    nothing. The very same words again, as a second press sends them, are no conflict.
    """
    application = lock_application(application)
    _refuse_unwritable(application, at)
    is_same = cv is None and all(_kept(application, name) == words[name] for name in words)
    if is_same:
        return application
    if application.version != version:
        raise Overtaken(application)
    _begin(application, by)
    for name in STATEMENTS:
        setattr(application, name, words[name])
    old = application.cv
    if cv is not None:
        application.cv = keep(cv, by=by, scope=application.program_id)
    application.saved_at = at
    application.version += 1
    application.save(update_fields=["state", *STATEMENTS, "cv", "saved_at", "version"])
    if old is not None and cv is not None:
        old.delete()
    _keep_interest(application, words)
    return application


@transaction.atomic
def remove_cv(application: Application, *, by: User, at: datetime) -> Application:
    """Take the CV out of a draft; the file goes with it."""
    application = lock_application(application)
    _refuse_unwritable(application, at)
    if application.cv is not None:
        old, application.cv = application.cv, None
        application.version += 1
        application.save(update_fields=["cv", "version"])
        old.delete()
    return application


@transaction.atomic
def submit_application(application: Application, *, by: User, at: datetime) -> Application:
    """Hand in a finished draft while the window is open.

    The round is locked as well, so it was handed in before the window closed, or not at all.
    """
    application = _locked(application, at)
    _refuse_closed(application.round, at, "Not handed in")
    missing = missing_parts(application)
    if missing and application.state in WAITED_FOR:
        raise DomainError(f"Not handed in yet; still missing: {', '.join(missing)}.")
    move(application, "submit", APPLICATION_MOVES)
    application.submitted_at = at
    application.save(update_fields=["state", "submitted_at"])
    _tell(application, by, "selection.submit_application")
    return application


@transaction.atomic
def reopen_application(application: Application, *, by: User, at: datetime) -> Application:
    """Open what was handed in for changes again, until the window closes or a reviewer has it."""
    application = _locked(application, at)
    _refuse_closed(application.round, at, "Nothing was changed")
    move(application, "reopen", APPLICATION_MOVES)
    application.save(update_fields=["state"])
    _tell(application, by, "selection.reopen_application")
    return application


@transaction.atomic
def start_application(application: Application, *, by: User, at: datetime) -> Application:
    """Begin after all: after "not now", or again after withdrawing; what was written is there."""
    application = _locked(application, at)
    if application.round.closes_at <= at:
        _refuse_closed(application.round, at, "Nothing was changed")
    _begin(application, by, again=True)
    application.expires_on = None
    application.save(update_fields=["state", "expires_on"])
    Rating.objects.filter(application=application).delete()
    return application


@transaction.atomic
def defer_application(application: Application, *, by: User, at: datetime) -> Application:
    """Say "not now": no more letters about this round come, and it can be taken back."""
    application = _locked(application, at)
    move(application, "defer", APPLICATION_MOVES)
    application.save(update_fields=["state"])
    _tell(application, by, "selection.defer_application")
    return application


@transaction.atomic
def withdraw_application(application: Application, *, by: User, at: datetime) -> Application:
    """Withdraw before a decision, or from a place before it begins; only the writer reads it then.

    What the director meant to decide is forgotten, so that it cannot meet a later application. A
    place that was accepted goes to the next in line.
    """
    application = _locked(application, at)
    had_place = application.state in SEATED
    move(application, "withdraw", APPLICATION_MOVES)
    application.place_in_line = application.decided_by = application.decided_at = None
    application.answer_by = None
    application.decision = application.reason = ""
    application.expires_on = local_date(at, application.program.zone) + KEPT
    application.save(update_fields=["state", *PLACE, *DECIDED, "expires_on"])
    _tell(application, by, "selection.withdraw_application")
    if had_place:
        promote_next(application.round, at)
    return application


@transaction.atomic
def erase_applications() -> int:
    """Erase the words, the CV and the ratings of what has expired; return how many.

    The rows stay, so that a round still counts them. Run twice, the second finds nothing.
    """
    rows = Application.objects.expired().select_for_update(of=("self",), skip_locked=True)
    found = dict(rows.values_list("pk", "cv_id"))
    Rating.objects.filter(application__in=found).delete()
    nothing = dict.fromkeys([*STATEMENTS, "reason"], "")
    Application.objects.filter(pk__in=found).update(cv=None, erased_at=Now(), **nothing)
    StoredFile.objects.filter(pk__in=[cv for cv in found.values() if cv]).delete()
    return len(found)


def _locked(application: Application, at: datetime) -> Application:
    """Lock the application; what was decided and is not told yet may not show in a refusal."""
    application = lock_application(application)
    if is_hushed(application, at):
        raise IllegalMove(
            "Nothing was changed: decisions are being released at this moment. "
            "Look again in ten minutes."
        )
    return application


def _refuse_unwritable(application: Application, at: datetime) -> None:
    if application.state not in WAITED_FOR:
        raise TooLate(
            "Not saved: this application is not open for writing any more. "
            "Reload the page to see where it stands."
        )
    _refuse_closed(application.round, at, "Not saved")


def _refuse_closed(round_: Round, at: datetime, lead: str) -> None:
    if round_.is_open(at):
        return
    edge = round_.opens_at if at < round_.opens_at else round_.closes_at
    verb = "opens" if at < round_.opens_at else "closed"
    raise TooLate(f"{lead}: the window {verb} on {day_and_clock(edge, round_.program.zone)}.")


def _kept(application: Application, name: str) -> str:
    return getattr(application.resident if name in INTEREST else application, name)


def _begin(application: Application, by: User, *, again: bool = False) -> None:
    """Walk to "started" where that is not so already, and tell it."""
    if application.state == APPLICATION_MOVES["start"].target and not again:
        return
    move(application, "start", APPLICATION_MOVES)
    _tell(application, by, "selection.start_application")


def _keep_interest(application: Application, words: Mapping[str, str]) -> None:
    """Record the career interest on the resident, where no reviewer of applications looks."""
    resident = application.resident
    said = {name: words[name] for name in INTEREST if name in words}
    changed = [name for name, word in said.items() if getattr(resident, name) != word]
    for name in changed:
        setattr(resident, name, said[name])
    if changed:
        resident.save(update_fields=changed)


def _tell(application: Application, by: User, action: str) -> None:
    """Record the deed on nobody's timeline: who applied is only for those who select."""
    record(
        by,
        action,
        application,
        about=None,
        scope=application.program_id,
        cohort=application.round.cohort.name,
    )
