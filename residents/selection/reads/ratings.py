"""What a reviewer works through, and what they may read of each other."""

from dataclasses import dataclass

from qipathway.core.accounts.models import User

from ...models import Program
from ..models import Application, Rating
from ..states import DECIDABLE
from .ranking import WORDS

LONG = (
    "comment",
    *(f"application__{name}" for name in WORDS),
    "application__resident__career_interest",
    "application__resident__specialty",
)
"""What a queue does not show, so that it is not read."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A reviewer's ratings of one program, open ones first; the order never changes by itself."""

    ratings: list[Rating]

    @property
    def handed_in(self) -> int:
        return sum(rating.is_in for rating in self.ratings)

    @property
    def progress(self) -> str:
        """Say how far it has come: "12 of 30"."""
        return f"{self.handed_in} of {len(self.ratings)}"

    @property
    def lead(self) -> str:
        """Say in one sentence how far it has come, and what can be done."""
        total, left = len(self.ratings), len(self.ratings) - self.handed_in
        if not total:
            return "You are asked by letter when there is something to read."
        if not left:
            done = f"Everything is in: {total} of {total}."
            return f"{done} You can change a rating until decisions are released."
        return f"You have {left} of {total} left: read, score by the rubric, go on to the next."

    @property
    def first_open(self) -> Rating | None:
        return next((each for each in self.ratings if not each.is_in), None)

    def place_of(self, rating: Rating) -> int:
        """Return where in the queue a rating stands, from 1."""
        return [each.pk for each in self.ratings].index(rating.pk) + 1

    def before(self, rating: Rating) -> Rating | None:
        place = self.place_of(rating)
        return self.ratings[place - 2] if place > 1 else None

    def after(self, rating: Rating) -> Rating | None:
        place = self.place_of(rating)
        return self.ratings[place] if place < len(self.ratings) else None

    def next_open(self, rating: Rating) -> Rating | None:
        """Return the next one that is not in, going round from the end to the start."""
        place = self.place_of(rating)
        ahead = [*self.ratings[place:], *self.ratings[: place - 1]]
        return next((each for each in ahead if not each.is_in), None)


def queue_of(program: Program, user: User) -> Queue:
    """Read what somebody was asked to rate and can still rate, by applicant; one query."""
    mine = Rating.objects.visible_to(user).filter(program=program)
    mine = mine.filter(application__state__in=DECIDABLE).select_related(
        "program", "application__resident__person"
    )
    return Queue(
        list(
            mine.order_by(
                "application__round__opens_at",
                "application__resident__person__family_name",
                "application__resident__person__given_name",
                "pk",
            ).defer(*LONG)
        )
    )


def others_revealed(rating: Rating) -> list[Rating]:
    """Read the other reviewer's rating, once both are in; nothing before that; one query."""
    same = Rating.objects.revealed().filter(application=rating.application_id)
    return list(same.exclude(pk=rating.pk).select_related("reviewer"))


@dataclass(frozen=True, slots=True)
class Opinions:
    """What a director reads of an application's reviewers; no score before both are in."""

    revealed: list[Rating]
    hidden: list[Rating]
    awaited: list[User]
    too_close: list[Rating]

    @property
    def words(self) -> str:
        """Say why there is no score to read."""
        if self.awaited:
            names = " and ".join(person.name for person in self.awaited)
            return f"Scores are hidden until both are in; awaited from {names}."
        if self.hidden:
            return "The score that is in stays hidden until a second reviewer has given theirs."
        return "Nobody was asked to read this yet."


def opinions_on(application: Application) -> Opinions:
    """Read who thinks what of an application, who has yet to say, and who stepped back.

    Two queries. What is not revealed is read without its scores and its comment.
    """
    same = Rating.objects.filter(application=application).select_related("reviewer")
    same = same.order_by("reviewer__family_name", "reviewer__given_name", "pk")
    known = list(same.revealed())
    others = list(same.exclude(pk__in=[each.pk for each in known]).defer(*WORDS, "comment"))
    for each in others:
        each.application = application
    return Opinions(
        revealed=known,
        hidden=[each for each in others if each.is_in],
        awaited=[each.reviewer for each in others if not (each.conflict or each.is_in)],
        too_close=[each for each in others if each.conflict],
    )
