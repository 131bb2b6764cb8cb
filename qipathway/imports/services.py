"""Take a file in, answer what it leaves open, and bring it in: all of it, or nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, OperationalError, connection, transaction

from curriculum.models import Course, Session
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import Now
from qipathway.core.files.names import clean_name
from qipathway.core.lib.states import DomainError
from qipathway.core.lib.words import plural
from qipathway.core.sheets import Sheet, read_sheet
from qipathway.core.sheets.cells import fold
from qipathway.core.timeline.services import record
from residents.models import Program, Resident

from .drafting import COLUMNS, LEAVE_OUT, draft, recognise
from .kinds import KINDS, Kind
from .models import ColumnMap, Import, Upload
from .plan import Desk, Plan
from .reads import desk_of, said_of

KEPT_FOR = timedelta(days=1)
MANY = 500
POINTED_AT = (User, Resident, Course, Session)
AT_THE_SAME_TIME = (
    "Nothing was brought in: somebody else changed the same things at this moment. Try once more."
)


class Refused(DomainError):
    """A file with errors or open questions; ``plan`` names them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        count = len(plan.errors) or len(plan.open_questions)
        noun = "error" if plan.errors else "open question"
        super().__init__(f"Nothing was brought in: {plural(count, noun)}.")


class Overtaken(DomainError):
    """What the file would do is no longer what was looked at."""


@transaction.atomic
def upload_file(name: str, content: bytes, *, program: Program, by: User) -> Upload:
    """Keep a table for its preview, and say what kind it is if its header shows it.

    Raises ``Unreadable``. Uploads of an earlier day go.
    """
    sheet = read_sheet(content)
    sweep()
    kind = recognise(sheet, said_of(program))
    may = kind is not None and by.has_perm(kind.action, program)
    return Upload.objects.create(
        program=program,
        by=by,
        name=clean_name(name),
        content=content,
        kind=kind.name if kind and may else "",
    )


@transaction.atomic
def answer_question(
    upload: Upload, *, kind: str, answers: Mapping[str, Mapping[str, str]], by: User
) -> Upload:
    """Keep what a person says about a file: its kind, the order of its days, its rotations.

    What they say of columns is kept for the program, so that it is said once.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if kind in KINDS and by.has_perm(KINDS[kind].action, upload.program):
        upload.kind = kind
    for head, field in answers.get(COLUMNS, {}).items():
        say_column(upload.program, upload.kind, head, field)
    kept = {group: dict(given) for group, given in answers.items() if group != COLUMNS}
    for group, given in kept.items():
        kept[group] = {**upload.answers.get(group, {}), **given}
    upload.answers = {**upload.answers, **kept}
    upload.save(update_fields=["kind", "answers"])
    return upload


def say_column(program: Program, kind: str, head: str, field: str) -> None:
    """Keep for a program what a column holds; an unknown field is ignored."""
    if kind not in KINDS or field not in {LEAVE_OUT, *(f.name for f in KINDS[kind].fields)}:
        return
    ColumnMap.objects.update_or_create(
        program=program,
        kind=kind,
        header=fold(head)[:200],
        defaults={"field": "" if field == LEAVE_OUT else field},
    )


def import_file(upload: Upload, *, seen: str, by: User, at: datetime) -> Import:
    """Bring an upload in if it still does what was looked at (``seen``, the plan's digest).

    Raises ``Refused``, ``Overtaken`` or another ``DomainError``, and then nothing is written.
    """
    desk = desk_of(upload.program, by, at=at, answers=upload.answers)
    sheet = read_sheet(bytes(upload.content))
    kind = KINDS[upload.kind]
    return bring_in(kind, sheet, desk, name=upload.name, uid=upload.uid, seen=seen)[1]


def bring_in(
    kind: Kind, sheet: Sheet, desk: Desk, *, name: str, uid: UUID | None = None, seen: str = ""
) -> tuple[Plan, Import]:
    """Carry out what a file would do, under a lock on the program: all of it, or nothing.

    Of two at once the second compares with what the first has left. A file that changes nothing
    leaves no trace: the ``Import`` returned is then not saved.
    """
    try:
        with transaction.atomic():
            Program.objects.select_for_update(no_key=True).get(pk=desk.program.pk)
            plan = draft(kind, sheet, desk, said_of(desk.program))
            if not plan.is_ready:
                raise Refused(plan)
            if seen and seen != plan.digest:
                raise Overtaken(
                    "Nothing was brought in: since you looked, something here has changed, and so "
                    "has what the file would do. Look once more."
                )
            return plan, _carry_out(plan, kind, desk, name=name, uid=uid)
    except (IntegrityError, OperationalError) as error:
        raise DomainError(AT_THE_SAME_TIME) from error


def _carry_out(plan: Plan, kind: Kind, desk: Desk, *, name: str, uid: UUID | None) -> Import:
    log = Import(
        uid=uid or uuid4(),
        program=desk.program,
        by=desk.by,
        name=clean_name(name),
        kind=kind.name,
        lines=plan.lines,
        notes=[*plan.notes, *plan.collisions],
        **plan.counts,
    )
    if plan.changes:
        for deed in plan.deeds:
            deed()
        if len(plan.changes) > MANY:
            _count_anew()
        log.save()
        record(
            desk.by,
            "imports.import_file",
            log,
            about=None,
            scope=desk.program.pk,
            kind=kind.title,
            **plan.counts,
        )
    if uid:
        Upload.objects.filter(uid=uid).delete()
    return log


def _count_anew() -> None:
    """Let PostgreSQL notice how much its tables have grown before it checks the new keys.

    Its plan for that check may be from when they were nearly empty, and would read a whole table
    for each new row: minutes instead of a second, at the very end.
    """
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in POINTED_AT)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def sweep() -> int:
    """Remove uploads that nobody brought in within a day; return how many."""
    return Upload.objects.filter(at__lt=Now() - KEPT_FOR).delete()[0]
