"""What the preview says, cut to what a page can show."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qipathway.core.lib.words import plural

from .kinds import Kind
from .plan import Act, Change, Plan, Problem
from .reads import Preview

SHOWN = 100
TONES = {Act.NEW: "ok", Act.CHANGED: "info", Act.REMOVED: "warn"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the table of changes."""

    act: str
    tone: str
    title: str
    place: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A preview as a page shows it: the first of everything, and how much more there is."""

    kind: Kind | None
    plan: Plan
    lead: str
    button: str
    stats: tuple[dict[str, object], ...]
    changes: tuple[ChangeLine, ...]
    errors: Sequence[Problem]
    warnings: Sequence[Problem]

    @property
    def is_asking(self) -> bool:
        """Whether an answer is needed, or may help with what is wrong."""
        return bool(self.plan.open_questions or (self.errors and self.plan.questions))

    @property
    def more_changes(self) -> int:
        return len(self.plan.changes) - len(self.changes)

    @property
    def more_errors(self) -> int:
        return len(self.plan.errors) - len(self.errors)

    @property
    def more_warnings(self) -> int:
        return len(self.plan.warnings) - len(self.warnings)


def preview_page(seen: Preview) -> PreviewPage:
    """Return what the page of a preview shows."""
    plan = seen.plan
    ready = seen.kind is not None and plan.is_ready
    return PreviewPage(
        kind=seen.kind,
        plan=plan,
        lead=lead(seen),
        button=f"Bring in {plural(len(plan.changes), 'change')}" if ready and plan.changes else "",
        stats=tuple(
            {"label": label, "value": plan.counts[name]}
            for name, label in (
                ("new", "New"),
                ("changed", "Changed"),
                ("removed", "Removed"),
                ("unchanged", "Unchanged"),
            )
        )
        if ready
        else (),
        changes=tuple(map(_line, plan.changes[:SHOWN])) if ready else (),
        errors=plan.errors[:SHOWN],
        warnings=plan.warnings[:SHOWN],
    )


def lead(seen: Preview) -> str:
    """Say in one sentence where a file stands."""
    plan = seen.plan
    if seen.kind is None:
        return "The columns do not show what this file is. Say it, and look again."
    if plan.errors:
        refused = f"{plural(len(plan.errors), 'error')}, so nothing can be brought in."
        if seen.waits_for:
            first = " and ".join(seen.waits_for)
            return f"{refused} This file comes after: {first}. Bring in what comes before it first."
        return f"{refused} Correct the file and send it again."
    if plan.open_questions:
        return (
            "One thing has to be known first."
            if len(plan.open_questions) == 1
            else (f"{len(plan.open_questions)} things have to be known first.")
        )
    if not plan.changes:
        return "0 changes: everything in this file is here already."
    return "Nothing has happened yet. This is what the file would change."


def marked_rows(seen: Preview) -> Iterator[list[str]]:
    """Yield the file's rows with what is wrong with each in a last column."""
    wrong: dict[int, list[str]] = defaultdict(list)
    for problem in seen.plan.errors:
        wrong[problem.line].append(": ".join(filter(None, (problem.column, problem.words))))
    sheet = seen.sheet
    yield [*sheet.header, "Errors"]
    if general := [*wrong.pop(0, ()), *wrong.pop(sheet.header_line, ())]:
        yield [*([""] * len(sheet.header)), "; ".join(general)]
    for line in sheet.lines:
        width = max(len(sheet.header), len(line.cells))
        cells = [*line.cells, *([""] * (width - len(line.cells)))]
        yield [*cells, "; ".join(wrong.get(line.number, ()))]


def _line(change: Change) -> ChangeLine:
    return ChangeLine(
        change.act.value,
        TONES[change.act],
        change.title,
        f"line {change.line}" if change.line else "not in the file",
        tuple(f"{label}: {before} → {after}" for label, before, after in change.fields),
    )
