"""What the director's board is drawn from."""

from dataclasses import dataclass
from datetime import date

from curriculum.models import Course
from curriculum.reads import required_courses
from qipathway.core.accounts.models import User
from residents.models import Program
from residents.rules import directs

from ..decisions import Decision, decisions
from ..models import Snooze
from ..standing import Standing
from .standing import standings

LINKS = {
    "homework": "curriculum.read_program_homework",
    "projects": "capstone.read_program_projects",
}


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody on the pathway, and who needs a decision of one viewer.

    ``links`` names what the viewer may open from a row.
    """

    program: Program
    today: date
    courses: list[Course]
    everybody: list[Standing]
    cards: list[Decision]
    links: frozenset[str]
    directs: bool


def board_for(viewer: User, program: Program, today: date) -> Board:
    """Read the board as ``viewer`` sees it; twenty-four queries for any number of residents."""
    courses = required_courses(program)
    everybody = standings(program, courses, today)
    put_off = set(
        Snooze.objects.put_off(viewer, program, today).values_list("resident_id", "reason")
    )
    return Board(
        program=program,
        today=today,
        courses=courses,
        everybody=everybody,
        cards=decisions(viewer, program, everybody, put_off),
        links=frozenset(noun for noun, act in LINKS.items() if viewer.has_perm(act, program)),
        directs=bool(directs.test(viewer, program)),
    )
