"""The self-screen: quality improvement or research?"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError

from ..models import Project, Screen
from ..screening import NAMES, result
from ..states import ScreenResult, Stage
from .asking import ask_sponsor
from .charters import refuse_settled
from .projects import locked, tell


@transaction.atomic
def screen_project(
    project: Project,
    *,
    by: User,
    at: datetime,
    answers: Mapping[str, bool | None],
    irb_outcome: str = "",
    irb_decided_on: date | None = None,
) -> Screen:
    """Answer the self-screen, all of it or as far as it goes; the day of the last change counts.

    What the IRB decided is kept only where the answers ask for its decision.
    """
    project = locked(project)
    refuse_settled(project)
    if project.state == Stage.IDEA:
        raise DomainError("Choose the process first; the questions are about it.")
    today = local_date(at, project.program.zone)
    if bool(irb_outcome) != bool(irb_decided_on):
        raise DomainError("An answer of the IRB needs both what it decided and the day.")
    if irb_decided_on and irb_decided_on > today:
        raise DomainError("The day on which the IRB decided lies in the future.")
    given = {name: answers.get(name) for name in NAMES}
    outcome = result(given)
    if outcome != ScreenResult.ASK_IRB:
        irb_outcome, irb_decided_on = "", None
    values = given | {"irb_outcome": irb_outcome, "irb_decided_on": irb_decided_on}
    screen = project.screen
    changed = [name for name, value in values.items() if getattr(screen, name) != value]
    if not changed:
        return screen
    for name in changed:
        setattr(screen, name, values[name])
    screen.screened_on = None if outcome == ScreenResult.OPEN else today
    screen.save(update_fields=[*changed, "screened_on"])
    tell(project, by, "capstone.screen_project", result=outcome.value, irb=irb_outcome)
    ask_sponsor(project, at=at)
    return screen
