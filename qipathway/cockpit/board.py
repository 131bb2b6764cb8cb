"""The director's board: every resident a row, who needs a decision on top."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from curriculum.reads import required_courses
from qipathway.core.clock.services import today
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program, get_resident

from . import services
from .decisions import board_lead, board_stats, decisions
from .filters import board_filters, filtered
from .rows import LEGEND, Drawer, board_columns, board_rows
from .standing import standings

SNOOZE = timedelta(days=14)
CARDS = 3
LINKS = {
    "homework": "curriculum.read_program_homework",
    "projects": "capstone.read_program_projects",
}


@require_safe
@login_required
def board(request: SignedInRequest, program: str) -> HttpResponse:
    """Show where everybody stands, in the order of who needs the viewer most."""
    place = get_program(request.user, program, "residents.view_board")
    day = today(place.zone)
    courses = required_courses(place)
    everybody = standings(place, courses, day)
    cards = decisions(request.user, place, everybody, day)
    shown = filtered(everybody, request.GET)
    links = {noun for noun, act in LINKS.items() if request.user.has_perm(act, place)}
    drawer = Drawer(courses, place.slug, day, links=links)
    context = {
        "program": place,
        "lead": board_lead(everybody, cards),
        "cards": cards[:CARDS],
        "more": max(0, len(cards) - CARDS),
        "stats": board_stats(everybody),
        "rows": board_rows(shown, drawer, grouped=request.GET.get("order") == "year"),
        "columns": board_columns(courses),
        "cells": len(courses),
        "shown": shown,
        "legend": LEGEND,
        "filters": board_filters(request, everybody),
    }
    return render(request, "cockpit/board.html", context)


@require_POST
@login_required
def snooze(request: SignedInRequest, program: str, uid: UUID, reason: str) -> HttpResponse:
    """Put one decision off for two weeks, for this viewer only."""
    resident = get_resident(request.user, program, uid, "cockpit.snooze")
    until = today(resident.program.zone) + SNOOZE
    services.snooze(resident, by=request.user, reason=reason[:40], until=until)
    undo = reverse("cockpit:unsnooze", args=[program, uid, reason])
    words = f"Snoozed {resident.person.name} until {until:%b} {until.day}."
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect("cockpit:board", program)


@require_POST
@login_required
def unsnooze(request: SignedInRequest, program: str, uid: UUID, reason: str) -> HttpResponse:
    """Take a snooze back."""
    resident = get_resident(request.user, program, uid, "cockpit.unsnooze")
    services.unsnooze(resident, by=request.user, reason=reason)
    messages.success(request, f"{resident.person.name} is back among the decisions.")
    return redirect("cockpit:board", program)
