"""Input for classes, homework and stand-ups."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from crispy_forms.layout import Div, Layout
from django import forms

from qipathway.core.files.forms import MultipleUploadField, UploadField
from qipathway.core.lib.forms import HouseForm, HouseModelForm, clock_input, day_input
from residents.models import Leader, Program, Resident

from .models import Course, Homework, Session, StandUp
from .reads import Claim
from .services import Entry, Given
from .states import ActivityKind, ContributionKind

READERS = "coach, the class's instructor and the program office can read this."
REVIEWERS = f"Your {READERS}"
WRITER = f"The resident, their {READERS}"


ASKED: dict[ActivityKind, tuple[str, ...]] = {
    ActivityKind.STAND_UP: ("place",),
    ActivityKind.REPORT_OUT: ("place",),
    ActivityKind.PSA_MEETING: ("role", "note"),
    ActivityKind.FLOW_TOUR: ("place", "note"),
    ActivityKind.LEADER_MEETING: ("leader", "note"),
    ActivityKind.EVENT: ("place", "role"),
}
"""What the log of each kind asks for beside the day."""


class HomeworkForm(HouseModelForm):
    """What a resident writes and photographs; ``version`` is the one that they read."""

    readers = {"body": REVIEWERS}
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    files = MultipleUploadField(  # type: ignore[assignment]  # Django takes fields off the class
        label="Photos or documents",
        required=False,
        help_text="A photo of the sheet or whiteboard is enough. At most 5 at a time.",
    )

    class Meta:
        model = Homework
        fields = ["area", "body"]
        labels = {"area": "Where did you do it?", "body": "What did you see, and what follows?"}
        help_texts = {"area": "For example: discharge lounge, 7 East."}
        widgets = {"body": forms.Textarea(attrs={"rows": 9})}

    field_order = ["area", "body", "files", "version"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def saved(self) -> dict[str, Any]:
        """Return the arguments of ``save_homework`` that come from the page."""
        return {name: self.cleaned_data[name] for name in ("area", "body", "version", "files")}


class AcceptForm(HouseForm):
    readers = {"comment": WRITER}
    comment = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(HouseForm):
    """A return says what is missing."""

    readers = {"comment": WRITER}
    comment = forms.CharField(
        label="What would make it ready?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence what is missing."},
    )


class MoveForm(HouseModelForm):
    """A new time and place of a session."""

    class Meta:
        model = Session
        fields = ["day", "starts", "ends", "place"]
        widgets = {"day": day_input(), "starts": clock_input(), "ends": clock_input()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", f"It would end at {ends:%H:%M}, before it starts.")
        return data


class BookForForm(HouseForm):
    """Somebody is booked by who runs the program; ``may_override`` asks for a director's note."""

    resident = forms.ModelChoiceField(Resident.objects.none())
    note = forms.CharField(
        label="Why on time that is not protected?",
        required=False,
        max_length=200,
        help_text="Leave empty to keep to protected half days.",
    )

    def __init__(self, *args: Any, program: Program, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["note"]
        residents = Resident.objects.filter(program=program).on_pathway()
        chosen = cast(forms.ModelChoiceField, self.fields["resident"])
        chosen.queryset = residents.select_related("person").by_name()


class CompletionForm(HouseForm):
    """Classes that a resident did before this system: a day each, and what shows it."""

    evidence = forms.CharField(
        label="What shows it?",
        required=False,
        max_length=300,
        help_text="For example: certificate of the course, list of the education office.",
    )
    upload = UploadField(label="Its copy", required=False)
    sign = forms.BooleanField(
        label="I have seen the evidence, and sign this as program director.",
        error_messages={"required": "Nothing is recorded without your signature."},
    )
    readers = {"evidence": "The resident, their coach and the program office can read this."}

    def __init__(self, *args: Any, courses: Sequence[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = courses
        for course in courses:
            self.fields[f"day_{course.pk}"] = forms.DateField(
                label=course.title, required=False, widget=day_input()
            )
            self.fields[f"homework_{course.pk}"] = forms.BooleanField(
                label="Its homework was accepted too", required=False
            )

    def layout(self) -> Layout:
        """Return a line for each class, then what shows them all, then the signature."""
        lines = (
            Div(f"day_{course.pk}", f"homework_{course.pk}", css_class="q-claim")
            for course in self.courses
        )
        return Layout(Div(*lines, css_class="q-claims"), "evidence", "upload", "sign")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"day_{course.pk}") for course in self.courses):
            self.add_error(None, "Give the day of at least one class.")
        if not data.get("evidence") and not data.get("upload") and "upload" not in self.errors:
            self.add_error("evidence", "Say what shows it, or add a copy below.")
        return data

    def claims(self, resident: Resident) -> Iterator[Claim]:
        """Yield the classes that were given a day."""
        for course in self.courses:
            day = self.cleaned_data.get(f"day_{course.pk}")
            if day:
                yield Claim(resident, course, day, self.cleaned_data[f"homework_{course.pk}"])


class ActivityForm(HouseForm):
    """What one took part in; each kind asks for what its log needs and no more."""

    day = forms.DateField(label="On which day?", widget=day_input())
    place = forms.CharField(label="Where?", required=False, max_length=120)
    leader = forms.ModelChoiceField(Leader.objects.none(), label="Whom did you meet?")
    role = forms.CharField(max_length=80)
    note = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, *args: Any, kind: ActivityKind, program: Program, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id=f"id_{kind}_%s", initial={"day": today}, **kwargs)
        self.kind = kind
        for name in ("place", "leader", "role", "note"):
            if name not in ASKED[kind]:
                del self.fields[name]
        if "leader" in self.fields:
            met = cast(forms.ModelChoiceField, self.fields["leader"])
            leaders = Leader.objects.filter(program=program).select_related("person")
            met.queryset = leaders.order_by("person__family_name", "pk")
        if kind == ActivityKind.PSA_MEETING:
            self._keep_to_the_process()
        elif "role" in self.fields:
            self.fields["role"].label = "In which role did you take part?"
            self.fields["role"].help_text = "For example: team member, timekeeper."

    def _keep_to_the_process(self) -> None:
        """Ask for the week, the chair and the process, so that no case can be told from it."""
        self.fields["day"].label = "A day of that week"
        self.fields["day"].help_text = "Only the week is kept."
        self.fields["role"].label = "Which role had the chair?"
        self.fields["role"].help_text = "Not the name: for example, chief medical officer."
        note = self.fields["note"]
        note.required = True
        note.label = "What did you see of the process?"
        note.help_text = (
            "How the meeting worked: who was asked, how it was decided, what was followed up. "
            f"No case, patient or person. {note.help_text}"
        )
        cast(Any, note).reader = "You, your coach and the program director can read this."

    def entry(self) -> Entry:
        """Return what the page logs."""
        asked = ("day", *ASKED[self.kind])
        return Entry(kind=self.kind, **{name: self.cleaned_data[name] for name in asked})


class ContributionForm(HouseForm):
    """What a resident gave to others' learning, or to quality improvement of the residency."""

    kind = forms.ChoiceField(label="What was it?", choices=ContributionKind.choices)
    day = forms.DateField(label="On which day?", widget=day_input())
    what = forms.CharField(
        label="In a few words",
        required=False,
        max_length=200,
        help_text="For example: noon conference on run charts.",
    )
    with_whom = forms.CharField(label="With whom?", required=False, max_length=120)
    readers = {"what": "Your coach and everybody who oversees the program can read this."}

    def given(self) -> Given:
        """Return what the page logs."""
        said = self.cleaned_data
        kind = ContributionKind(said["kind"])
        return Given(kind, said["day"], said["what"], said["with_whom"])


class StandUpForm(HouseModelForm):
    class Meta:
        model = StandUp
        fields = ["day", "starts", "place"]
        widgets = {"day": day_input(), "starts": clock_input()}
