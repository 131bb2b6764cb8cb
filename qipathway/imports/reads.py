"""Page-shaped reads: what is there, what is missing, and what a file would do."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.sheets import Sheet, read_sheet
from residents.models import Program
from residents.rules import directs

from .drafting import Said, draft
from .kinds import KINDS, Kind
from .models import ColumnMap, Import, Upload
from .plan import Desk, Plan

LOG = 20


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of file: when it last came in, and which others come before it."""

    kind: Kind
    last: Import | None
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file was taken for, and what it would do; no plan while nobody knows what it is.

    ``waits_for`` are the files that come before it and have not been brought in.
    """

    sheet: Sheet
    kind: Kind | None
    plan: Plan
    waits_for: tuple[str, ...] = ()


def shelves(program: Program, user: User) -> list[Shelf]:
    """Read the kinds of file that the user may bring in, in the order in which they make sense."""
    newest = Import.objects.filter(program=program).order_by("kind", "-at", "-pk").distinct("kind")
    last = {each.kind: each for each in newest.select_related("by")}
    return [
        Shelf(
            kind,
            last.get(kind.name),
            _missing(kind, last),
        )
        for kind in KINDS.values()
        if user.has_perm(kind.action, program)
    ]


def log(program: Program) -> list[Import]:
    """Read the last files that changed something, the newest first."""
    found = Import.objects.filter(program=program).select_related("by", "program")
    return list(found.order_by("-at", "-pk")[:LOG])


def was_brought_in(program: Program, uid: UUID) -> bool:
    """Tell whether an upload has become an import already."""
    return Import.objects.filter(program=program, uid=uid).exists()


def said_of(program: Program) -> Said:
    """Read what a program has said about the columns of its files."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    rows = ColumnMap.objects.filter(program=program).values_list("kind", "header", "field")
    for kind, header, field in rows:
        said[kind][header] = field
    return said


def desk_of(
    program: Program,
    by: User | None,
    *,
    at: datetime,
    today: date | None = None,
    answers: dict[str, dict[str, str]] | None = None,
) -> Desk:
    """Return on whose word a file is read. Without a person it is whoever runs this machine.

    ``today`` is another day than that of ``at`` only where an old file is told anew.
    """
    may = by is None or bool(directs.test(by, program))
    return Desk(program, by, today or local_date(at, program.zone), at, may, answers or {})


def preview(upload: Upload, *, at: datetime) -> Preview:
    """Read an upload and what it would do now; writes nothing."""
    sheet = read_sheet(bytes(upload.content))
    kind = KINDS.get(upload.kind)
    if kind is None:
        return Preview(sheet, None, Plan(lines=len(sheet.lines)))
    desk = desk_of(upload.program, upload.by, at=at, answers=upload.answers)
    brought = Import.objects.filter(program=upload.program, kind__in=kind.after)
    last = set(brought.values_list("kind", flat=True))
    plan = draft(kind, sheet, desk, said_of(upload.program))
    return Preview(sheet, kind, plan, _missing(kind, last))


def _missing(kind: Kind, brought: Container[str]) -> tuple[str, ...]:
    return tuple(KINDS[name].title for name in kind.after if name not in brought)
