"""The living style page: what pages are made of, drawn by the same code that draws the pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .controls import forms_in_every_state, signs
from .drawings import CHARTS
from .samples import samples
from .tokens import TYPE, colours, sizes

PERSON = {"name": "Elena Voss", "initials": "EV", "tint": "a"}
VIEWER = {**PERSON, "role_label": "Program director", "home_url": "/"}
ITEMS = [
    {"label": "Board", "url": "#", "icon": "layout-dashboard", "current": True, "tab": True},
    {"label": "To review", "url": "#", "icon": "inbox", "count": 3, "tab": True},
]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every token, component and chart in every state; on this machine only."""
    if not settings.LOCAL:
        raise Http404
    context = {
        "colours": list(colours()),
        "sizes": list(sizes()),
        "type": TYPE,
        "signs": list(signs()),
        "forms": list(forms_in_every_state()),
        "samples": list(samples()),
        "charts": [(name, state, draw()) for name, all_ in CHARTS.items() for state, draw in all_],
        "navigation": [{"title": "", "items": ITEMS}],
        "viewer": VIEWER,
        "search_url": "/",
        "search_hint": "Find a resident, class or project",
    }
    return render(request, "styleguide/styleguide.html", context)
