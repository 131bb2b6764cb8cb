"""Why a mentee needs their coach: the cases, the weightiest first. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from mentorship.reads import Mentee
from mentorship.states import Mood
from qipathway.core.lib.dates import short_day

from .standing import Standing, silent_limit
from .words import counted, gap_tone

NEEDS_FROM = 40
NOT_THE_COACHS = frozenset({"no_coach", "no_check_in", "capstone_silent"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """Homework of one resident that waits for the coach's answer."""

    count: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the wall knows of one mentee. ``silence`` counts days while the clock ran."""

    mentee: Mentee
    standing: Standing
    waiting: Waiting
    silence: int
    today: date
    is_over: bool

    @property
    def name(self) -> str:
        return self.mentee.resident.person.given_name

    @property
    def slug(self) -> str:
        return self.mentee.resident.program.slug

    @property
    def check_in_url(self) -> str:
        uid = self.mentee.facts.next_uid
        return reverse("cockpit:check-in", args=[self.slug, uid]) if uid else ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that stands in the way: how much, in which words, and the one button.

    Without ``url`` the button opens the form that plans a check-in.
    """

    weight: int
    tone: str
    flag: str
    sentence: str
    act: str
    url: str


def needs(known: Known) -> list[Need]:
    """Return everything that stands in the way of a mentee, the weightiest first."""
    return sorted(_cases(known), key=lambda need: -need.weight)


def _cases(known: Known) -> Iterator[Need]:
    yield from _check_in(known)
    yield from _words(known)
    yield from _reviews(known)
    yield from _promises(known)
    yield from _silence(known)
    record = known.mentee.resident.get_absolute_url()
    for reason in known.standing.reasons:
        if reason.kind in NOT_THE_COACHS or reason.kind.startswith("asked_director"):
            continue
        yield Need(
            reason.weight - 20, reason.tone, reason.flag, reason.sentence, "Open record", record
        )


def _check_in(known: Known) -> Iterator[Need]:
    facts, gap = known.mentee.facts, known.mentee.gap
    if known.is_over and facts.next_on:
        said = f"The check-in of {short_day(facts.next_on)} is not recorded yet."
        yield Need(100, "risk", "To record", said, "Record it", known.check_in_url)
    elif facts.next_on == known.today:
        said = f"You meet today at {facts.next_clock:%H:%M}. The agenda is ready."
        yield Need(95, "info", "Today", said, "Open check-in", known.check_in_url)
    elif gap > known.standing.limit:
        tone = gap_tone(gap, known.standing.limit)
        met = f"No check-in for {gap} days; every {known.standing.limit} is the plan."
        if facts.next_on:
            said = f"{met} The next is on {short_day(facts.next_on)}."
            yield Need(60, tone, "Overdue", said, "Open check-in", known.check_in_url)
        else:
            yield Need(90, tone, "Overdue", f"{met} None is planned.", "Plan a check-in", "")
    elif facts.next_on is None:
        said = "No next check-in is planned."
        yield Need(45, "warn", "Not planned", said, "Plan a check-in", "")


def _words(known: Known) -> Iterator[Need]:
    if not known.mentee.has_written:
        return
    day = known.mentee.facts.next_on
    if day:
        said = f"{known.name} wrote to you before the check-in of {short_day(day)}."
        yield Need(85, "warn", "Wrote to you", said, "Read it", known.check_in_url)
    else:
        said = f"{known.name} wrote to you, and no check-in is planned."
        yield Need(92, "warn", "Wrote to you", said, "Plan a check-in", "")


def _reviews(known: Known) -> Iterator[Need]:
    count, longest = known.waiting.count, known.waiting.longest
    if not count:
        return
    what = "Homework has" if count == 1 else f"{count} pieces of homework have"
    since = f"{longest} days" if longest > 1 else "since yesterday" if longest else "since today"
    tone = "risk" if longest > 7 else "warn"
    url = reverse("curriculum:review-queue", args=[known.slug])
    yield Need(80, tone, "To review", f"{what} waited {since} for your answer.", "Review", url)


def _promises(known: Known) -> Iterator[Need]:
    facts = known.mentee.facts
    if facts.overdue_commitments:
        count = facts.overdue_commitments
        what = "One promise is" if count == 1 else f"{count} promises are"
        act = "Open check-in" if known.check_in_url else "Plan a check-in"
        yield Need(
            50, "warn", "Promise late", f"{what} past the day agreed on.", act, known.check_in_url
        )
    if facts.mood == Mood.STALLED and facts.last_held:
        said = f"The project had stalled at the check-in of {short_day(facts.last_held)}."
        act = "Open check-in" if known.check_in_url else "Plan a check-in"
        yield Need(48, "risk", "Stalled", said, act, known.check_in_url)


def _silence(known: Known) -> Iterator[Need]:
    """Source: silent is nothing happening for 30 clock days, a setting of the version."""
    limit = silent_limit(known.mentee.membership, known.standing.capstone, known.today)
    if known.silence <= limit:
        return
    said = f"Nothing was recorded for {known.silence} days; ICU, nights and leave not counted."
    record = known.mentee.resident.get_absolute_url()
    yield Need(65, "warn", "Silent", said, "Open record", record)


def wall_lead(wanting: Sequence[str], everybody: int) -> str:
    """Say how many need the coach, and who comes first; ``wanting`` are their given names."""
    if not everybody:
        return "Nobody is assigned to you yet."
    people = "mentee" if everybody == 1 else "mentees"
    if not wanting:
        return f"{counted(everybody)} {people}, and nobody waits for you."
    first = wanting[0]
    if everybody == 1:
        return f"{first} needs you."
    all_of_them = counted(everybody).lower()
    if len(wanting) == everybody:
        return f"All {all_of_them} mentees need you. Start with {first}."
    verb = "needs" if len(wanting) == 1 else "need"
    return f"{counted(len(wanting))} of {all_of_them} {people} {verb} you. Start with {first}."
