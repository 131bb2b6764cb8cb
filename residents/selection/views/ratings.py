"""Reviewing: the queue, one application beside the rubric, and who reviews what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError

from ...doors import get_program
from .. import services
from ..doors import get_rating, get_reviewer, get_round
from ..forms.ratings import AssignForm, ConflictForm, RatingForm, ReviewerForm
from ..models import Rating, Round
from ..reads.assigning import assignments_of, loads_of, reviewer_grants
from ..reads.ranking import WORDS
from ..reads.ratings import Queue, others_revealed, queue_of
from ..reads.rounds import visible_rounds

PAGE = "selection/rating.html"
KEYS = (
    ("1 … 5", "Score, and go to the next criterion"),
    ("Shift Tab", "Back to the criterion before, to score it anew"),
    ("Enter", "Hand in, and go on"),
    ("← →", "Previous and next applicant"),
    ("c", "Write a comment"),
)
SHARING_KEYS = (("n", "Assign as proposed"),)


@require_safe
@login_required
def ratings(request: SignedInRequest, program: str) -> HttpResponse:
    """Show what this person was asked to review, and how far they are."""
    place = get_program(request.user, program, "selection.view_ratings")
    queue = queue_of(place, request.user)
    return render(request, "selection/ratings.html", {"program": place, "queue": queue})


@require_safe
@login_required
def rating(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """One application beside the rubric."""
    found = get_rating(request.user, program, uid, "selection.view_rating")
    return render(request, PAGE, _page(request, found, RatingForm(rating=found)))


@require_safe
@login_required
def rating_cv(request: SignedInRequest, program: str, uid: UUID) -> HttpResponseBase:
    """The CV of an applicant, to those who rate them."""
    found = get_rating(request.user, program, uid, "selection.view_rating")
    if found.application.cv is None:
        raise Http404
    return serve(found.application.cv, request)


@require_POST
@login_required
def submit_rating(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Hand in a rating and go on to the next one that is open."""
    found = get_rating(request.user, program, uid, "selection.submit_rating")
    form = RatingForm(request.POST, rating=found)
    if not form.is_valid():
        return render(request, PAGE, _page(request, found, form), status=422)
    try:
        services.submit_rating(
            found,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
            by=request.user,
            at=now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
    return _next(request, found)


@require_POST
@login_required
def declare_conflict(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Step back from an application; it goes to somebody else."""
    found = get_rating(request.user, program, uid, "selection.declare_conflict")
    form = ConflictForm(request.POST)
    if not form.is_valid():
        context = _page(request, found, RatingForm(rating=found))
        return render(request, PAGE, context | {"conflict_form": form}, status=422)
    try:
        services.declare_conflict(
            found, reason=form.cleaned_data["reason"], by=request.user, at=now()
        )
        name = found.application.resident.person.name
        messages.success(request, f"You do not review {name}. Somebody else is asked.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("selection:ratings", program)


def _page(request: SignedInRequest, rating: Rating, form: RatingForm) -> dict[str, Any]:
    queue = queue_of(rating.program, request.user)
    known = rating.pk in {each.pk for each in queue.ratings}
    return {
        "program": rating.program,
        "rating": rating,
        "application": rating.application,
        "form": form,
        "criteria": [(getattr(rating.application, name), form[name]) for name in WORDS],
        "conflict_form": ConflictForm(),
        "queue": queue,
        "place": queue.place_of(rating) if known else None,
        "before": queue.before(rating) if known else None,
        "after": queue.after(rating) if known else None,
        "others": others_revealed(rating) if rating.is_in else [],
        "page_keys": KEYS,
    }


def _next(request: SignedInRequest, rating: Rating) -> HttpResponse:
    queue: Queue = queue_of(rating.program, request.user)
    known = rating.pk in {each.pk for each in queue.ratings}
    ahead = queue.next_open(rating) if known else queue.first_open
    return redirect(ahead) if ahead else redirect("selection:ratings", rating.program.slug)


@require_safe
@login_required
def reviewers(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Who reviews, how much each has, and a proposal that shares out the rest evenly."""
    round_ = get_round(request.user, program, uid, "selection.assign_reviewers")
    return render(request, "selection/reviewers.html", _sharing(request, round_))


@require_POST
@login_required
def assign_reviewers(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let applications be reviewed by the people chosen."""
    round_ = get_round(request.user, program, uid, "selection.assign_reviewers")
    people = [grant.person for grant in reviewer_grants(round_.program)]
    form = AssignForm(request.POST, assignments=assignments_of(round_, people), reviewers=people)
    if form.is_valid():
        try:
            count = services.assign_reviewers(round_, chosen=form.chosen, by=request.user, at=now())
            messages.success(request, f"{count} reviews were shared out. The reviewers are told.")
            return redirect("selection:reviewers", program, uid)
        except DomainError as error:
            form.add_error(None, str(error))
    context = _sharing(request, round_) | {"form": form}
    return render(request, "selection/reviewers.html", context, status=422)


@require_POST
@login_required
def name_reviewer(request: SignedInRequest, program: str) -> HttpResponse:
    """Let somebody review applications."""
    place = get_program(request.user, program, "selection.name_reviewer")
    form = ReviewerForm(request.POST, program=place)
    if not form.is_valid():
        messages.error(request, "Nobody was named: choose who is to review.")
        return _back(request, program)
    person = form.cleaned_data["person"]
    try:
        services.name_reviewer(place, person=person, on=today(place.zone), by=request.user)
        messages.success(request, f"{person.name} reviews applications from today on.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, program)


@require_POST
@login_required
def dismiss_reviewer(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let somebody review no more after today."""
    grant = get_reviewer(request.user, program, uid, "selection.dismiss_reviewer")
    place = get_program(request.user, program)
    try:
        services.dismiss_reviewer(grant, on=today(place.zone), by=request.user)
        messages.success(request, f"{grant.person.name} reviews no more after today.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, program)


def _sharing(request: SignedInRequest, round_: Round) -> dict[str, Any]:
    grants = reviewer_grants(round_.program)
    people = [grant.person for grant in grants]
    assignments = assignments_of(round_, people)
    context: dict[str, Any] = {
        "page_keys": SHARING_KEYS,
        "program": round_.program,
        "round": round_,
        "loads": loads_of(grants, assignments),
        "assignments": assignments,
        "form": AssignForm(assignments=assignments, reviewers=people),
        "open": sum(not each.is_complete for each in assignments),
    }
    if request.user.has_perm("selection.name_reviewer", round_.program):
        context["reviewer_form"] = ReviewerForm(program=round_.program)
    return context


def _back(request: SignedInRequest, program: str) -> HttpResponse:
    """Return to the round's page of reviewers, from which this was pressed."""
    found = visible_rounds(request.user, program)
    uid = request.POST.get("round", "")
    round_ = next((each for each in found if str(each.uid) == uid), next(iter(found), None))
    return redirect("selection:reviewers", program, round_.uid) if round_ else redirect("home")
