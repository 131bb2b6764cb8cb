"""Class sessions: choose one, see who comes, mark who was there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_own_residency, get_program
from residents.models import Program
from residents.reads import residency_of

from .. import reads, services, wording
from ..doors import get_booking, get_session
from ..forms import BookForForm, MoveForm
from ..models import Booking, Session
from ..states import SessionState

PAGE = "curriculum/session.html"
HORIZON = timedelta(days=120)
LOOK_BACK = timedelta(days=21)


@require_safe
@login_required
def classes(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a resident the sessions to come: bookable ones first, the others with the reason."""
    resident = get_own_residency(request.user, program)
    at = now()
    today = local_date(at, resident.program.zone)
    offers = reads.offers_for(resident, after=at, until=today + HORIZON)
    bookable = [offer for offer in offers if offer.is_open]
    progress = reads.class_progress(resident, today)
    context = {
        "program": resident.program,
        "lead": wording.classes_lead(progress, bookable, today + HORIZON),
        "concerns": [wording.concern(b) for b in reads.concerns_of(resident, after=at)],
        "booked": [offer for offer in offers if offer.booking],
        "bookable": bookable,
        "refused": [offer for offer in offers if not offer.booking and not offer.is_open],
        "progress": progress,
        "done": wording.done_rows(reads.required_courses(resident.program), progress),
    }
    return render(request, "curriculum/class_list.html", context)


@require_safe
@login_required
def session_list(request: SignedInRequest, program: str) -> HttpResponse:
    """Show the sessions from three weeks ago on; an instructor's own unless all are asked for."""
    place = get_program(request.user, program)
    at = now()
    today = local_date(at, place.zone)
    sessions = reads.sessions_between(place, today - LOOK_BACK, today + HORIZON)
    mine = [session for session in sessions if session.instructor_id == request.user.pk]
    only_mine = bool(mine) and request.GET.get("show") != "all"
    sessions = mine if only_mine else sessions
    coming = [session for session in sessions if session.day > today]
    held = sum(session.state == SessionState.SCHEDULED for session in coming)
    context = {
        "program": place,
        "lead": wording.sessions_lead(held, today + HORIZON, _unmarked(sessions, at)),
        "at": at,
        "recent": [session for session in sessions if session.day <= today],
        "coming": coming,
        "teaches": bool(mine),
        "only_mine": only_mine,
    }
    return render(request, "curriculum/session_list.html", context)


def _unmarked(sessions: Iterable[Session], at: datetime) -> int:
    """Return how many of the sessions have begun and still miss somebody's attendance."""
    kept = (session for session in sessions if session.state != SessionState.CANCELLED)
    begun = [session for session in kept if session.starts_at <= at]
    return sum(session.unmarked > 0 for session in begun)  # type: ignore[attr-defined]  # annotated


@require_safe
@login_required
def session_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show one session, and to those who may see it the list of who comes."""
    session = get_session(request.user, program, uid, "curriculum.view_session")
    return render(request, PAGE, session_context(request, session))


def session_context(
    request: SignedInRequest,
    session: Session,
    *,
    move_form: MoveForm | None = None,
    book_for_form: BookForForm | None = None,
) -> dict[str, object]:
    """Gather what the page of a session shows to this viewer; a form that was sent is kept."""
    user = request.user
    at = now()
    may_view = user.has_perm("curriculum.view_attendance", session)
    may_move = user.has_perm("curriculum.move_session", session)
    own = residency_of(user, session.program)
    seats_left = session.capacity - session.bookings.live().count()
    return {
        "program": session.program,
        "lead": wording.session_lead(session, seats_left),
        "facts": wording.session_facts(session),
        "session": session,
        "has_started": session.starts_at <= at,
        "attendance": reads.attendance_list(session) if may_view else None,
        "may_take": user.has_perm("curriculum.take_attendance", session),
        "own_booking": reads.own_booking(session, own) if own else None,
        "is_resident": own is not None,
        "move_form": (move_form or MoveForm(instance=session)) if may_move else None,
        "book_for_form": book_for_form or _book_for_form(user, session.program),
    }


def _book_for_form(
    user: User, program: Program, data: QueryDict | None = None
) -> BookForForm | None:
    """Return the form for booking somebody else, to those who may."""
    if not user.has_perm("curriculum.book_session", program):
        return None
    may_override = user.has_perm("curriculum.override_booking", program)
    return BookForForm(data, program=program, may_override=may_override)


@require_POST
@login_required
def book_session(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Book oneself; who runs the program may book somebody else."""
    session = get_session(request.user, program, uid, "curriculum.view_session")
    if "resident" in request.POST:
        return _book_for(request, session)
    resident = get_own_residency(request.user, program)
    try:
        booking = services.book_session(session, resident=resident, by=request.user, at=now())
        _say_booked(request, booking)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(session)


def _book_for(request: SignedInRequest, session: Session) -> HttpResponse:
    """Book somebody; a refusal keeps the choice and the note, so that a director can override."""
    form = _book_for_form(request.user, session.program, request.POST)
    if form is None:
        raise PermissionDenied
    if form.is_valid():
        chosen, note = form.cleaned_data["resident"], form.cleaned_data.get("note", "")
        try:
            booking = services.book_session(
                session, resident=chosen, by=request.user, at=now(), override_note=note
            )
            _say_booked(request, booking)
            return redirect(session)
        except DomainError as error:
            form.add_error(None, str(error))
    return render(
        request, PAGE, session_context(request, session, book_for_form=form), status=REFUSED
    )


def _say_booked(request: SignedInRequest, booking: Booking) -> None:
    undo = reverse("curriculum:booking-withdraw", args=[booking.program.slug, booking.uid])
    messages.success(request, f"Booked: {booking.course.title}.", extra_tags=f"undo:{undo}")


@require_POST
@login_required
def withdraw_booking(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Give a seat back."""
    booking = get_booking(request.user, program, uid, "curriculum.withdraw_booking")
    try:
        services.withdraw_booking(booking, by=request.user, at=now())
        messages.success(request, "Your seat is free again for somebody else.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(booking.session)


@require_POST
@login_required
def take_attendance(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Save the list: whoever is ticked was there, whoever is marked absent missed it."""
    session = get_session(request.user, program, uid, "curriculum.take_attendance")
    marks = {
        booking.uid: request.POST.get(f"mark-{booking.uid}") for booking in session.bookings.live()
    }
    try:
        changed = services.take_attendance(
            session,
            by=request.user,
            at=now(),
            attended=[key for key, mark in marks.items() if mark == "attended"],
            missed=[key for key, mark in marks.items() if mark == "missed"],
        )
        messages.success(request, f"Attendance saved: {len(changed)} changed.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(session)


@require_POST
@login_required
def move_session(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Move a session to another time or place; everybody booked is told."""
    session = get_session(request.user, program, uid, "curriculum.move_session")
    form = MoveForm(request.POST, instance=session)
    if not form.is_valid():
        session = get_session(request.user, program, uid, "curriculum.move_session")
        return render(
            request, PAGE, session_context(request, session, move_form=form), status=REFUSED
        )
    try:
        services.move_session(session, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, "Moved. Everybody who is booked is reminded of the new time.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(session)


@require_POST
@login_required
def cancel_session(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Cancel a session and free everybody who is booked."""
    session = get_session(request.user, program, uid, "curriculum.cancel_session")
    try:
        services.cancel_session(session, by=request.user, at=now())
        messages.success(request, "Cancelled. Everybody who was booked is free to choose again.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(session)
