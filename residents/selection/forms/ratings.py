"""What reviewers fill in: the rubric, or why they step back; and who reviews what."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms

from qipathway.core.accounts.models import User
from qipathway.core.lib.forms import HouseForm

from ...models import Program
from ..models import HIGHEST, LOWEST, Rating
from ..reads.assigning import EACH, Assignment
from ..reads.ranking import WORDS

LABELS = {"passion": "Passion for QI", "initiative": "Initiative", "independence": "Independence"}
ANCHORS = {
    "passion": (
        "Says that it matters",
        "Is curious, has not tried",
        "Took part in an improvement",
        "Keeps at it over months",
        "Pulls others along",
    ),
    "initiative": (
        "Waits to be asked",
        "Helps when asked",
        "Starts small things",
        "Starts and finishes",
        "Changed how work is done",
    ),
    "independence": (
        "Needs each step set",
        "Needs help often",
        "Follows a plan alone",
        "Makes the plan",
        "Leads, and asks in time",
    ),
}
"""What each score of the rubric means, from the lowest to the highest."""

READERS = "The program director, and the other reviewer once both ratings are in."


def _criterion(name: str) -> forms.TypedChoiceField:
    scores = range(LOWEST, HIGHEST + 1)
    field = forms.TypedChoiceField(
        label=LABELS[name],
        choices=[(score, str(score)) for score in scores],
        coerce=int,
        widget=forms.RadioSelect,
    )
    field.details = dict(zip(scores, ANCHORS[name], strict=True))  # type: ignore[attr-defined]  # ours
    return field


class RatingForm(HouseForm):
    """The rubric: three scores, and a comment if there is something to say."""

    passion = _criterion("passion")
    initiative = _criterion("initiative")
    independence = _criterion("independence")
    comment = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-shortcut": "c", "data-shortcut-focus": ""}),
    )
    readers: Mapping[str, str] = {"comment": READERS}

    def __init__(self, *args: Any, rating: Rating, **kwargs: Any) -> None:
        initial = {name: getattr(rating, name) for name in (*WORDS, "comment")}
        super().__init__(*args, initial=initial, **kwargs)
        for name in WORDS:
            self.fields[name].error_messages["required"] = (
                f"Score {LABELS[name].lower().replace('qi', 'QI')} from {LOWEST} to {HIGHEST}."
            )

    @property
    def scores(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in WORDS}


class ConflictForm(HouseForm):
    """Why somebody steps back."""

    reason = forms.CharField(
        label="What ties you to this applicant?",
        max_length=200,
        help_text="One line is enough. For example: I am their continuity-clinic preceptor.",
    )
    readers: Mapping[str, str] = {"reason": "The program director can read this."}


class ReviewerForm(HouseForm):
    """Somebody who is to review applications."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who", empty_label="Choose one person"
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = User.objects.filter(grants__in=program.grants.active(), is_active=True)
        field = cast("forms.ModelChoiceField", self.fields["person"])
        field.queryset = known.distinct().order_by("family_name", "given_name", "pk")


class AssignForm(HouseForm):
    """Two reviewers for each application, filled in with what is there and what is proposed."""

    def __init__(
        self,
        *args: Any,
        assignments: Sequence[Assignment],
        reviewers: Iterable[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.assignments = assignments
        people = {person.pk: person.name for person in reviewers}
        for row in assignments:
            chosen = [*row.reviewers, *row.proposed]
            for place in range(EACH):
                held = chosen[place] if place < len(chosen) else None
                self.fields[_name(row, place)] = _choice(row, place, held, people)

    @property
    def rows(self) -> list[tuple[Assignment, list[forms.BoundField]]]:
        """Each application with its two fields, as the page draws them."""
        return [
            (row, [self[_name(row, place)] for place in range(EACH)]) for row in self.assignments
        ]

    @property
    def chosen(self) -> dict[int, list[int]]:
        """The people chosen, by the id of the application."""
        return {
            row.application.pk: [
                key for place in range(EACH) if (key := self.cleaned_data[_name(row, place)])
            ]
            for row in self.assignments
        }


def _name(row: Assignment, place: int) -> str:
    return f"reviewer-{row.application.uid}-{place + 1}"


def _choice(
    row: Assignment, place: int, held: int | None, people: Mapping[int, str]
) -> forms.TypedChoiceField:
    """Return the choice of one reviewer; one who has handed in is the only one to choose."""
    options: list[tuple[int | str, str]] = [("", "Nobody yet")]
    options += [(key, name) for key, name in people.items() if key not in row.excluded]
    if held is not None and held in row.done:
        options = [(held, f"{people.get(held, 'A former reviewer')} (in)")]
    return forms.TypedChoiceField(
        label=f"Reviewer {place + 1} of {row.application.resident.person.name}",
        choices=options,
        coerce=int,
        empty_value=None,
        required=False,
        initial=held,
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )
