"""Addresses that stay the same: what services created gets the uid that its story gives it."""

from django.db.models import Model, QuerySet

from capstone.models import Project
from curriculum.models import Booking, Completion, Homework, StandUp
from mentorship.models import CheckIn, Commitment, Update
from residents.models import Program, RoleGrant

from .scene import stable

WHOSE = "resident__staff_id"

NAMED: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (RoleGrant, ("person__email", "role", WHOSE, "since")),
    (Booking, (WHOSE, "course__code", "session__day")),
    (Completion, (WHOSE, "course__code")),
    (Homework, (WHOSE, "course__code")),
    (StandUp, ("day", "starts", "place")),
    (CheckIn, (WHOSE, "day", "clock")),
    (Commitment, (WHOSE, "due_on", "text")),
    (Update, (WHOSE, "at")),
    (Project, (WHOSE, "opened_on")),
)
"""What tells the rows of a model apart in words that no load changes."""


def give_stable_uids(program: Program) -> None:
    """Name everything of the program anew, so that a link works after the demo starts over."""
    for model, words in NAMED:
        found: QuerySet = model._default_manager.filter(program=program)
        named = [
            model(pk=pk, uid=stable(model._meta.model_name, *values))
            for pk, *values in found.values_list("pk", *words)
        ]
        model._default_manager.bulk_update(named, ["uid"])
