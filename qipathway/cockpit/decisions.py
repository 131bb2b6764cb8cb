"""What stands above the board: the sentence, the decisions and the numbers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list

from capstone.states import Stage, number
from qipathway.core.accounts.models import User
from residents.models import Program
from residents.rules import directs

from .standing import OPEN_PROJECT, READ_CHECK_IN, Reason, Standing
from .words import counted, year_name

DECIDE_FROM = 50
CARDS, NAMED = 3, 4
"""Source: the design of the cockpit, up to three cards."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A card: one resident and the weightiest reason why somebody must act."""

    standing: Standing
    reason: Reason
    why: str
    sub: str
    url: str
    action_url: str
    action_label: str
    snooze_url: str

    @property
    def evidence(self) -> list[dict[str, str]]:
        return [{"icon": icon, "text": text} for icon, text in self.reason.evidence]


def decisions(
    viewer: User,
    program: Program,
    everybody: Sequence[Standing],
    put_off: Collection[tuple[int, str]],
) -> list[Decision]:
    """Return who needs a decision, the weightiest first, without what the viewer put off.

    ``put_off`` names it by resident and kind of reason.
    """
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
    here = [program.slug, resident.uid]
    url = reverse("cockpit:record", args=here)
    action_url = _action_url(standing, reason, viewer, program)
    return Decision(
        standing=standing,
        reason=reason,
        why=reason.sentence_for(viewer_directs=bool(directs.test(viewer, program))),
        sub=f"{year_name(standing.pgy)} · {resident.get_track_display()}",
        url=url,
        action_url=action_url or url,
        action_label=reason.act if action_url else "Open record",
        snooze_url=reverse("cockpit:snooze", args=[*here, reason.kind]),
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


def board_heading(
    everybody: Sequence[Standing], cards: Sequence[Decision], *, directs: bool
) -> dict[str, object]:
    """Return what stands above the board, by the names its template uses."""
    return {
        "lead": board_lead(everybody, cards, directs=directs),
        "cards": cards[:CARDS],
        "more": more_words(cards[CARDS:]),
        "stats": board_stats(everybody),
    }


def more_words(rest: Sequence[Decision]) -> str:
    """Name who needs a decision beyond the cards; none when the cards are all of them."""
    if not rest:
        return ""
    names = [card.standing.resident.person.name for card in rest]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
    verb = "needs" if len(rest) == 1 else "need"
    return f"{get_text_list(names, 'and')} {verb} a decision too."


def board_lead(everybody: Sequence[Standing], cards: Sequence[Decision], *, directs: bool) -> str:
    """Say how many need a decision, and what else is true; only a director decides in person."""
    whose = " from you" if directs else ""
    if not everybody:
        return "Nobody is on the pathway yet."
    people = counted(len(everybody)).lower()
    if not cards:
        return f"Nobody of the {people} residents needs a decision{whose} today."
    verb = "needs" if len(cards) == 1 else "need"
    watched = sum(bool(s.reasons) for s in everybody) - len(cards)
    rest = f" {counted(watched)} more to watch." if watched > 0 else " Nothing else is overdue."
    return f"{counted(len(cards))} of {people} residents {verb} a decision{whose}.{rest}"


def board_stats(everybody: Sequence[Standing]) -> list[dict[str, object]]:
    """Return the four numbers of the strip, each with the whole that it belongs to."""
    total = len(everybody)
    stages = [s.capstone.number for s in everybody if s.capstone and s.capstone.number is not None]
    attended = sum(s.classes.attended for s in everybody)
    required = sum(s.classes.required for s in everybody)
    waiting = sum(s.classes.homework_waiting for s in everybody)
    late = sum(not s.is_checked_in for s in everybody)
    held = number(Stage.EVENT_HELD)
    past = sum(stage > held for stage in stages)
    return [
        _stat("On plan", sum(s.is_on_plan for s in everybody), total, "No reason to watch"),
        _stat(
            "Checked in on time",
            total - late,
            total,
            f"{counted(late)} overdue" if late else "None overdue",
        ),
        _stat("Classes attended", attended, required, f"{_pieces(waiting)} to answer"),
        _stat("Capstones past the event", past, len(stages), "Of the projects opened so far"),
    ]


def _pieces(count: int) -> str:
    return "One piece of homework" if count == 1 else f"{counted(count)} pieces of homework"


def _stat(label: str, value: int, of: int, note: str) -> dict[str, object]:
    return {"label": label, "value": value, "of": of, "note": note}
