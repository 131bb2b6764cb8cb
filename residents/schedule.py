"""Protected half days, derived from blocks, clinic and holds. Pure: no database, no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from qipathway.core.lib.dates import DAY, SATURDAY, Half, short_day

from .states import PROTECTED_KINDS, QUIET_KINDS, RotationKind, in_sentence

REST_DAYS = 1
WORKING_DAYS = frozenset(range(5))
NIGHTS_BEFORE = timedelta(days=7)
"""How long before a day nights may have been of which somebody still rests: from then on the
schedule of a day is read."""


class Cause(StrEnum):
    """What takes a half day from learning."""

    WEEKEND = "weekend"
    NO_BLOCK = "no_block"
    LEAVE = "leave"
    ROTATION = "rotation"
    REST = "rest"
    CLINIC = "clinic"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of days, both ends included, on one rotation."""

    start: date
    end: date
    kind: str
    name: str

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Clinic:
    """A weekly half day of continuity clinic, and the kinds of rotation on which it happens."""

    weekday: int
    half: Half
    kinds: frozenset[str]

    def takes(self, day: date, half: Half, kind: str) -> bool:
        return (self.weekday, self.half) == (day.weekday(), half) and kind in self.kinds


@dataclass(frozen=True, slots=True)
class Hold:
    """A half day that somebody needs for something else."""

    day: date
    half: Half
    reason: str


@dataclass(frozen=True, slots=True)
class Voice:
    """How a reason names the resident: to themself, or to somebody who acts for them."""

    are: str = "you are"
    have: str = "you have"
    rest: str = "you rest"
    your: str = "your"


TO_THEMSELF = Voice()


def about(name: str) -> Voice:
    """Return the voice in which somebody else is told about a resident of that given name."""
    return Voice(f"{name} is", f"{name} has", f"{name} rests", f"{name}'s")


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A half day and, when it is not protected, the reason in words and what it comes from."""

    day: date
    half: Half
    reason: str = ""
    cause: Cause | None = field(default=None, compare=False)

    @property
    def is_protected(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True)
class Schedule:
    """One resident's blocks (leave overrides what it falls into), clinic and holds."""

    stays: tuple[Stay, ...] = ()
    clinics: tuple[Clinic, ...] = ()
    holds: tuple[Hold, ...] = ()
    working_days: frozenset[int] = WORKING_DAYS
    rest_days_after_nights: int = REST_DAYS

    def with_stay(self, stay: Stay) -> "Schedule":
        """Return the schedule with one more stay in it."""
        return replace(self, stays=merged((*self.stays, stay)))

    def with_changes(self, *, removed: Iterable[Stay], added: Iterable[Stay]) -> "Schedule":
        """Return the schedule without some of its stays, each taken out once, and with others."""
        left = list(self.stays)
        for stay in removed:
            if stay in left:
                left.remove(stay)
        return replace(self, stays=merged((*left, *added)))

    def with_kind(self, name: str, kind: str) -> "Schedule":
        """Return the schedule as it is if the rotation of that name is of another kind."""
        stays = (replace(s, kind=kind) if s.name == name else s for s in self.stays)
        return replace(self, stays=tuple(stays))

    def stay_on(self, day: date) -> Stay | None:
        """Return where the resident is on ``day``; leave wins over the block around it."""
        here = [stay for stay in self.stays if stay.covers(day)]
        return min(here, key=lambda stay: stay.kind != RotationKind.LEAVE, default=None)

    def half_day(self, day: date, half: Half, voice: Voice = TO_THEMSELF) -> HalfDay:
        """Tell whether a half day is protected for learning, and if not, why."""
        return HalfDay(day, half, *self._why_not(day, half, voice))

    def protected(self, start: date, end: date) -> Iterator[HalfDay]:
        """Yield the protected half days from ``start`` to ``end``, both included."""
        for offset in range((end - start).days + 1):
            for half in Half:
                found = self.half_day(start + offset * DAY, half)
                if found.is_protected:
                    yield found

    def pauses(self) -> list[tuple[date, date]]:
        """Return the stretches of ICU, nights and leave, during which clocks stand still."""
        return [(stay.start, stay.end) for stay in self.stays if stay.kind in QUIET_KINDS]

    def next_protected_block_end(self, day: date) -> date | None:
        """Return the last day of the first stay starting after ``day`` that protects time.

        A stay that leave, clinic and holds leave no half day of protects none.
        """
        later = (s for s in self.stays if s.kind in PROTECTED_KINDS and s.start > day)
        return min((s.end for s in later if any(self.protected(s.start, s.end))), default=None)

    def _why_not(self, day: date, half: Half, voice: Voice) -> tuple[str, Cause | None]:
        stay = self.stay_on(day)
        if day.weekday() not in self.working_days:
            is_usual = day.weekday() >= SATURDAY
            return f"it is {'a weekend' if is_usual else 'no working day'}", Cause.WEEKEND
        if stay is None:
            return "no block is scheduled on that day", Cause.NO_BLOCK
        if stay.kind == RotationKind.LEAVE:
            return f"{voice.are} on {in_sentence(stay.name)} that day", Cause.LEAVE
        if stay.kind not in PROTECTED_KINDS:
            return f"{voice.are} on {stay.name} until {short_day(stay.end)}", Cause.ROTATION
        return self._why_taken(day, half, stay.kind, voice)

    def _why_taken(
        self, day: date, half: Half, kind: str, voice: Voice
    ) -> tuple[str, Cause | None]:
        """Return what takes a half day within a block that protects time."""
        if self._rests(day):
            return f"{voice.rest} that day after nights", Cause.REST
        if any(clinic.takes(day, half, kind) for clinic in self.clinics):
            return f"{day:%A} {half.label.lower()} is {voice.your} continuity clinic", Cause.CLINIC
        for hold in self.holds:
            if (hold.day, hold.half) == (day, half):
                return f"that half day is kept for {hold.reason or 'something else'}", Cause.HOLD
        return "", None

    def _rests(self, day: date) -> bool:
        before = (day - n * DAY for n in range(1, self.rest_days_after_nights + 1))
        stays = (self.stay_on(earlier) for earlier in before)
        return any(stay and stay.kind == RotationKind.NIGHTS for stay in stays)


def merged(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """Return the stays in order of time."""
    return tuple(sorted(stays, key=lambda stay: (stay.start, stay.end)))
