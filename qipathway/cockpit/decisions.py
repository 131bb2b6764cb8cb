"""What stands above the board: the sentence, the decisions and the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from qipathway.core.accounts.models import User
from residents.models import Program

from .models import Snooze
from .standing import OPEN_PROJECT, READ_CHECK_IN, Reason, Standing

WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
YEARS = ("", "First year", "Second year", "Third year")
EVENT_HELD = 4
DECIDE_FROM = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """A card: one resident and the weightiest reason why somebody must act."""

    standing: Standing
    reason: Reason
    sub: str
    url: str
    action_url: str
    action_label: str
    snooze_url: str

    @property
    def evidence(self) -> list[dict[str, str]]:
        return [{"icon": icon, "text": text} for icon, text in self.reason.evidence]


def decisions(
    viewer: User, program: Program, everybody: Sequence[Standing], today: date
) -> list[Decision]:
    """Return who needs a decision, the weightiest first, without what the viewer put off."""
    put_off = set(
        Snooze.objects.filter(viewer=viewer, program=program, until__gt=today).values_list(
            "resident_id", "reason"
        )
    )
    found = []
    for standing in everybody:
        reasons = (r for r in standing.reasons if r.weight >= DECIDE_FROM)
        open_ = (r for r in reasons if (standing.resident.pk, r.kind) not in put_off)
        first = next(open_, None)
        if first:
            found.append(_decision(standing, first, viewer, program))
    return sorted(found, key=lambda card: -card.reason.weight)


def _decision(standing: Standing, reason: Reason, viewer: User, program: Program) -> Decision:
    resident = standing.resident
    url = reverse("cockpit:record", args=[program.slug, resident.uid])
    action_url = _action_url(standing, reason, viewer, program)
    return Decision(
        standing=standing,
        reason=reason,
        sub=f"{year_name(standing.pgy)} · {resident.get_track_display()}",
        url=url,
        action_url=action_url or url,
        action_label=reason.act if action_url else "Open record",
        snooze_url=reverse("cockpit:snooze", args=[program.slug, resident.uid, reason.kind]),
    )


def _action_url(standing: Standing, reason: Reason, viewer: User, program: Program) -> str:
    """Return where the reason's act is done, if the viewer may go there."""
    project, check_in = standing.capstone, standing.check_ins.last_uid
    if reason.act == OPEN_PROJECT and project and project.uid:
        may = viewer.has_perm("capstone.read_program_projects", program)
        return reverse("capstone:project", args=[program.slug, project.uid]) if may else ""
    if reason.act == READ_CHECK_IN and check_in:
        may = viewer.has_perm("mentorship.view_check_in", standing.resident)
        return reverse("cockpit:check-in", args=[program.slug, check_in]) if may else ""
    return ""


def year_name(pgy: int) -> str:
    """Return "Second year"; a fourth or later year is named by its number."""
    return YEARS[pgy] if pgy < len(YEARS) else f"Year {pgy}"


def board_lead(everybody: Sequence[Standing], cards: Sequence[Decision]) -> str:
    """Say how many need a decision, and what else is true."""
    if not everybody:
        return "Nobody is on the pathway yet."
    people = _count(len(everybody)).lower()
    if not cards:
        return f"Nobody of the {people} residents needs a decision from you today."
    verb = "needs" if len(cards) == 1 else "need"
    watched = sum(bool(s.reasons) for s in everybody) - len(cards)
    rest = f" {_count(watched)} more to watch." if watched > 0 else " Nothing else is overdue."
    return f"{_count(len(cards))} of {people} residents {verb} a decision from you.{rest}"


def _count(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)


def board_stats(everybody: Sequence[Standing]) -> list[dict[str, object]]:
    """Return the four numbers of the strip, each with the whole that it belongs to."""
    total = len(everybody)
    stages = [s.capstone.number for s in everybody if s.capstone and s.capstone.number is not None]
    attended = sum(s.classes.attended for s in everybody)
    required = sum(s.classes.required for s in everybody)
    waiting = sum(s.classes.homework_waiting for s in everybody)
    late = sum(not s.is_checked_in for s in everybody)
    past = sum(stage > EVENT_HELD for stage in stages)
    return [
        _stat("On plan", sum(s.is_on_plan for s in everybody), total, "No reason to watch"),
        _stat(
            "Checked in on time",
            total - late,
            total,
            f"{_count(late)} overdue" if late else "None overdue",
        ),
        _stat("Classes attended", attended, required, f"{_pieces(waiting)} to answer"),
        _stat("Capstones past the event", past, len(stages), "Of the projects that are open"),
    ]


def _pieces(count: int) -> str:
    return "One piece of homework" if count == 1 else f"{_count(count)} pieces of homework"


def _stat(label: str, value: int, of: int, note: str) -> dict[str, object]:
    return {"label": label, "value": value, "of": of, "note": note}
