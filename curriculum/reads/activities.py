"""How far residents have come with Systems-Based Practice and with the leaders they meet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY, monday_of
from residents.models import Block, Leave, PathwayVersion, Program, Resident
from residents.reads import version_for
from residents.states import RotationKind

from ..models import Activity, StandUp
from ..states import ActivityKind

FRIDAY = 4
DAYS_OF_A_WEEK = 3
"""A week asks for its stand-up and report-out when so many of its working days are on SBP."""

K = ActivityKind
Fact = tuple[str, date, bool, bool]
"""Kind, day, and of a leader who was met: physician, quality leader."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the pathway asks for: how often it was done, of how often it is wanted."""

    kind: str
    text: str
    done: int
    wanted: int
    note: str = ""

    @property
    def is_done(self) -> bool:
        return self.done >= self.wanted and not self.note

    @property
    def count(self) -> str:
        return self.note or f"{min(self.done, self.wanted)} of {self.wanted}"


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
    """Where a resident stands with what SBP asks for (``lines``) and what the three years do."""

    rotation: Rotation
    lines: tuple[Line, ...]
    years: tuple[Line, ...]
    this_week: frozenset[str] = frozenset()
    is_on: bool = False

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.lines)

    def is_over(self, today: date) -> bool:
        return self.rotation.last is not None and self.rotation.last < today


def sbp_for_board(
    program: Program, versions: Mapping[int, PathwayVersion], today: date
) -> dict[int, SbpProgress]:
    """Read the progress of residents, each by their own version; four queries for any number."""
    return _progress(list(versions), versions, today)


def sbp_progress(resident: Resident, today: date) -> SbpProgress:
    """Read one resident's progress."""
    version = version_for(resident) or PathwayVersion()
    return _progress([resident.pk], {resident.pk: version}, today)[resident.pk]


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
    keys: list[int], versions: Mapping[int, PathwayVersion], today: date
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
    return {key: _join(_rotation(stays[key]), facts[key], versions[key], today) for key in keys}


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
    rotation: Rotation, facts: list[Fact], version: PathwayVersion, today: date
) -> SbpProgress:
    """Count the facts. Pure."""
    week = monday_of(today)
    return SbpProgress(
        rotation=rotation,
        lines=tuple(_sbp_lines(rotation, facts, version)),
        years=tuple(_year_lines(facts, version)),
        this_week=frozenset(kind for kind, day, *_ in facts if monday_of(day) == week),
        is_on=rotation.is_on(today),
    )


def _sbp_lines(rotation: Rotation, facts: list[Fact], version: PathwayVersion) -> Iterable[Line]:
    """Yield what the rotation asks for. Source: requirements 22 to 27."""
    for kind, text in ((K.STAND_UP, "Stand-ups, one a week"), (K.REPORT_OUT, "Weekly report-out")):
        seen = {monday_of(day) for each, day, *_ in facts if each == kind}
        yield Line(kind, text, len(seen & rotation.weeks), len(rotation.weeks))
    psa = sum(kind == K.PSA_MEETING for kind, *_ in facts)
    yield Line(K.PSA_MEETING, "PSA resolution meeting", psa, version.psa_meetings)
    tours = sum(kind == K.FLOW_TOUR for kind, *_ in facts)
    yield Line(K.FLOW_TOUR, "Flow tour", tours, version.flow_tours)
    on_sbp = [fact for fact in facts if rotation.is_on(fact[1])]
    met = sum(kind == K.LEADER_MEETING and quality for kind, _, _, quality in on_sbp)
    wanted = version.quality_leader_meetings
    yield Line(K.LEADER_MEETING, "Meetings with quality leaders", met, wanted)
    events = sum(kind == K.EVENT for kind, *_ in on_sbp)
    yield Line(K.EVENT, "Improvement event while on SBP", events, version.sbp_events)


def _year_lines(facts: list[Fact], version: PathwayVersion) -> Iterable[Line]:
    """Yield what the three years ask for. Source: requirements 10, 11 and 51."""
    met = [physician for kind, _, physician, _ in facts if kind == K.LEADER_MEETING]
    physicians, others = sum(met), len(met) - sum(met)
    missing = [
        f"{wanted - found} {word} to go"
        for found, wanted, word in (
            (physicians, version.physician_leaders, "physician"),
            (others, version.other_leaders, "other"),
        )
        if found < wanted
    ]
    enough = len(met) >= version.leader_meetings
    note = ", ".join(missing) if enough else ""
    yield Line(K.LEADER_MEETING, "Meetings with leaders", len(met), version.leader_meetings, note)
    events = sum(kind == K.EVENT for kind, *_ in facts)
    yield Line(K.EVENT, "Improvement events", events, version.improvement_events)
