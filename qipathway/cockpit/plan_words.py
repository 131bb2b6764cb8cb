"""A plan in sentences, as a table, and as a picture. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString

from qipathway.core.charts import (
    Axis,
    Band,
    Gap,
    Lane,
    Table,
    as_table,
    chart_key,
    plan_chart,
)
from qipathway.core.lib.dates import DAY, full_day, short_day
from residents.training import RESIDENCY

from .plan import Item, Known, Plan
from .words import counted, leave_words, year_name

SAID_LATE = 3
QUARTER = 3
TITLE = "Plan over the months of residency"
MEANINGS = (
    ("span", "expected"),
    ("mark", "done on that day"),
    ("overdue", "late"),
    ("gap", "leave, or before joining"),
)
STATES = {"done": "Done", "late": "Late", "open": "Now", "ahead": "Ahead", "plain": "On paper"}


def plan_lead(plan: Plan) -> str:
    """Say the month, how many classes are done, and what is late or next."""
    known = plan.known
    return " ".join((_month(known), *_class_words(known), _late(plan)))


def _month(known: Known) -> str:
    today, resident = known.today, known.member.resident
    month = resident.month(today)
    if today < resident.starts_on:
        return f"Residency starts on {full_day(resident.starts_on)}."
    away = resident.away_on(today)
    aside = f", {leave_words(away, seen=today)}" if away else ""
    if month > RESIDENCY:
        return f"Month {month}, past the {RESIDENCY} of residency{aside}."
    return f"Month {month} of {RESIDENCY}{aside}."


def _class_words(known: Known) -> Iterator[str]:
    done, required = known.classes.complete, known.classes.required
    if required and done == required:
        yield "All classes and their homework are done."
    elif required:
        verb = "class is" if required == 1 else "classes is" if done == 1 else "classes are"
        yield f"{counted(done)} of {counted(required).lower()} {verb} done."


def _late(plan: Plan) -> str:
    today, late = plan.known.today, plan.late
    if late:
        said = [f"{i.said} expected by {short_day(i.by, seen=today)}" for i in late[:SAID_LATE]]
        more = len(late) - len(said)
        rest = f"; {more} more {'is' if more == 1 else 'are'} late" if more else ""
        words = f"{'; '.join(said)}{rest}."
        return f"{words[:1].upper()}{words[1:]}"
    if plan.next:
        return f"Nothing is late. Next: {plan.next.text}, by {short_day(plan.next.by, seen=today)}."
    return "Nothing is late."


def note(item: Item, today: date) -> str:
    """Say in a few words how one thing of the plan stands."""
    by = short_day(item.by, seen=today)
    part = f"{item.done} of {item.wanted}, " if item.wanted > 1 else ""
    signed = f", {item.signed} credited or waived" if item.signed else ""
    done = f"done {short_day(item.done_on, seen=today)}" if item.done_on else "done"
    return {
        "done": f"{done}{signed}",
        "late": f"{part}late since {by}",
        "open": f"{part}by {by}",
        "ahead": f"{part}from {short_day(item.since, seen=today)}",
        "plain": f"by {by}, on paper",
    }[item.state(today)]


def _count(item: Item) -> str:
    """Say how much of it is there, and how much of that on a signature."""
    if not item.is_kept:
        return ""
    signed = f", {item.signed} credited or waived" if item.signed else ""
    return f"{min(item.done, item.wanted)} of {item.wanted}{signed}"


def plan_table(plan: Plan) -> Table:
    """Return the whole plan as a table, so that nothing is said by the picture alone."""
    today = plan.known.today
    rows = (
        (
            item.text,
            short_day(item.since, seen=today),
            short_day(item.by, seen=today),
            STATES[item.state(today)],
            _count(item),
            short_day(item.counted[-1], seen=today) if item.counted else "",
        )
        for item in plan.items
    )
    columns = ("What", "From", "Late from", "Stands", "Done", "Last on")
    return as_table("What is expected when, and what was done when", columns, rows)


def plan_picture(plan: Plan, items: Sequence[Item] | None = None, *, uid: str) -> SafeString:
    """Draw the plan, or only some of it, along the resident's own three years."""
    known = plan.known
    shown = plan.items if items is None else items
    lanes = [_lane(item, known.today) for item in shown]
    return plan_chart(lanes, _axis(known), title=TITLE, description=plan_lead(plan), uid=uid)


def plan_key() -> SafeString:
    """Return what the signs of the picture mean."""
    return chart_key(MEANINGS)


def _lane(item: Item, today: date) -> Lane:
    return Lane(
        label=item.text,
        first=item.since.toordinal(),
        last=item.by.toordinal(),
        state=item.state(today),
        note=note(item, today),
        marks=tuple(day.toordinal() for day in item.counted),
    )


def _axis(known: Known) -> Axis:
    later = [known.training.year_begins(year, known.today) for year in (2, 3, 4)]
    begins = [known.training.starts_on, *later]
    bands = tuple(
        Band(first.toordinal(), last.toordinal(), year_name(year))
        for year, (first, last) in enumerate(pairwise(begins), 1)
        if first < last
    )
    first, last = begins[0].toordinal(), begins[-1].toordinal()
    months = range(1, RESIDENCY + 1, QUARTER)
    ticks = ((known.month(number).toordinal(), str(number)) for number in months)
    now = known.today.toordinal()
    return Axis(
        bands=bands,
        gaps=tuple(_gaps(known, begins[0])),
        ticks=tuple((max(place, first), label) for place, label in ticks),
        now=now if first <= now <= last else None,
    )


def _gaps(known: Known, start: date) -> Iterable[Gap]:
    if known.joined_on > start:
        yield Gap(start.toordinal(), known.joined_on.toordinal(), "Before joining the pathway")
    for absence in known.training.absences:
        last = absence.last or max(known.today, absence.first)
        words = f"Leave from {full_day(absence.first)} to {full_day(last)}"
        yield Gap(absence.first.toordinal(), (last + DAY).toordinal(), words)
