"""A project that began before this system enters at its stage."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.files.services import keep
from qipathway.core.lib.dates import full_day, local_date
from qipathway.core.lib.states import DomainError, move

from ..models import PriorWork, Project, StageEntry
from ..states import ENTRIES, RETURNS, STAGES, Stage, number
from .asking import ask_sponsor
from .projects import locked, name_process, tell


@transaction.atomic
def enter_at_stage(
    project: Project,
    stage: str,
    *,
    by: User,
    at: datetime,
    days: Mapping[str, date],
    evidence: str,
    file: UploadedFile | None = None,
    process: tuple[str, str] | None = None,
) -> PriorWork:
    """Take a project to the stage that it had reached before this system, on the director's word.

    ``days`` says of every stage after the present one, up to ``stage``, when it was entered.
    ``process`` is the area and the process, for a project that has not named them here. The stages
    passed so are marked for ever; nothing else skips a gate.
    """
    project = locked(project)
    if project.prior_works.standing().exists():
        raise DomainError("This project entered from before this system already.")
    if not evidence.strip():
        raise DomainError("Say what the evidence is; your signature stands for it.")
    present, title = project.entries.get(left_on=None), project.title
    _refuse_days(project, stage, days, present, today=local_date(at, project.program.zone))
    left = move(project, f"enter_{stage}", ENTRIES)
    project.save(update_fields=["state"])
    if left == Stage.IDEA:
        if process is None or not all(process):
            raise DomainError("Name the area and the process; a stage without them is nobody's.")
        name_process(project, *process)
    prior = PriorWork.objects.create(
        project=project,
        program=project.program,
        stage=stage,
        left_stage=left,
        left_since=present.entered_on,
        left_title=title,
        evidence=evidence,
        file=keep(file, by=by, scope=project.program_id) if file else None,
        signed_by=by,
        signed_at=at,
    )
    _pass_stages(present, days)
    ask_sponsor(project, at=at)
    tell(project, by, "capstone.enter_at_stage", stage=Stage(stage).label)
    return prior


@transaction.atomic
def withdraw_entry(project: Project, *, by: User, at: datetime) -> Project:
    """Take a project back to where it stood here, as long as it has not moved on since.

    What was signed stays with its evidence, marked as withdrawn. A process that came with it goes
    from title and charter again, whatever it is called by now; the charter's other words stay. A
    sponsor whose signature was waited for is asked again.
    """
    project = locked(project)
    prior = project.prior_works.standing().first()
    if prior is None or prior.stage != project.state:
        raise DomainError(
            "Nothing was changed: the project does not stand where it entered from before this "
            "system."
        )
    kept = number(prior.left_stage)
    project.entries.filter(stage__in=STAGES[kept + 1 :]).delete()
    project.entries.filter(stage=prior.left_stage).update(
        entered_on=prior.left_since, left_on=None, before_system=False
    )
    move(project, f"return_to_{prior.left_stage}", RETURNS)
    project.save(update_fields=["state"])
    if prior.left_stage == Stage.IDEA:
        name_process(project, "", "", title=prior.left_title)
    prior.withdrawn_by, prior.withdrawn_at = by, at
    prior.save(update_fields=["withdrawn_by", "withdrawn_at"])
    ask_sponsor(project, at=at)
    tell(project, by, "capstone.withdraw_entry")
    return project


def _refuse_days(
    project: Project, stage: str, days: Mapping[str, date], present: StageEntry, *, today: date
) -> None:
    """Refuse days that are missing, too many, out of order or still to come."""
    now = number(project.state)
    passed = STAGES[now + 1 : number(stage) + 1]
    if set(days) != set(passed):
        raise DomainError("Give the day on which each stage was passed, and of no other stage.")
    ordered = [days[each] for each in passed]
    if any(later < sooner for sooner, later in pairwise(ordered)):
        raise DomainError("A stage cannot be passed before the one in front of it.")
    if ordered and ordered[-1] > today:
        raise DomainError("These days lie in the past; one of them is still to come.")
    if now and ordered and ordered[0] < present.entered_on:
        raise DomainError(
            f"“{present.get_stage_display()}” was entered here on {full_day(present.entered_on)}, "
            "so it was passed on that day or later."
        )


def _pass_stages(present: StageEntry, days: Mapping[str, date]) -> None:
    """Write when each stage was entered and left; the last one goes on."""
    ordered = sorted((number(stage), day) for stage, day in days.items())
    first = ordered[0][1]
    present.entered_on, present.left_on = min(present.entered_on, first), first
    present.before_system = True
    present.save(update_fields=["entered_on", "left_on", "before_system"])
    ends = [day for _, day in ordered[1:]] + [None]
    StageEntry.objects.bulk_create(
        StageEntry(
            project=present.project,
            program_id=present.program_id,
            stage=STAGES[place],
            entered_on=day,
            left_on=end,
            before_system=True,
        )
        for (place, day), end in zip(ordered, ends, strict=True)
    )
