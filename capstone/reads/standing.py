"""Where one project stands: its gate in words, and who has the ball."""

from dataclasses import dataclass
from typing import Any

from residents.reads import Tied, sponsors_of

from ..gates import Ball, Facts, Gate, Need, capital, gate_for
from ..models import Project
from ..remeasures import Remeasure, following, remeasures
from ..requirements import BASELINE, remeasures_in
from ..screening import NAMES, result
from ..states import Stage


@dataclass(frozen=True, slots=True)
class Line:
    """One need of a gate as a page lists it: who can act, and where.

    What is not ``kept`` is done on paper so far.
    """

    text: str
    done: bool
    who: str
    page: str
    anchor: str
    why: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a project's stage still needs, told to ``viewer``, whom the words call "you".

    ``gate`` is none once the project is closed.
    """

    stage: Stage
    gate: Gate | None
    resident_name: str
    sponsor: Tied | None = None
    viewer: Ball | None = None
    remeasures: tuple[Remeasure, ...] = ()

    @property
    def waits_for_signature(self) -> bool:
        """Everything is there but the sponsor's hand."""
        missing = self.gate.missing if self.gate else ()
        return [need.key for need in missing] == ["signature"]

    @property
    def next(self) -> Line | None:
        """What is to be done next, by whom; nothing once the project is closed."""
        need = self.gate.next if self.gate else None
        return self._line(need) if need else None

    @property
    def is_mine(self) -> bool:
        """The viewer is the one who can act next."""
        need = self.gate.next if self.gate else None
        return need is not None and need.ball == self.viewer

    @property
    def sentence(self) -> str:
        """Where it stands in one sentence, for the head of a page."""
        if self.waits_for_signature:
            return f"The charter is complete and waits for {self.holder(Ball.SPONSOR)} to sign it."
        return self.gate.sentence if self.gate else "Closed and handed over."

    @property
    def remeasure(self) -> Remeasure | None:
        """What is to be measured next after the event, while the project waits for it."""
        waits = self.stage in {Stage.IMPLEMENTING, Stage.REMEASURED}
        return following(self.remeasures) if waits else None

    @property
    def met(self) -> str:
        """How much of the gate is there: "5 of 7"."""
        return f"{sum(line.done for line in self.lines)} of {len(self.lines)}"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The whole gate, what is met and what is not."""
        return tuple(self._line(need) for need in (self.gate.needs if self.gate else ()))

    @property
    def is_whole(self) -> bool:
        """The whole list is kept here, and nothing of it on paper only."""
        return all(line.kept for line in self.lines)

    def holder(self, ball: Ball) -> str:
        """Return the name behind a role of this project; the role where nobody holds it."""
        if ball == self.viewer:
            return "you"
        if ball == Ball.YOU:
            return self.resident_name
        if ball == Ball.SPONSOR and self.sponsor:
            return self.sponsor.name
        return f"the {ball.value}"

    def _line(self, need: Need) -> Line:
        return Line(
            text=need.text,
            done=need.is_met,
            who=capital(self.holder(need.ball)),
            page=need.page,
            anchor=need.anchor,
            why=need.why,
            kept=need.is_kept,
        )


def standing_of(
    row: Any, sponsor: Tied | None, resident_name: str, viewer: Ball | None = None
) -> Standing:
    """Compute where a project stands from a row or model ``with_standing``; no query."""
    facts = facts_of(row, sponsor.name if sponsor else "")
    gate = gate_for(row.state, facts)
    return Standing(Stage(row.state), gate, resident_name, sponsor, viewer, facts.remeasures)


def standing_of_project(project: Project, viewer: Ball | None = None) -> Standing:
    """Read where one project stands now; two queries beside the resident's name."""
    row = Project.objects.with_standing().get(pk=project.pk)
    sponsor = sponsors_of([row.resident_id]).get(row.resident_id)
    return standing_of(row, sponsor, project.resident.person.name, viewer)


def facts_of(row: Any, sponsor: str) -> Facts:
    """Return what the gates look at."""
    answers = dict(zip(NAMES, row.answers, strict=True))
    return Facts(
        has_process=row.has_process,
        has_scope=row.has_scope,
        owner=full_name(row.owner_given, row.owner_family),
        has_reason=row.has_reason,
        sponsor=sponsor,
        screen=result(answers),
        answered=sum(answer is not None for answer in row.answers),
        irb_decided=row.irb_decided,
        signer=full_name(row.signer_given, row.signer_family),
        baseline=row.baseline or 0,
        baseline_needed=row.baseline_needed,
        few_explained=row.few_explained,
        baseline_settled=BASELINE in row.settled,
        remeasures=remeasures_of(row),
    )


def remeasures_of(row: Any) -> tuple[Remeasure, ...]:
    """Return the remeasures of a project ``with_standing``: done, settled or still asked for."""
    settled = remeasures_in(row.settled)
    return remeasures(row.event_on, row.remeasure_days or (), row.last_after, settled)


def full_name(given: str | None, family: str | None) -> str:
    """Return a person's name from its parts, as ``User.name`` writes it."""
    return f"{given or ''} {family or ''}".strip()
