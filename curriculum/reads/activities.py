"""How far residents have come with Systems-Based Practice and with the leaders they meet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY, monday_of
from residents.models import Block, Leave, PathwayVersion, Program, Resident
from residents.reads import place_of, settled_in
from residents.requirements import NOTHING_SETTLED, UNSETTLED, Settled, Settlements
from residents.states import RotationKind

from ..models import Activity, StandUp
from ..requirements import (
    EVENTS,
    FLOW_TOURS,
    LEADER_MEETINGS,
    OTHER_LEADERS,
    PHYSICIAN_LEADERS,
    PSA_MEETINGS,
    QUALITY_LEADERS,
    REPORT_OUTS,
    SBP_EVENTS,
    STAND_UPS,
    credited_too,
)
from ..states import ActivityKind

FRIDAY = 4
DAYS_OF_A_WEEK = 3
"""A week asks for its stand-up and report-out when so many of its working days are on SBP."""

PSA_TEXT, QUALITY_TEXT = "PSA resolution meeting", "Meetings with quality leaders"
K = ActivityKind
Fact = tuple[str, date, bool, bool]
"""Kind, day, and of a leader who was met: physician, quality leader."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the pathway asks for: how often it was done, of how often it is wanted.

    ``settled`` is what was credited or waived; ``shared`` of it was credited to a part of this.
    ``days`` are those on which it was done, in order, of what the three years ask for.
    """

    kind: str
    key: str
    text: str
    done: int
    wanted: int
    settled: Settled = UNSETTLED
    shared: int = 0
    note: str = ""
    days: tuple[date, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.done + self.settled.total >= self.wanted and not self.note

    @property
    def is_settled(self) -> bool:
        """Whether it is met by a credit or a waiver, and not by what was done here alone."""
        return self.is_done and self.done < self.wanted

    @property
    def count(self) -> str:
        done = f"{min(self.done, self.wanted)} of {self.wanted}"
        return ", ".join(filter(None, (self.note or done, self.settled.words)))


@dataclass(frozen=True, slots=True)
class Rotation:
    """The SBP rotations of a resident: the weeks they ask for, when they begin and end."""

    weeks: frozenset[date] = frozenset()
    days: frozenset[date] = frozenset()
    first: date | None = None
    last: date | None = None

    def is_on(self, day: date) -> bool:
        return day in self.days


@dataclass(frozen=True, slots=True)
class SbpProgress:
    """Where a resident stands with what SBP asks for (``lines``) and what the three years do.

    ``among`` says which kinds the leaders of the three years have to be of.
    """

    rotation: Rotation
    lines: tuple[Line, ...]
    years: tuple[Line, ...]
    among: tuple[Line, ...] = ()
    this_week: frozenset[str] = frozenset()
    is_on: bool = False

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def settled(self) -> int:
        """How many of the lines are met by a credit or a waiver."""
        return sum(line.is_settled for line in self.lines)

    @property
    def count(self) -> str:
        """Say how much is done: "4 of 6"."""
        return f"{self.done} of {len(self.lines)}{self._signed}"

    @property
    def words(self) -> str:
        """Say it within a sentence: "4 of 6 done"."""
        return f"{self.done} of {len(self.lines)} done{self._signed}"

    @property
    def _signed(self) -> str:
        return f", {self.settled} of them credited or waived" if self.settled else ""

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.lines)

    def is_over(self, today: date) -> bool:
        return self.rotation.last is not None and self.rotation.last < today


def sbp_for_board(
    program: Program,
    versions: Mapping[int, PathwayVersion],
    today: date,
    settled: Mapping[int, Settlements] | None = None,
) -> dict[int, SbpProgress]:
    """Read the progress of residents, each by their own version; four queries for any number.

    A page that has read what is ``settled`` hands it in, and saves one.
    """
    known = settled_in(program) if settled is None else settled
    return _progress(list(versions), versions, known, today)


def sbp_progress(resident: Resident, today: date) -> SbpProgress:
    """Read one resident's progress."""
    place = place_of(resident)
    version = place.cohort.version if place else PathwayVersion()
    settled = {resident.pk: resident.settled}
    return _progress([resident.pk], {resident.pk: version}, settled, today)[resident.pk]


def activities_of(resident: Resident, reader: User, *, limit: int = 60) -> list[Activity]:
    """Read what a resident logged, as far as ``reader`` may know it, the newest first."""
    seen = Activity.objects.visible_to(reader).filter(resident=resident)
    return list(seen.select_related("leader__person", "program", "resident")[:limit])


def usual_place(program: Program, kind: ActivityKind) -> str:
    """Return where such a thing took place last, as far as anybody wrote it down."""
    known = Activity.objects.filter(program=program, kind=kind).exclude(place="")
    place = known.order_by("-day", "-pk").values_list("place", flat=True).first()
    if place is None and kind == K.STAND_UP:
        stand_ups = StandUp.objects.filter(program=program)
        place = stand_ups.order_by("-starts_at").values_list("place", flat=True).first()
    return place or ""


def _progress(
    keys: list[int],
    versions: Mapping[int, PathwayVersion],
    settled: Mapping[int, Settlements],
    today: date,
) -> dict[int, SbpProgress]:
    stays: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    kinds = (RotationKind.SBP, RotationKind.LEAVE)
    blocks = Block.objects.filter(resident__in=keys, rotation__kind__in=kinds)
    for key, kind, start, end in blocks.values_list(
        "resident_id", "rotation__kind", "start", "end"
    ):
        stays[key].append((kind, start, end))
    leaves = Leave.objects.standing().filter(resident__in=keys)
    for key, first, last in leaves.values_list("resident_id", "first", "last"):
        stays[key].append((RotationKind.LEAVE, first, last or date.max))
    facts: dict[int, list[Fact]] = defaultdict(list)
    rows = Activity.objects.filter(resident__in=keys)
    for key, kind, day, physician, quality in rows.values_list(
        "resident_id", "kind", "day", "leader__is_physician", "leader__is_quality_leader"
    ):
        facts[key].append((kind, day, bool(physician), bool(quality)))
    return {
        key: _join(
            _rotation(stays[key]),
            facts[key],
            versions[key],
            settled.get(key, NOTHING_SETTLED),
            today,
        )
        for key in keys
    }


def _rotation(stays: Iterable[tuple[str, date, date]]) -> Rotation:
    """Return the days on SBP that leave does not take, and the weeks that are mostly SBP."""
    known = list(stays)
    away = [(start, end) for kind, start, end in known if kind == RotationKind.LEAVE]
    on = {
        day
        for kind, start, end in known
        if kind == RotationKind.SBP
        for day in (start + n * DAY for n in range((end - start).days + 1))
        if not any(first <= day <= last for first, last in away)
    }
    working: dict[date, int] = defaultdict(int)
    for day in on:
        working[monday_of(day)] += day.weekday() <= FRIDAY
    weeks = frozenset(week for week, count in working.items() if count >= DAYS_OF_A_WEEK)
    return Rotation(weeks, frozenset(on), min(on, default=None), max(on, default=None))


def _join(
    rotation: Rotation,
    facts: list[Fact],
    version: PathwayVersion,
    settled: Settlements,
    today: date,
) -> SbpProgress:
    """Count the facts. Pure."""
    week = monday_of(today)
    among = tuple(_among(facts, version, settled))
    return SbpProgress(
        rotation=rotation,
        lines=tuple(_sbp_lines(rotation, facts, version, settled)),
        years=tuple(_year_lines(facts, version, settled, among)),
        among=among,
        this_week=frozenset(kind for kind, day, *_ in facts if monday_of(day) == week),
        is_on=rotation.is_on(today),
    )


def _sbp_lines(
    rotation: Rotation, facts: list[Fact], version: PathwayVersion, settled: Settlements
) -> Iterable[Line]:
    """Yield what the rotation asks for. Source: requirements 22 to 27."""
    weeks = (
        (K.STAND_UP, STAND_UPS, "Stand-ups, one a week"),
        (K.REPORT_OUT, REPORT_OUTS, "Weekly report-out"),
    )
    kinds = Counter(kind for kind, *_ in facts)
    on_sbp = [fact for fact in facts if rotation.is_on(fact[1])]
    quality = sum(kind == K.LEADER_MEETING and is_quality for kind, _, _, is_quality in on_sbp)
    events = sum(kind == K.EVENT for kind, *_ in on_sbp)
    for kind, key, text in weeks:
        seen = {monday_of(day) for each, day, *_ in facts if each == kind}
        met = len(seen & rotation.weeks)
        yield Line(kind, key, text, met, len(rotation.weeks), settled.get(key, UNSETTLED))
    for kind, key, text, done, wanted in (
        (K.PSA_MEETING, PSA_MEETINGS, PSA_TEXT, kinds[K.PSA_MEETING], version.psa_meetings),
        (K.FLOW_TOUR, FLOW_TOURS, "Flow tour", kinds[K.FLOW_TOUR], version.flow_tours),
        (K.LEADER_MEETING, QUALITY_LEADERS, QUALITY_TEXT, quality, version.quality_leader_meetings),
        (K.EVENT, SBP_EVENTS, "Improvement event while on SBP", events, version.sbp_events),
    ):
        yield Line(kind, key, text, done, wanted, settled.get(key, UNSETTLED))


def _among(facts: list[Fact], version: PathwayVersion, settled: Settlements) -> Iterable[Line]:
    """Yield which kinds of leaders are to be among those who are met. Source: requirement 51."""
    met = [physician for kind, _, physician, _ in facts if kind == K.LEADER_MEETING]
    for key, text, done, wanted in (
        (PHYSICIAN_LEADERS, "Meetings with physician leaders", sum(met), version.physician_leaders),
        (OTHER_LEADERS, "Meetings with other leaders", len(met) - sum(met), version.other_leaders),
    ):
        yield Line(K.LEADER_MEETING, key, text, done, wanted, settled.get(key, UNSETTLED))


def _year_lines(
    facts: list[Fact],
    version: PathwayVersion,
    settled: Settlements,
    among: Iterable[Line],
) -> Iterable[Line]:
    """Yield what the three years ask for; SBP counts too. Source: requirements 10, 11 and 51."""
    kinds = Counter(kind for kind, *_ in facts)
    met, wanted = kinds[K.LEADER_MEETING], version.leader_meetings
    missing = [
        f"{line.wanted - line.done - line.settled.total} {word} to go"
        for line, word in zip(among, ("physician", "other"), strict=True)
        if not line.is_done
    ]
    leaders, shared = credited_too(LEADER_MEETINGS, QUALITY_LEADERS, settled)
    note = ", ".join(missing) if met + leaders.total >= wanted else ""
    text = "Meetings with leaders"
    days = _days(facts, K.LEADER_MEETING)
    yield Line(K.LEADER_MEETING, LEADER_MEETINGS, text, met, wanted, leaders, shared, note, days)
    events, shared = credited_too(EVENTS, SBP_EVENTS, settled)
    text, wanted = "Improvement events", version.improvement_events
    days = _days(facts, K.EVENT)
    yield Line(K.EVENT, EVENTS, text, len(days), wanted, events, shared, days=days)


def _days(facts: list[Fact], kind: ActivityKind) -> tuple[date, ...]:
    return tuple(sorted(day for each, day, *_ in facts if each == kind))
