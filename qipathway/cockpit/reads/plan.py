"""The plan of a resident: what the apps know, laid out over the months of residency."""

from datetime import date

import capstone.reads
import curriculum.reads
from capstone.models import Project
from curriculum.reads import ClassProgress, SbpProgress
from residents.models import Resident
from residents.reads import first_ties, place_of

from ..plan import Known, Plan, plan_of


def plan_for(
    resident: Resident,
    today: date,
    *,
    classes: ClassProgress,
    sbp: SbpProgress,
    project: Project | None,
) -> Plan | None:
    """Read the plan of a resident whose progress is known; ``None`` for who has no place.

    Five queries, one of them for a project, which was read with its standing.
    """
    place = place_of(resident)
    if place is None:
        return None
    return plan_of(
        Known(
            member=place,
            today=today,
            classes=classes,
            homework=curriculum.reads.first_homework(resident),
            sbp=sbp,
            opening=capstone.reads.opening(place, today),
            path=capstone.reads.path_of(project) if project else None,
            ties=first_ties(resident, today),
            given=curriculum.reads.contributions_of(resident, place.cohort.version.contributions),
        )
    )


def whole_plan(resident: Resident, today: date) -> Plan | None:
    """Read the plan of a resident and all that it is made from."""
    return plan_for(
        resident,
        today,
        classes=curriculum.reads.class_progress(resident, today),
        sbp=curriculum.reads.sbp_progress(resident, today),
        project=capstone.reads.project_of(resident),
    )
