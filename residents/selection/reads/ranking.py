"""Who stands where in the eyes of their reviewers, and where the seats end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from ..models import Application, Rating, Round
from ..states import DECIDABLE, SEATED, UNSENT, ApplicationState

WIDE = Fraction(1)
"""Two reviewers whose means lie this far apart, on a rubric of 1 to 5, have seen two people."""

WORDS = ("passion", "initiative", "independence")


@dataclass(frozen=True, slots=True)
class Score:
    """What the ratings of one application come to, once all of them are in."""

    mean: Fraction
    spread: Fraction

    @property
    def is_wide(self) -> bool:
        return self.spread >= WIDE

    @property
    def mean_words(self) -> str:
        return f"{float(self.mean):.2f}"

    @property
    def spread_words(self) -> str:
        return f"{float(self.spread):.2f}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the ranked list; ``is_last_seat`` draws the line under it."""

    application: Application
    score: Score
    rank: int
    is_tied: bool
    is_above: bool
    is_last_seat: bool

    @property
    def rank_words(self) -> str:
        """Return "3", or "3=" where several stand at the same place."""
        return f"{self.rank}=" if self.is_tied else str(self.rank)


@dataclass(frozen=True, slots=True)
class Unrated:
    """An application that cannot be ranked yet, and whose ratings are missing."""

    application: Application
    handed_in: int
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say what is awaited: "1 of 2 in, waits for Ana Oyelaran"."""
        if not self.missing:
            return "needs two reviewers" if not self.handed_in else "needs a second reviewer"
        total = self.handed_in + len(self.missing)
        return f"{self.handed_in} of {total} in, waits for {' and '.join(self.missing)}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """A round as its director sees it. ``free`` may be below zero after seats were lowered."""

    ranked: list[Ranked]
    unrated: list[Unrated]
    settled: list[Application]
    seats: int
    free: int
    hidden: int

    @property
    def tie_on_the_line(self) -> bool:
        """Whether the last seat and the one after it go to people of equal standing."""
        lines = zip(self.ranked, self.ranked[1:], strict=False)
        return any(a.is_last_seat and a.rank == b.rank for a, b in lines)

    @property
    def lead(self) -> str:
        """Say in one sentence where the round stands."""
        waiting = len(self.unrated)
        if not (self.ranked or self.unrated or self.settled):
            return "Nothing was handed in yet."
        free = f"{max(self.free, 0)} of {self.seats} seats are free."
        if not (self.ranked or self.unrated):
            return f"All are decided. {free}"
        missing = f", {waiting} not yet" if waiting else ""
        return f"{len(self.ranked)} rated by both reviewers{missing}. {free}"


def ranking_of(round_: Round) -> Ranking:
    """Read a round's ranked list; four queries. Nothing of it knows a career interest."""
    shown = list(applications_of(round_))
    scores = scores_of(round_)
    open_ones = [each for each in shown if each.state in DECIDABLE]
    free = round_.seats - sum(each.state in SEATED for each in shown)
    known = round_.applications.exclude(state__in=[*UNSENT, ApplicationState.WITHDRAWN]).count()
    return Ranking(
        ranked=rank([each for each in open_ones if each.pk in scores], scores, free),
        unrated=_unrated(round_, [each for each in open_ones if each.pk not in scores]),
        settled=sorted(
            (each for each in shown if each.state not in DECIDABLE),
            key=lambda each: (SETTLED.index(each.state), each.place_in_line or 0),
        ),
        seats=round_.seats,
        free=free,
        hidden=known - len(shown),
    )


SETTLED = (
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
    ApplicationState.ENROLLED,
    ApplicationState.WAIT_LISTED,
    ApplicationState.TURNED_DOWN,
    ApplicationState.DECLINED,
)


def applications_of(round_: Round) -> Iterable[Application]:
    """Ask for what was handed in and is still shown, by name, without its long words."""
    sent = round_.applications.shown().exclude(state__in=[*UNSENT, ApplicationState.WITHDRAWN])
    people = sent.select_related("resident__person", "decided_by")
    return people.defer(*WORDS, "resident__career_interest", "resident__specialty").by_name()


def scores_of(round_: Round) -> dict[int, Score]:
    """Read what the ratings come to, by application; only where all of them are in."""
    rows = Rating.objects.of_round(round_).revealed().values_list("application_id", *WORDS)
    means: dict[int, list[Fraction]] = defaultdict(list)
    for application, *scores in rows:
        means[application].append(Fraction(sum(scores), len(scores)))
    return {
        application: Score(sum(each, Fraction(0)) / len(each), max(each) - min(each))
        for application, each in means.items()
    }


def rank(
    applications: Sequence[Application], scores: Mapping[int, Score], free: int
) -> list[Ranked]:
    """Put applications in the order of their means; equal means share a place."""
    ordered = sorted(applications, key=lambda each: scores[each.pk].mean, reverse=True)
    lines: list[Ranked] = []
    for _, same in groupby(ordered, key=lambda each: scores[each.pk].mean):
        group, first = list(same), len(lines) + 1
        for each in group:
            place = len(lines) + 1
            lines.append(
                Ranked(
                    application=each,
                    score=scores[each.pk],
                    rank=first,
                    is_tied=len(group) > 1,
                    is_above=place <= free,
                    is_last_seat=place == free,
                )
            )
    return lines


def _unrated(round_: Round, applications: Iterable[Application]) -> list[Unrated]:
    """Say of each who has not handed in; no score is read."""
    asked = Rating.objects.of_round(round_).without_conflict()
    asked = asked.select_related("reviewer", "application").only(
        "submitted_at", "application__submitted_at", "reviewer__given_name", "reviewer__family_name"
    )
    rows: dict[int, list[Rating]] = defaultdict(list)
    for rating in asked:
        rows[rating.application_id].append(rating)
    return [
        Unrated(
            application=each,
            handed_in=sum(rating.is_in for rating in rows[each.pk]),
            missing=tuple(rating.reviewer.name for rating in rows[each.pk] if not rating.is_in),
        )
        for each in applications
    ]
