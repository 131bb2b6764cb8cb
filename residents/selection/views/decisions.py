"""Deciding: the ranked list, the preview, the release and its ten minutes, enrolment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import services
from ..doors import get_application, get_round
from ..forms.decisions import DecisionForm, ProposalForm, SeatsForm, SeenForm
from ..models import Application, Round
from ..reads.applications import is_hushed
from ..reads.letters import letters_of
from ..reads.ranking import ranking_of
from ..reads.rounds import accepted_in
from ..services.offers import joining_day
from ..states import TAKE_BACK, ApplicationState
from ..wording import TONES

PAGE = "selection/ranking.html"
KEYS = (
    ("o w d", "Offer, wait-list or decline, in the row at hand"),
    ("s", "Move the seat line"),
    ("p", "Propose by the seat line"),
    ("n", "Preview the letters; there, go to their release"),
    ("u", "Go to what takes a release back"),
)


@require_safe
@login_required
def ranking(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """The ranked list with its seat line, and what was decided so far."""
    round_ = get_round(request.user, program, uid, "selection.view_ranking")
    return render(request, PAGE, _page(round_))


@require_POST
@login_required
def decide_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Set what one applicant is to be told."""
    application = get_application(request.user, program, uid, "selection.decide_application")
    form = DecisionForm(request.POST, auto_id=f"%s-{application.uid}")
    if not form.is_valid():
        context = _page(application.round, {application.pk: form})
        return render(request, PAGE, context, status=422)
    try:
        services.decide_application(application, **form.cleaned_data, by=request.user, at=now())
        messages.success(
            request, f"Noted for {application.resident.person.name}. Nobody is told yet."
        )
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{application.round.ranking_url}#row-{application.uid}")


@require_POST
@login_required
def change_seats(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Move the seat line of the ranked list."""
    round_ = get_round(request.user, program, uid, "selection.change_seats")
    form = SeatsForm(request.POST)
    if form.is_valid():
        try:
            seats = form.cleaned_data["seats"]
            services.change_seats(round_, seats=seats, by=request.user, at=now())
            messages.success(request, f"The line is drawn after {seats}.")
            return redirect(round_.ranking_url)
        except DomainError as error:
            form.add_error("seats", str(error))
    return render(request, PAGE, _page(round_) | {"seats_form": form}, status=422)


@require_POST
@login_required
def propose_decisions(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Decide by the ranked list, to be edited."""
    round_ = get_round(request.user, program, uid, "selection.propose_decisions")
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _page(round_) | {"proposal": form}, status=422)
    count = services.propose_decisions(round_, **form.cleaned_data, by=request.user, at=now())
    messages.success(request, f"{count} decisions are proposed. Change what you see differently.")
    return redirect(round_.ranking_url)


@require_safe
@login_required
def release(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Who gets what letter if decisions are released now."""
    round_ = get_round(request.user, program, uid, "selection.release_decisions")
    letters = letters_of(round_)
    context = {"program": round_.program, "round": round_, "letters": letters, "page_keys": KEYS}
    return render(request, "selection/release.html", context)


@require_POST
@login_required
def release_decisions(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Release what was previewed, all of it together."""
    round_ = get_round(request.user, program, uid, "selection.release_decisions")
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        letters = services.release_decisions(round_, seen=seen, by=request.user, at=now())
        count = len(letters.all)
        words = f"{count} decisions are released. You can take them back for ten minutes."
        messages.success(request, words)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("selection:release", program, uid)
    return redirect(round_.ranking_url)


@require_POST
@login_required
def undo_release(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take all back that nobody was told of yet."""
    round_ = get_round(request.user, program, uid, "selection.undo_release")
    try:
        count = services.undo_release(round_, by=request.user, at=now())
        messages.success(request, f"{count} decisions are taken back. Nobody was told.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(round_.ranking_url)


@require_POST
@login_required
def accept_offer(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take the place."""
    application = get_application(request.user, program, uid, "selection.accept_offer")
    try:
        services.accept_offer(application, by=request.user, at=now())
        messages.success(request, "Welcome. Your place is yours, and the program knows.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(application)


@require_POST
@login_required
def refuse_offer(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Turn the place down."""
    application = get_application(request.user, program, uid, "selection.refuse_offer")
    try:
        services.refuse_offer(application, by=request.user, at=now())
        messages.success(request, "You turned the offer down. Thank you for answering.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(application)


@require_POST
@login_required
def lapse_offer(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let an offer go that nobody answered in time."""
    application = get_application(request.user, program, uid, "selection.lapse_offer")
    try:
        services.lapse_offer(application, by=request.user, at=now())
        messages.success(request, f"The offer to {application.resident.person.name} has lapsed.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(application.round.ranking_url)


@require_safe
@login_required
def enrolment(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Who would be enrolled, in which intake, from which day."""
    round_ = get_round(request.user, program, uid, "selection.enrol_accepted")
    context = {
        "program": round_.program,
        "round": round_,
        "accepted": accepted_in(round_),
        "on": joining_day(round_, now()),
    }
    return render(request, "selection/enrolment.html", context)


@require_POST
@login_required
def enrol_accepted(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Give everybody who accepted their place."""
    round_ = get_round(request.user, program, uid, "selection.enrol_accepted")
    try:
        done = services.enrol_accepted(round_, by=request.user, at=now())
        if done.people:
            messages.success(request, f"{len(done.people)} are enrolled in {round_.cohort.name}.")
        for words in done.refused:
            messages.error(request, words)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(round_.ranking_url)


def _page(round_: Round, refused: dict[int, DecisionForm] | None = None) -> dict[str, Any]:
    """Gather what the director's page shows; forms that were refused are shown as sent."""
    at, found = now(), ranking_of(round_)

    def form(application: Application) -> DecisionForm:
        sent = (refused or {}).get(application.pk)
        return sent or DecisionForm(application=application)

    waiting = [each.application for each in found.ranked]
    waiting += [each.application for each in found.unrated]
    return {
        "program": round_.program,
        "round": round_,
        "ranking": found,
        "rows": [(row, form(row.application)) for row in found.ranked],
        "unrated": [(row, form(row.application)) for row in found.unrated],
        "settled": [(each, *TONES[ApplicationState(each.state)]) for each in found.settled],
        "untold": [each for each in found.settled if is_hushed(each, at)],
        "told_from": round_.released_at and round_.released_at + TAKE_BACK,
        "decided": sum(each.has_decision for each in waiting),
        "accepted": sum(each.state == ApplicationState.ACCEPTED for each in found.settled),
        "proposal": ProposalForm(),
        "seats_form": SeatsForm(initial={"seats": round_.seats}),
        "today": local_date(at, round_.program.zone),
        "page_keys": KEYS,
    }
