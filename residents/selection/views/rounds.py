"""Rounds: the list, one round, and the invitations to it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError

from ...doors import get_program
from ...models import Cohort, Program
from .. import services
from ..doors import get_round
from ..forms.rounds import ChangeForm, RoundForm
from ..models import Round
from ..reads.eligibility import eligibility
from ..reads.rounds import applications_in, rounds_of, tally
from ..reminders import preview_invitation
from ..wording import counted, dates_words, status_of, step_of, window_words

REFUSED = 422
FOUR_WEEKS = timedelta(days=28)


@require_safe
@login_required
def rounds(request: SignedInRequest, program: str) -> HttpResponse:
    """Show the rounds of a program with their counts, and the form that opens one."""
    place = get_program(request.user, program, "selection.view_rounds")
    return _list(request, place)


@require_POST
@login_required
def open_round(request: SignedInRequest, program: str) -> HttpResponse:
    """Open a round, and its intake where there is none yet."""
    place = get_program(request.user, program, "selection.open_round")
    form = RoundForm(request.POST, program=place)
    if not form.is_valid():
        return _list(request, place, form)
    try:
        with transaction.atomic():
            cohort = _intake(form, place, request.user)
            made = services.open_round(place, cohort=cohort, by=request.user, **form.changes())
    except DomainError as error:
        form.add_error(None, str(error))
        return _list(request, place, form)
    messages.success(request, "The round is set up. Nobody was written to yet.")
    return redirect(made)


@require_safe
@login_required
def round_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show one round: the window, who was invited, and how far each has come."""
    round_ = get_round(request.user, program, uid, "selection.view_round")
    return _page(request, round_)


@require_POST
@login_required
def change_round(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Move the window of a round, or change its seats."""
    round_ = get_round(request.user, program, uid, "selection.change_round")
    form = ChangeForm(request.POST, round_=round_)
    if not form.is_valid():
        return _page(request, round_, form)
    try:
        services.change_round(round_, by=request.user, at=now(), **form.changes())
    except DomainError as error:
        form.add_error(None, str(error))
        return _page(request, round_, form)
    messages.success(request, "Saved. Who has not answered yet hears of new dates by mail.")
    return redirect(round_)


@require_POST
@login_required
def close_round(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Close the window of a round before its time."""
    round_ = get_round(request.user, program, uid, "selection.close_round")
    try:
        services.close_round(round_, by=request.user, at=now())
        messages.success(request, "Applications are closed.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(round_)


@require_safe
@login_required
def invitations(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show the letter, who gets it, and who does not and why, before anything goes out."""
    round_ = get_round(request.user, program, uid, "selection.invite_residents")
    at = now()
    found = eligibility(round_, local_date(at, round_.program.zone))
    context = {
        "program": round_.program,
        "round": round_,
        "found": found,
        "letter": preview_invitation(round_, found.open[0].person if found.open else request.user),
        "button": f"Invite {counted(len(found.open), 'resident', 'residents')}",
        "window": window_words(round_, at),
        "is_over": round_.closes_at <= at,
        "is_early": at < round_.opens_at,
    }
    return render(request, "selection/invitations.html", context)


@require_POST
@login_required
def invite_residents(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Invite everybody eligible who was not invited yet."""
    round_ = get_round(request.user, program, uid, "selection.invite_residents")
    try:
        made = services.invite_residents(round_, by=request.user, at=now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(round_)
    if made:
        messages.success(request, f"{counted(len(made), 'resident is', 'residents are')} invited.")
    else:
        messages.info(request, "Everybody eligible was invited already; nobody was written to.")
    return redirect(round_)


def _intake(form: RoundForm, program: Program, by: User) -> Cohort:
    said = form.cleaned_data
    if said["cohort"]:
        return said["cohort"]
    return services.open_intake(program, name=said["name"], starts_on=said["starts_on"], by=by)


def _list(
    request: SignedInRequest, program: Program, form: RoundForm | None = None
) -> HttpResponse:
    at, day = now(), today(program.zone)
    start = {"opens_on": day, "closes_on": day + FOUR_WEEKS, "seats": 4}
    rows = [
        {
            "round": each,
            "window": dates_words(each, day),
            "invited": invited,
            "sent": sent,
            "is_open": each.is_open(at),
            "is_over": each.closes_at <= at,
        }
        for each, invited, sent in rounds_of(program)
    ]
    context = {
        "program": program,
        "rows": rows,
        "form": form or RoundForm(program=program, initial=start),
        "is_refused": form is not None,
    }
    status = REFUSED if form else 200
    return render(request, "selection/rounds.html", context, status=status)


def _page(request: SignedInRequest, round_: Round, form: ChangeForm | None = None) -> HttpResponse:
    at = now()
    counts = tally(round_)
    to_invite = len(eligibility(round_, local_date(at, round_.program.zone)).open)
    context = {
        "program": round_.program,
        "round": round_,
        "window": window_words(round_, at),
        "is_open": round_.is_open(at),
        "counts": counts,
        "stats": [
            {"label": "Invited", "value": counts.invited},
            {"label": "Writing", "value": counts.started},
            {"label": "Handed in", "value": counts.sent},
            {"label": "Not now", "value": counts.not_now + counts.withdrawn},
            {"label": "Seats taken", "value": counts.seated, "of": round_.seats},
        ],
        "rows": [(each, status_of(each, at)) for each in applications_in(round_)],
        "to_invite": to_invite,
        "step": step_of(round_, counts, to_invite, at),
        "form": form or ChangeForm(round_=round_),
        "is_refused": form is not None,
        "may_rank": request.user.has_perm("selection.view_ranking", round_),
    }
    return render(request, "selection/round.html", context, status=REFUSED if form else 200)
