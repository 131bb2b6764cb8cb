"""What every signed-in page shows around its content: who is looking, and where they can go."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from qipathway.core.accounts.models import User
from residents.models import Program
from residents.rules import OVERSEERS, role_in, ties
from residents.states import Role

from .reads.shell import count_to_rate, count_to_review, program_of


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    current: bool
    tab: bool = True
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Viewer:
    name: str
    initials: str
    tint: str
    role_label: str
    home_url: str


OVERSEEING = frozenset(OVERSEERS)
ANSWERING = frozenset({Role.COACH, Role.INSTRUCTOR})
FIRST_HOUR = "cockpit:first-hour"
PAGES = (
    ("First hour", FIRST_HOUR, "list-checks", {Role.DIRECTOR}),
    ("Board", "cockpit:board", "layout-dashboard", OVERSEEING),
    ("Coaches", "residents:coaching", "handshake", {Role.DIRECTOR, Role.KPO_LEAD}),
    ("Schedule", "curriculum:schedule", "calendar-range", OVERSEEING),
    ("Home", "cockpit:today", "house", {Role.RESIDENT}),
    ("Mentees", "cockpit:wall", "users", {Role.COACH}),
    ("To review", "curriculum:review-queue", "inbox", ANSWERING),
    ("Ratings", "selection:ratings", "star", {Role.REVIEWER}),
    ("Projects", "cockpit:sponsored", "target", {Role.SPONSOR}),
    ("Classes", "curriculum:classes", "book-open", {Role.RESIDENT}),
    ("Homework", "curriculum:homework-list", "pencil", {Role.RESIDENT}),
    ("Capstone", "capstone:own", "target", {Role.RESIDENT}),
    ("SBP", "curriculum:own-activities", "footprints", {Role.RESIDENT}),
    ("Sessions", "curriculum:sessions", "calendar-check", OVERSEEING | ANSWERING),
    ("Stand-ups", "curriculum:stand-ups", "megaphone", set(Role) - {Role.SPONSOR, Role.REVIEWER}),
    ("My record", "cockpit:own-record", "file-text", {Role.RESIDENT}),
    ("Selection", "selection:rounds", "user-plus", {Role.DIRECTOR, Role.COORDINATOR}),
    (
        "Imports",
        "imports:imports",
        "file-input",
        {Role.DIRECTOR, Role.COORDINATOR, Role.KPO_LEAD},
    ),
    ("People", "residents:people", "contact", {Role.DIRECTOR, Role.COORDINATOR}),
    ("Involvement", "cockpit:involvement", "trending-up", OVERSEEING),
    ("Cohorts", "residents:cohorts", "graduation-cap", {Role.DIRECTOR, Role.COORDINATOR}),
    ("Settings", "residents:settings", "settings-2", {Role.DIRECTOR}),
    ("Mail", "reminders:deliveries", "mail", {Role.DIRECTOR, Role.COORDINATOR}),
)
UNDER = {
    "cockpit:check-in": ("cockpit:wall", "cockpit:today"),
    "mentorship:check-in-record": ("cockpit:wall", "cockpit:today"),
    "residents:cohort": ("residents:cohorts",),
    "residents:roll-over": ("residents:cohorts",),
    "residents:members": ("residents:cohorts",),
    "residents:years": ("cockpit:board",),
    "residents:person": ("residents:people",),
    "residents:leaving": ("residents:people",),
    "residents:absence": ("cockpit:wall", "residents:coaching"),
    "cockpit:record": ("cockpit:board", "cockpit:wall", "cockpit:own-record"),
    "residents:blocks": ("curriculum:schedule",),
    "residents:rotations": ("curriculum:schedule",),
    "residents:rotation": ("curriculum:schedule",),
    "residents:schedule": ("curriculum:schedule", "cockpit:wall", "cockpit:own-record"),
    "curriculum:contributions": ("cockpit:board", "cockpit:wall", "cockpit:own-record"),
    "curriculum:contribution-log": ("cockpit:board", "cockpit:wall", "cockpit:own-record"),
    "cockpit:plan": ("cockpit:board", "cockpit:wall", "cockpit:own-record"),
    "curriculum:activities": (
        "curriculum:own-activities",
        "cockpit:board",
        "cockpit:wall",
    ),
    "curriculum:completions": ("cockpit:board", "cockpit:wall", "cockpit:own-record"),
    "curriculum:session": ("curriculum:sessions", "curriculum:classes"),
    "curriculum:homework": ("curriculum:review-queue", "curriculum:homework-list"),
    "selection:round": ("selection:rounds",),
    "selection:invitations": ("selection:rounds",),
    "selection:application": ("selection:rounds", "cockpit:today"),
    "selection:rating": ("selection:ratings",),
    "selection:reviewers": ("selection:rounds",),
    "selection:ranking": ("selection:rounds",),
    "selection:release": ("selection:rounds",),
    "selection:enrolment": ("selection:rounds",),
    "imports:upload": ("imports:imports",),
    "imports:import": ("imports:imports",),
    "capstone:project": ("capstone:own", "cockpit:sponsored"),
    "capstone:charter": ("capstone:own", "cockpit:sponsored"),
    "capstone:screen": ("capstone:own", "cockpit:sponsored"),
    "capstone:measure": ("capstone:own", "cockpit:sponsored"),
    "capstone:point": ("capstone:own",),
}
"""Pages without an entry of their own, and the entries under which they stand, by preference."""

COUNTED = {"curriculum:review-queue": count_to_review, "selection:ratings": count_to_rate}
"""Entries that say how much waits there."""

TABS = 4


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates ``navigation`` and ``viewer``, and show times in the program's zone."""
    user = getattr(request, "user", None)
    match = request.resolver_match
    if not isinstance(user, User) or match is None:
        return {}
    program = program_of(user, match.kwargs.get("program"))
    if program is None:
        return {"viewer": _viewer(user, "", reverse("home"))}
    timezone.activate(program.zone)
    role = role_in(user, program.pk)
    return {
        "navigation": [Section("", list(_items(user, program, match.view_name)))],
        "viewer": _viewer(user, role.label if role else "", program.get_absolute_url()),
        "search_url": reverse("cockpit:search", args=[program.slug]),
        "search_hint": "Find a resident, class or project",
    }


def _viewer(user: User, role_label: str, home_url: str) -> Viewer:
    return Viewer(user.name, user.initials, user.tint, role_label, home_url)


def _items(user: User, program: Program, current: str) -> Iterator[Item]:
    held = {tie.role for tie in ties(user) if tie.program_id == program.pk}
    over = {FIRST_HOUR} if getattr(program, "is_running", False) else set()
    shown = [page for page in PAGES if held & page[3] and page[1] not in over]
    names = {name for _, name, _, _ in shown}
    here = next((name for name in UNDER.get(current, ()) if name in names), current)
    for position, (label, name, icon, _) in enumerate(shown):
        yield Item(
            label=label,
            url=reverse(name, args=[program.slug]),
            icon=icon,
            current=name == here,
            tab=position < TABS,
            count=COUNTED[name](user, program) if name in COUNTED else 0,
        )
