"""Who would get what letter if decisions were released now."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from ..models import Application, Round
from ..states import DECIDABLE, Decision
from .ranking import scores_of


@dataclass(frozen=True, slots=True)
class Letters:
    """The decisions of a round as they would be released, and what would stop that.

    ``seen`` is a fingerprint: what is released is what was previewed, or nothing.
    """

    offered: list[Application]
    wait_listed: list[Application]
    declined: list[Application]
    undecided: int
    free: int

    @property
    def all(self) -> list[Application]:
        return [*self.offered, *self.wait_listed, *self.declined]

    @property
    def seen(self) -> str:
        parts = sorted(
            f"{each.uid} {each.decision} {each.decided_at and each.decided_at.isoformat()}"
            for each in self.all
        )
        return sha256("\n".join([*parts, str(self.free)]).encode()).hexdigest()

    @property
    def problem(self) -> str:
        """Say in words why these cannot be released, or nothing."""
        if not self.all:
            return "Nothing is decided yet, so there is nothing to release."
        if len(self.offered) > max(self.free, 0):
            places = "place" if self.free == 1 else "places"
            return (
                f"{len(self.offered)} would be offered {max(self.free, 0)} free {places}. "
                "Wait-list some of them, or raise the seats of the round."
            )
        return ""


def letters_of(round_: Round, *, lock: bool = False) -> Letters:
    """Read who would get what, best rated first; four queries. ``lock`` holds them until commit."""
    rows = round_.applications.decided().select_related("resident__person").by_name()
    found = list(rows.select_for_update(of=("self",)) if lock else rows)
    scores = scores_of(round_)
    ordered = sorted(found, key=lambda each: -scores[each.pk].mean if each.pk in scores else 0)
    waiting = round_.applications.filter(state__in=DECIDABLE).count()
    return Letters(
        offered=_with(Decision.OFFER, ordered),
        wait_listed=_with(Decision.WAIT_LIST, ordered),
        declined=_with(Decision.DECLINE, ordered),
        undecided=waiting - len(found),
        free=round_.seats - round_.applications.seated().count(),
    )


def _with(decision: Decision, applications: Iterable[Application]) -> list[Application]:
    return [each for each in applications if each.decision == decision]
