"""Looking around as anybody: one click on a card signs in. Only in the demo, only at home."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from .cards import demo_cards, find_person
from .checks import is_at_home
from .outbox import find_letter, kept_letters

View = Callable[..., HttpResponse]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def only_at_home(view: View) -> View:
    """Make a view exist only in a demo that serves its own machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_at_home():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_at_home
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """Show whom one can look around as."""
    return render(request, "demo/cards.html", {"demo_cards": demo_cards()})


@only_at_home
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the kept mails, newest first; nobody need be signed in, for the code arrives here."""
    letters, total = kept_letters()
    return render(request, "demo/outbox.html", {"letters": letters, "total": total})


@only_at_home
@require_safe
def outbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one kept mail, in plain text."""
    return render(request, "demo/outbox_letter.html", {"letter": find_letter(name)})


@only_at_home
@require_POST
def sign_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign in as a person of the demo program and lead to where that person begins."""
    person = find_person(uid)
    login(request, person, backend=BACKEND)
    return redirect("home")
