"""From a sheet to a plan: columns found, cells read, doubles set aside, the kind's rules asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from qipathway.core.sheets import Line, Sheet, cells
from qipathway.core.sheets.cells import BadCell, DayOrder, Orders, fold

from .columns import Field, Matching, match
from .kinds import KINDS, Kind
from .plan import Desk, Plan, Problem, Question, Row, labels_of

DAYS, COLUMNS = "days", "columns"
LEAVE_OUT = "-"
Said = Mapping[str, Mapping[str, str]]
"""What a program has said about columns: by kind, then by folded header."""


def recognise(sheet: Sheet, said: Said) -> Kind | None:
    """Return the kind whose columns a header has; nothing if none fits, or two fit alike.

    One that nearly fits is taken where none does, so that the missing column can be named.
    """
    matched = {
        name: match(kind.fields, sheet.header, said.get(name, {})) for name, kind in KINDS.items()
    }
    whole = {name: found for name, found in matched.items() if found.is_complete}
    nearly = {name: found for name, found in matched.items() if found.is_nearly}
    ranked = sorted(
        (-len(found.places), len(found.unknown), name) for name, found in (whole or nearly).items()
    )
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return KINDS[ranked[0][2]]


def draft(kind: Kind, sheet: Sheet, desk: Desk, said: Said) -> Plan:
    """Return what a file would do; nothing is written."""
    found = match(kind.fields, sheet.header, said.get(kind.name, {}))
    plan = Plan(labels=labels_of(kind.fields), lines=len(sheet.lines))
    plan.notes += sheet.notes
    _judge_header(plan, kind, sheet, found)
    if plan.errors or plan.open_questions:
        return plan
    if not sheet.lines:
        plan.errors.append(Problem("The file has a header and no line below it."))
        return plan
    lines = _once(sheet.lines, plan)
    orders = cells.orders_of(_days(kind, found, lines))
    order = _ask_order(plan, orders, desk)
    if order is None:
        return plan
    rows = [row for line in lines if (row := _row(kind, found, line, order, plan))]
    inner = kind.plan(rows, desk)
    return _joined(plan, inner)


def _joined(plan: Plan, inner: Plan) -> Plan:
    """Put what was said of header and cells before what the kind's own rules say."""
    inner.lines = plan.lines
    inner.errors = sorted(plan.errors + inner.errors, key=lambda problem: problem.line)
    inner.warnings = sorted(plan.warnings + inner.warnings, key=lambda problem: problem.line)
    inner.notes = plan.notes + inner.notes
    inner.questions = plan.questions + inner.questions
    return inner


def _judge_header(plan: Plan, kind: Kind, sheet: Sheet, found: Matching) -> None:
    for head in sheet.header:
        if reason := kind.forbidden.get(fold(head)):
            plan.errors.append(Problem(reason, sheet.header_line, head))
    for head in found.doubled:
        plan.errors.append(
            Problem("a column that holds the same is there already", sheet.header_line, head)
        )
    free = [field for field in kind.fields if field.name not in found.places]
    choices = (*((f.name, f.label) for f in free), (LEAVE_OUT, "Leave it out"))
    unknown = [head for head in found.unknown if head and fold(head) not in kind.forbidden]
    for head in unknown:
        plan.questions.append(
            Question(COLUMNS, head, f"What does the column “{head}” hold?", choices)
        )
        if not found.missing:
            plan.warnings.append(Problem("is not used", sheet.header_line, "", head))
    for field in found.missing:
        reason = f"The column “{field.label}” is missing. The file has: {_listed(sheet.header)}."
        hint = " If one of them holds it under another name, say which." if unknown else ""
        plan.errors.append(Problem(reason + hint))


def _listed(header: Iterable[str]) -> str:
    return ", ".join(f"“{head}”" for head in header if head)


def _once(lines: Iterable[Line], plan: Plan) -> list[Line]:
    """Return the lines without exact repetitions, which are said and do no harm."""
    seen: dict[tuple[str, ...], int] = {}
    kept = []
    for line in lines:
        first = seen.setdefault(line.cells, line.number)
        if first == line.number:
            kept.append(line)
        else:
            reason = f"says the same as line {first}, and counts once"
            plan.warnings.append(Problem(reason, line.number))
    return kept


def _days(kind: Kind, found: Matching, lines: Iterable[Line]) -> Iterable[str]:
    places = [found.places[f.name] for f in kind.fields if f.is_day and f.name in found.places]
    return (line.cells[place] for line in lines for place in places)


def _ask_order(plan: Plan, orders: Orders, desk: Desk) -> DayOrder | None:
    """Return how days in numbers are meant; ask where the file does not show it."""
    if not orders.is_open:
        return orders.order
    given = desk.answer(DAYS, DAYS)
    example = orders.either_way or "03/04/2026"
    first = cells.day(example, DayOrder.MONTH_FIRST)
    second = cells.day(example, DayOrder.DAY_FIRST)
    plan.questions.append(
        Question(
            DAYS,
            DAYS,
            f"Is {example} {first:%B} {first.day} or {second:%B} {second.day}?",
            (
                (DayOrder.MONTH_FIRST.value, f"{first:%B} {first.day}: the month comes first"),
                (DayOrder.DAY_FIRST.value, f"{second:%B} {second.day}: the day comes first"),
            ),
            given,
            "Every day of the file is read the same way.",
            is_open=given not in set(DayOrder),
        )
    )
    return DayOrder(given) if given in set(DayOrder) else None


def _row(kind: Kind, found: Matching, line: Line, order: DayOrder, plan: Plan) -> Row | None:
    """Read the cells of a line; nothing if one of them is in error, which is then said."""
    if len(line.cells) > found.width:
        reason = (
            f"has {len(line.cells)} cells, more than the header. A text that holds the separator "
            "has to stand in quotation marks"
        )
        plan.errors.append(Problem(reason, line.number))
        return None
    values: dict[str, Any] = {}
    for field in kind.fields:
        if field.name not in found.places:
            continue
        text = line.cells[found.places[field.name]]
        try:
            values[field.name] = _value(field, text, order)
        except BadCell as error:
            plan.errors.append(Problem(str(error), line.number, field.label, text))
    is_whole = len(values) == sum(1 for field in kind.fields if field.name in found.places)
    return Row(line.number, values) if is_whole else None


def _value(field: Field, text: str, order: DayOrder) -> Any:
    if not text:
        if field.is_filled:
            raise BadCell("is empty")
        return field.default
    return field.parse(text) if field.parse else cells.day(text, order)
