"""The demo's files, brought in the way every program brings in its own."""

from pathlib import Path

from curriculum.models import Session
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.sheets import read_sheet
from qipathway.imports.kinds import KINDS
from qipathway.imports.reads import desk_of
from qipathway.imports.services import bring_in

from ..cast import Cast
from ..names import name_what_files_brought
from ..scene import FIRST_INTAKE

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]

FILES = {
    "people": "people",
    "roster": "roster",
    "blocks": "block_schedule",
    "clinic": "clinic_pattern",
    "classes": "class_catalogue",
    "sessions": "class_sessions",
}
"""What each file is, in the order in which they come in; completions are told by the story."""

SHORT = {
    "VL01": "Seven wastes",
    "VL02": "Going to see",
    "VL03": "Value stream",
    "VL04": "Standard work",
    "VL05": "5S, visual control",
    "VL06": "Set-up, flow",
    "VL07": "Mistake proofing",
    "VL08": "Daily mgmt",
    "VL09": "Leading change",
    "VL10": "Event leadership",
    "LX01": "One-week intensive",
}
"""What stands above a column of the board; the file has no column for it."""


def load_files(cast: Cast) -> None:
    """Bring in the files and call everybody and everything in them by the demo's names.

    The people come first and on nobody's word; from then on it is the director's deed.
    """
    for kind, name in FILES.items():
        by = cast.director if cast.people else None
        _bring_in(cast, kind, name, by=by)
        if kind == "people":
            _meet_people(cast)
    name_what_files_brought(cast.program)
    _meet_people(cast)
    for course in cast.program.courses.all():
        course.short_title = SHORT[course.code]
        course.save(update_fields=["short_title"])
        cast.courses[course.code] = course
    for resident in cast.program.residents.select_related("person", "program").order_by("staff_id"):
        cast.residents[resident.staff_id] = resident
    sessions = Session.objects.filter(program=cast.program).select_related("course", "program")
    cast.sessions.update({(session.course.code, session.day): session for session in sessions})


def rows(name: str) -> list[Row]:
    """Read a file as rows of text."""
    sheet = read_sheet((DATA / f"{name}.csv").read_bytes())
    return [dict(zip(sheet.header, line.cells, strict=True)) for line in sheet.lines]


def _bring_in(cast: Cast, kind: str, name: str, *, by: User | None) -> None:
    sheet = read_sheet((DATA / f"{name}.csv").read_bytes())
    desk = desk_of(cast.program, by, at=now(), today=FIRST_INTAKE)
    bring_in(KINDS[kind], sheet, desk, name=f"{name}.csv")


def _meet_people(cast: Cast) -> None:
    people = User.objects.filter(email__in=[row["E-mail"] for row in rows("people")])
    cast.people.update({person.name: person for person in people})
