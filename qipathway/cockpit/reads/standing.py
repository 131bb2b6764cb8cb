"""Where everybody on the pathway stands: the facts of the apps, joined."""

from collections.abc import Iterable
from datetime import date, timedelta

import capstone.reads
import curriculum.reads
import mentorship.reads
from curriculum.models import Course
from curriculum.reads import ClassProgress
from mentorship.reads import CheckInFacts
from residents.models import Program
from residents.reads import coaches_of, members, schedules_of, settled_in

from ..standing import Standing, judge

LOOK_BACK = timedelta(days=400)
"""How far back clocks may have paused: longer than any gap that a version allows."""


def standings(program: Program, courses: Iterable[Course], today: date) -> list[Standing]:
    """Read and judge everybody on the pathway; twenty-two queries for any number."""
    wanted = list(courses)
    nothing = ClassProgress(required=len(wanted))
    people = members(program)
    keys = [member.resident_id for member in people]
    schedules = schedules_of(keys, today - LOOK_BACK, today)
    coaches = coaches_of(keys)
    settled = settled_in(program)
    classes = curriculum.reads.for_board(program, wanted, today, settled)
    versions = {member.resident_id: member.cohort.version for member in people}
    practice = curriculum.reads.sbp_for_board(program, versions, today, settled)
    check_ins = mentorship.reads.for_board(program, today)
    projects = capstone.reads.for_board(program, today)
    return [
        judge(
            member,
            today=today,
            classes=classes.get(member.resident_id, nothing),
            check_ins=check_ins.get(member.resident_id, CheckInFacts()),
            project=projects.get(member.resident_id),
            coach=coaches.get(member.resident_id),
            schedule=schedules[member.resident_id],
            sbp=practice[member.resident_id],
        )
        for member in people
    ]
