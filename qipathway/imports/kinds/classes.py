"""The organisation's class catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from graphlib import CycleError, TopologicalSorter
from textwrap import shorten

from curriculum.models import Course
from curriculum.services.catalogue import change_courses, enter_courses, set_prerequisites
from curriculum.states import Format, Mode, Strand
from qipathway.core.sheets import cells

from ..columns import Field
from ..plan import Desk, Plan, Row, differences, doubles, labels_of, shown

CODE = Field("code", "Code", partial(cells.label, most=12), ("class code", "class", "course code"))
STRANDS = {strand.label: strand.value for strand in Strand} | {"QI": Strand.QI.value}
FORMATS = {each.label: each.value for each in Format}
MODES = {each.label: each.value for each in Mode}
SHORT = 24


def strands(text: str) -> list[str]:
    """Return the strands that a cell lists."""
    return list(dict.fromkeys(cells.one_of(word, STRANDS) for word in cells.words(text)))


FIELDS = (
    CODE,
    Field("title", "Title", partial(cells.label, most=160), ("class title", "name")),
    Field(
        "short_title",
        "Short title",
        partial(cells.label, most=SHORT),
        is_needed=False,
        is_filled=False,
    ),
    Field("strands", "Strand", strands, ("strands",)),
    Field(
        "format",
        "Format",
        lambda text: Format(cells.one_of(text, FORMATS)),
        ("length",),
        is_needed=False,
        is_filled=False,
        default=Format.HALF_DAY,
    ),
    Field(
        "mode",
        "Mode",
        lambda text: Mode(cells.one_of(text, MODES)),
        is_needed=False,
        is_filled=False,
        default=Mode.IN_PERSON,
    ),
    Field(
        "prerequisites",
        "Prerequisites",
        lambda text: frozenset(cells.words(text)),
        ("prerequisite", "comes after"),
        is_needed=False,
        is_filled=False,
        default=frozenset(),
    ),
    Field(
        "homework_brief",
        "Homework brief",
        partial(cells.prose, most=10_000),
        ("homework",),
        is_needed=False,
        is_filled=False,
    ),
    Field(
        "is_required",
        "Required",
        cells.yes_or_no,
        ("mandatory",),
        is_needed=False,
        is_filled=False,
        default=True,
    ),
)
LABELS = labels_of(FIELDS)
FACTS = ("title", "strands", "format", "mode", "homework_brief", "is_required")


@dataclass
class _Catalogue:
    """The classes that are there by folded code, and what the file makes of them."""

    courses: dict[str, Course]
    after: dict[str, set[str]]
    wanted: dict[str, set[str]]
    last: int
    """The position of the last class; new ones come after it, in the order of the file."""
    added: list[Course] = field(default_factory=list)
    changed: list[Course] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)

    @property
    def before(self) -> list[tuple[Course, list[Course]]]:
        """What comes before each class whose prerequisites are new."""
        return [
            (self.courses[key], [self.courses[code] for code in sorted(self.wanted[key])])
            for key in self.reordered
        ]


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with the catalogue by code; no class leaves it by a file."""
    draft = Plan(labels=LABELS)
    for row, first in doubles(rows, lambda row: row["code"].casefold()):
        draft.error(row, "code", f"is already in line {first.line}", row["code"])
    there = _read(rows, desk)
    known = there.courses.keys() | {row["code"].casefold() for row in rows}
    _check_order(rows, {**there.after, **there.wanted}, known, draft)
    if draft.errors:
        return draft
    for row in rows:
        _one(row, there, draft, desk)
    draft.deeds += [
        desk.deed(enter_courses, there.added),
        desk.deed(change_courses, there.changed),
        lambda: set_prerequisites(there.before),
    ]
    return draft


def _read(rows: Sequence[Row], desk: Desk) -> _Catalogue:
    found = desk.program.courses.prefetch_related("prerequisites")
    courses = {course.code.casefold(): course for course in found}
    return _Catalogue(
        courses,
        {
            key: {before.code.casefold() for before in course.prerequisites.all()}
            for key, course in courses.items()
        },
        {
            row["code"].casefold(): {code.casefold() for code in row["prerequisites"]}
            for row in rows
            if "prerequisites" in row.values
        },
        max((course.position for course in courses.values()), default=0),
    )


def _one(row: Row, there: _Catalogue, draft: Plan, desk: Desk) -> None:
    key = row["code"].casefold()
    earlier = there.after.get(key, set())
    wanted = there.wanted.get(key, earlier)
    if wanted != earlier:
        there.reordered.append(key)
    course = there.courses.get(key)
    if course is None:
        course = _course(
            row, desk, max((c.position for c in there.courses.values()), default=0) + 1
        )
        there.courses[key] = course
        there.added.append(course)
        draft.new(f"{course.code}, {course.title}", row.line)
        return
    said = _corrected(course, row)
    if said:
        there.changed.append(course)
    if wanted != earlier:
        said += (("Prerequisites", _codes_of(earlier), _codes_of(wanted)),)
    if said:
        draft.change(f"{course.code}, {course.title}", row.line, said)
    else:
        draft.unchanged += 1


def _course(row: Row, desk: Desk, position: int) -> Course:
    short = row.get("short_title") or shorten(row["title"], SHORT, placeholder="…")
    return Course(
        program=desk.program,
        code=row["code"],
        short_title=short,
        position=position,
        **row.only(FACTS),
    )


def _corrected(course: Course, row: Row) -> tuple[tuple[str, str, str], ...]:
    facts = row.only(FACTS)
    if "strands" in facts and set(course.strands) == set(facts["strands"]):
        del facts["strands"]
    if row.get("short_title"):
        facts["short_title"] = row["short_title"]
    return differences(course, facts, LABELS)


def _check_order(
    rows: Sequence[Row], before: Mapping[str, set[str]], known: set[str], draft: Plan
) -> None:
    """Refuse prerequisites that do not exist, and classes that wait for each other in a circle."""
    for row in rows:
        for code in sorted(row.get("prerequisites", ())):
            if code.casefold() not in known:
                draft.error(row, "prerequisites", "is no class of this file or the catalogue", code)
    try:
        TopologicalSorter({code: earlier & known for code, earlier in before.items()}).prepare()
    except CycleError as error:
        circle = [str(code) for code in error.args[1]]
        row = next((row for row in rows if row["code"].casefold() in circle), rows[0])
        path = " before ".join(code.upper() for code in circle)
        draft.error(row, "prerequisites", f"these classes wait for each other: {path}")


def _codes_of(codes: set[str]) -> str:
    return shown([code.upper() for code in codes])
