"""What residents fill in: an idea, a process, the charter, the self-screen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms

from qipathway.core.lib.forms import HouseForm, HouseFormMixin, HouseModelForm, day_input
from residents.models import Leader

from ..models import Charter, Project, Screen
from ..models.charter import AREA, PROCESS
from ..screening import NAMES, QUESTIONS, Question
from ..services import CHARTER_FIELDS
from ..states import IrbOutcome

YES_OR_NO = (("yes", "Yes"), ("no", "No"))
ONE_LINE = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose saved words are others than those just typed."""

    label: str
    saved: str
    anchor: str


class UnfinishedMixin(HouseFormMixin):
    """A form that can be saved at any time: ``needed`` fields may still be empty then.

    They are only drawn as fields that are not optional, because a gate asks for them.
    """

    use_required_attribute = False
    needed: Collection[str] = ()

    def full_clean(self) -> None:
        """Clean what is there and ask for nothing."""
        self._mark(needed=False)
        super().full_clean()
        self._mark(needed=True)

    def _mark(self, *, needed: bool) -> None:
        for name in self.needed:
            self.fields[name].required = needed


class IdeaForm(HouseForm):
    """The idea with which a capstone opens."""

    title = forms.CharField(
        label="Your idea in a few words",
        max_length=ONE_LINE,
        required=False,
        help_text="What gets in the way of good care where you work? You can change it later. "
        "For example: patients wait hours for a bed that is already clean.",
    )


class ProcessForm(HouseForm):
    """The choice of one process."""

    area = forms.CharField(
        max_length=AREA,
        help_text="The unit, clinic or team where it happens. For example: 7 East.",
    )
    process = forms.CharField(
        max_length=PROCESS,
        help_text="What happens to the patient or the item, not how you would fix it. "
        "For example: discharge order to departure.",
    )


class CharterForm(UnfinishedMixin, HouseModelForm):
    """The charter, saved however little of it is written.

    ``version`` is the one whose words the writer saw, so that a second tab overwrites nothing.
    """

    needed = CHARTER_FIELDS[:6]
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Charter
        fields = CHARTER_FIELDS
        labels = {
            "first_step": "It starts when",
            "last_step": "It ends when",
            "process_owner": "Process owner",
            "aim": "Aim",
        }
        help_texts = {
            "area": "The unit, clinic or team where it happens. For example: 7 East.",
            "process": "What happens to the patient or the item, not how you would fix it. "
            "For example: discharge order to departure.",
            "first_step": "A moment you can see and time. For example: the discharge order is "
            "signed.",
            "last_step": "The same for the end. For example: the patient leaves the unit.",
            "process_owner": "The one person who runs it day to day, and still will when you have "
            "moved on. Somebody missing? The program office can add them.",
            "why_it_matters": "Who waits, walks or worries because of it, and what you saw "
            "yourself. For example: patients ready at ten go home after lunch, and their beds "
            "are missing in the emergency department.",
            "aim": "How much better, for whom, by when; a first guess is fine. For example: from "
            "170 to 105 minutes for patients who go home, by June.",
            "measure": "The one number that would tell you it got better. For example: median "
            "minutes from order to departure, each week.",
        }
        widgets = {
            "why_it_matters": forms.Textarea(attrs={"rows": 5}),
            "aim": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        charter = project.charter
        initial = {"version": charter.version, **kwargs.pop("initial", {})}
        super().__init__(*args, instance=charter, initial=initial, **kwargs)
        leaders = Leader.objects.filter(program=project.program_id).select_related("person")
        owner = cast("forms.ModelChoiceField", self.fields["process_owner"])
        owner.queryset = leaders.order_by("-owns_processes", "person__family_name", "pk")
        owner.empty_label = "Choose one person"
        self._mark(needed=True)

    def read_by(self, readers: str) -> None:
        """Say beside the long texts who reads them."""
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.reader = readers  # type: ignore[attr-defined]  # ours

    @property
    def written(self) -> dict[str, Any]:
        """What was written, by field of the charter, and over which version."""
        fields = {name: self.cleaned_data[name] for name in CHARTER_FIELDS}
        return {"fields": fields, "version": self.cleaned_data["version"]}

    @property
    def kept(self) -> dict[str, str | int | None]:
        """What of it is fit to be kept as a draft: what has no error, in plain values."""
        clean = {name: self.cleaned_data.get(name) for name in CHARTER_FIELDS}
        return {
            name: value.pk if isinstance(value, Leader) else value
            for name, value in clean.items()
            if name in self.cleaned_data
        }

    def differences(self, theirs: Charter) -> list[Difference]:
        """Return where the saved words are others than those typed here."""
        return [
            Difference(str(self[name].label), str(saved or "Empty"), f"div_id_{name}")
            for name in CHARTER_FIELDS
            if (saved := getattr(theirs, name)) != self.cleaned_data.get(name)
        ]


class ScreenForm(UnfinishedMixin, HouseForm):
    """The six questions of the self-screen, and what the IRB decided where it is asked."""

    needed = NAMES
    irb_outcome = forms.ChoiceField(
        label="What the IRB decided",
        choices=[("", "No answer yet"), *IrbOutcome.choices],
        required=False,
    )
    irb_decided_on = forms.DateField(
        label="Day of its decision",
        required=False,
        widget=day_input(),
    )

    def __init__(self, *args: Any, screen: Screen, today: date, **kwargs: Any) -> None:
        answers = {True: "yes", False: "no", None: ""}
        initial: dict[str, Any] = {name: answers[value] for name, value in screen.answers.items()}
        initial |= {"irb_outcome": screen.irb_outcome, "irb_decided_on": screen.irb_decided_on}
        super().__init__(*args, initial=initial, **kwargs)
        self.today = today
        self.asks_irb = screen.asks_irb
        if not self.asks_irb:
            del self.fields["irb_outcome"], self.fields["irb_decided_on"]
        self.fields = {question.name: _asked(question) for question in QUESTIONS} | self.fields

    @property
    def questions(self) -> list[forms.BoundField]:
        """The six, as a page draws them."""
        return [self[name] for name in NAMES]

    def clean(self) -> dict[str, Any]:
        """Ask for the day with the decision, and for the decision with the day."""
        cleaned = super().clean() or self.cleaned_data
        outcome, day = cleaned.get("irb_outcome"), cleaned.get("irb_decided_on")
        if day and day > self.today:
            self.add_error("irb_decided_on", "This day is in the future.")
        if outcome and not day and "irb_decided_on" not in self.errors:
            self.add_error("irb_decided_on", "Give the day on which the IRB decided.")
        if day and not outcome:
            self.add_error("irb_outcome", "Choose what the IRB decided on that day.")
        return cleaned

    @property
    def answers(self) -> dict[str, bool | None]:
        """The answers by question; ``None`` for those not given yet."""
        return {name: self.cleaned_data[name] for name in NAMES}

    @property
    def irb(self) -> dict[str, Any]:
        """What the IRB decided and when, as far as it was asked."""
        cleaned = self.cleaned_data
        return {
            "irb_outcome": cleaned.get("irb_outcome", ""),
            "irb_decided_on": cleaned.get("irb_decided_on"),
        }


def _asked(question: Question) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question.text,
        help_text=question.meaning,
        choices=YES_OR_NO,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
