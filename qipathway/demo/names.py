"""Addresses that stay the same: what services created gets the uid that its story gives it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from capstone.models import Measure, Point, Project
from curriculum.models import Activity, Booking, Completion, Course, Homework, Session, StandUp
from mentorship.models import CheckIn, Commitment, Update
from qipathway.core.accounts.models import User
from qipathway.imports.models import Import
from residents.models import Leave, Program, Resident, RoleGrant, RosterConsent
from residents.selection.models import Application, Rating, Round

from .scene import stable

WHOSE = "resident__staff_id"

NAMED: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (RoleGrant, ("person__email", "role", WHOSE, "since")),
    (RosterConsent, (WHOSE, "given_at")),
    (Leave, (WHOSE, "first")),
    (Round, ("cohort__starts_on",)),
    (Application, (WHOSE, "round__cohort__starts_on")),
    (Rating, (f"application__{WHOSE}", "reviewer__email")),
    (Activity, (WHOSE, "kind", "day", "leader__person__email")),
    (Booking, (WHOSE, "course__code", "session__day")),
    (Completion, (WHOSE, "course__code")),
    (Homework, (WHOSE, "course__code")),
    (StandUp, ("day", "starts", "place")),
    (CheckIn, (WHOSE, "day", "clock")),
    (Commitment, (WHOSE, "due_on", "text")),
    (Update, (WHOSE, "at")),
    (Project, (WHOSE, "opened_on")),
    (Measure, (f"project__{WHOSE}", "name")),
    (Point, (f"measure__project__{WHOSE}", "measure__name", "day")),
)
"""What tells the rows of a model apart in words that no load changes."""

BROUGHT: tuple[tuple[type[Model], str, str, tuple[str, ...]], ...] = (
    (User, "person", "", ("email",)),
    (Resident, "resident", "program", ("staff_id",)),
    (Course, "class", "program", ("code",)),
    (Session, "session", "program", ("course__code", "day", "starts", "place")),
    (Import, "import", "program", ("kind",)),
)
"""The same for what files brought: the model, its word, the way to its program, and its words.

The demo's database holds no people but its own.
"""


def name_what_files_brought(program: Program) -> None:
    """Name people, residents, classes and sessions anew, before the story meets them."""
    for model, noun, way, words in BROUGHT:
        found: QuerySet = model._default_manager.filter(**({way: program} if way else {}))
        _name(model, noun, found.values_list("pk", *words))


def give_stable_uids(program: Program) -> None:
    """Name everything of the program anew, so that a link works after the demo starts over."""
    for model, words in NAMED:
        found: QuerySet = model._default_manager.filter(program=program)
        _name(model, str(model._meta.model_name), found.values_list("pk", *words))


def _name(model: type[Model], noun: str, rows: Iterable[tuple[Any, ...]]) -> None:
    named = [model(pk=pk, uid=stable(noun, *values)) for pk, *values in rows]
    model._default_manager.bulk_update(named, ["uid"])
