"""What the pathway asks of a resident, and how much of it a signature settles. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from .states import SettlementKind


@dataclass(frozen=True, slots=True)
class Settled:
    """How much of one requirement the director has signed for: credited, and waived."""

    credited: int = 0
    waived: int = 0

    @property
    def total(self) -> int:
        return self.credited + self.waived

    @property
    def words(self) -> str:
        """Say it within a sentence: "1 credited, 2 waived"; nothing of nothing."""
        said = ((self.credited, "credited"), (self.waived, "waived"))
        return ", ".join(f"{count} {word}" for count, word in said if count)


UNSETTLED = Settled()
Settlements = Mapping[str, Settled]
"""What is settled of each requirement of one resident, by its key."""
NOTHING_SETTLED: Settlements = MappingProxyType({})


class Signed(Protocol):
    """What a settlement says of itself, however it was read."""

    requirement: str
    kind: str
    amount: int


def tally(rows: Iterable[Signed]) -> Settlements:
    """Add up what stands for one resident."""
    found: dict[str, Settled] = {}
    for row in rows:
        so_far = found.get(row.requirement, UNSETTLED)
        is_credit = row.kind == SettlementKind.CREDIT
        found[row.requirement] = Settled(
            so_far.credited + row.amount * is_credit, so_far.waived + row.amount * (not is_credit)
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that the pathway asks of a resident, as the app that counts it knows it.

    ``key`` is its name for good, ``text`` how a page calls it. ``done`` is what was recorded as it
    happened and never includes what is settled; of that, ``shared`` was credited to a requirement
    that is a part of this one. ``refusal`` says why it cannot be settled now.
    What is entered as done on a page of its own names that page as ``entered_at``, and its
    ``entered_uid``; it takes no credit here.
    """

    key: str
    text: str
    group: str
    wanted: int
    done: int
    settled: Settled = UNSETTLED
    shared: int = 0
    refusal: str = ""
    is_waivable: bool = True
    entered_at: str = ""
    entered_uid: str = ""

    @property
    def left(self) -> int:
        return max(0, self.wanted - self.done - self.settled.total)

    @property
    def takes_credit(self) -> bool:
        return not self.entered_at

    @property
    def count(self) -> str:
        """Say how much there is: "1 of 3 done, 1 credited, 1 waived"."""
        done = f"{min(self.done, self.wanted)} of {self.wanted} done"
        return f"{done}, {self.settled.words}" if self.settled.total else done
