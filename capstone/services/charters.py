"""A charter is written, drafted and signed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date, short_day
from qipathway.core.lib.states import DomainError, IllegalMove, move

from ..gates import capital
from ..models import Charter, Project
from ..reads import standing_of_project
from ..states import PROJECT_MOVES, Stage
from .asking import ask_sponsor
from .projects import enter, locked, tell, title_of

CHARTER_FIELDS = (
    "area",
    "process",
    "first_step",
    "last_step",
    "process_owner",
    "why_it_matters",
    "aim",
    "measure",
)
NO_DRAFT: dict[str, Any] = {"draft": {}, "drafted_at": None}


class Conflict(DomainError):
    """Other words were saved since these were read; nothing was written. Holds the saved ones."""

    def __init__(self, message: str, theirs: Charter) -> None:
        super().__init__(message)
        self.theirs = theirs


@transaction.atomic
def write_charter(
    project: Project, *, by: User, at: datetime, fields: Mapping[str, Any], version: int
) -> Charter:
    """Save as much of the charter as there is; the gate says what is missing, not this.

    ``version`` is the one the writer read: raises ``Conflict`` when other words were saved since.
    The same words again are no conflict and change no word, so a second press does no harm; a
    sponsor who was tied to the resident since is asked then.
    """
    project = locked(project)
    charter = _open_charter(project)
    changes = _changes(charter, fields)
    if not changes:
        return ask_sponsor(project, at=at)
    if charter.version != version:
        raise Conflict(
            "Not saved: this charter was saved from another tab or device while you were writing. "
            "Both versions are below, and nothing of yours is lost.",
            charter,
        )
    _refuse_stranger(project, changes.get("process_owner"))
    _set(charter, changes | NO_DRAFT | {"version": version + 1, "written_at": at})
    if charter.area and charter.process:
        project.title = title_of(charter.area, charter.process)
        project.save(update_fields=["title"])
    tell(project, by, "capstone.write_charter", fields=sorted(changes))
    return ask_sponsor(project, at=at)


@transaction.atomic
def keep_draft(
    project: Project, *, at: datetime, fields: Mapping[str, Any], version: int
) -> Charter:
    """Keep words that are still being written, apart from the charter and without a story.

    Words typed over an older version are not kept: saving them is a conflict to be seen.
    """
    charter = _open_charter(locked(project))
    if charter.version != version:
        raise Conflict("The charter was saved elsewhere, so no draft was kept.", charter)
    _set(charter, {"draft": dict(fields), "drafted_at": at})
    return charter


@transaction.atomic
def drop_draft(project: Project) -> Charter:
    """Let go of words that were not saved; the charter itself stays as it is."""
    charter = locked(project).charter
    _set(charter, NO_DRAFT)
    return charter


@transaction.atomic
def sign_charter(project: Project, *, by: User, at: datetime, version: int) -> Charter:
    """Sign the charter as its sponsor, which opens the gate to the current state.

    Refused while anything else is missing, naming it. ``version`` is the one the sponsor read:
    raises ``Conflict`` when the words have changed since. Of two who sign at once the second is
    told who signed.
    """
    project = locked(project)
    charter = _open_charter(project)
    standing = standing_of_project(project)
    if not standing.waits_for_signature:
        missing = standing.gate.without("signature") if standing.gate else None
        why = missing.sentence if missing else "Nothing here waits for a signature."
        raise DomainError(f"Not signed yet. {why}")
    if charter.version != version:
        raise Conflict(
            f"Not signed: {project.resident.person.given_name} changed the charter after you "
            "opened it. Read it once more; what you sign is what you see.",
            charter,
        )
    move(project, "sign_charter", PROJECT_MOVES)
    project.save(update_fields=["state"])
    enter(project, today=local_date(at, project.program.zone))
    _set(charter, {"signed_by": by, "signed_at": at})
    tell(project, by, "capstone.sign_charter", version=version)
    return charter


def refuse_settled(project: Project) -> None:
    """Refuse to change what a sponsor has signed or what is closed, and say whom to talk to."""
    if project.is_sealed:
        raise DomainError("The project is closed and handed over, so its words stay as they are.")
    charter = project.charter
    if charter.signed_by is None or charter.signed_at is None:
        return
    on, who = local_date(charter.signed_at, project.program.zone), charter.signed_by.name
    raise IllegalMove(
        f"{who} signed this charter on {short_day(on)}, so it stays as it was signed. If the "
        f"work turns out differently, agree on it with {who} and your coach."
    )


def _open_charter(project: Project) -> Charter:
    """Return the charter that may still be written; refuse before and after."""
    refuse_settled(project)
    if project.state == Stage.IDEA:
        raise DomainError("Choose the process first; the charter starts from it.")
    return project.charter


def _changes(charter: Charter, fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(CHARTER_FIELDS)
    if unknown:
        raise ValueError(f"No fields of a charter: {', '.join(sorted(unknown))}.")
    return {name: value for name, value in fields.items() if getattr(charter, name) != value}


def _refuse_stranger(project: Project, owner: Any) -> None:
    if owner is not None and owner.program_id != project.program_id:
        raise DomainError(f"{capital(owner.person.name)} owns no process in this program.")


def _set(charter: Charter, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(charter, name, value)
    charter.save(update_fields=list(values))
