"""Where an application stands for its writer, and what is missing to hand it in."""

from datetime import datetime

from ...models import Resident
from ..models import Application
from ..states import JUDGED, TAKE_BACK, WAITED_FOR, ApplicationState

STATEMENTS = {
    "passion": "why improvement matters to you",
    "initiative": "something you started yourself",
    "independence": "work you carried through on your own",
}
"""What each statement is about, as it reads within a sentence."""


def is_hushed(application: Application, at: datetime) -> bool:
    """Tell whether a decision was released so lately that it is shown to nobody yet."""
    judged = application.judged_at
    return application.state in JUDGED and judged is not None and judged > at - TAKE_BACK


def shown_state(application: Application, at: datetime) -> ApplicationState:
    """Return the state that the applicant may know."""
    hushed = is_hushed(application, at)
    return ApplicationState.IN_REVIEW if hushed else ApplicationState(application.state)


def awaits_writer(application: Application, at: datetime) -> bool:
    """Tell whether the resident can write now, and has not handed in or said "not now"."""
    return application.state in WAITED_FOR and application.round.is_open(at)


def awaits_answer(application: Application, at: datetime) -> bool:
    """Tell whether a place is offered, and the resident may know it."""
    return shown_state(application, at) == ApplicationState.OFFERED


def missing_parts(application: Application) -> list[str]:
    """Return what is still missing before the application can be handed in, in words."""
    found = [words for name, words in STATEMENTS.items() if not getattr(application, name).strip()]
    return found + ([] if application.cv_id else ["your CV"])


def latest_application(resident: Resident) -> Application | None:
    """Read the application that a resident comes for: that of the latest round, if any is kept."""
    rows = Application.objects.shown().filter(resident=resident)
    rows = rows.select_related("round__cohort", "round__program", "program")
    return rows.order_by("-round__opens_at", "-pk").first()
