"""Input for check-ins: when, what was said, what was promised."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms

from qipathway.core.lib.forms import CONFIRM, HouseForm, clock_input, day_input

from .models import LEARNED, MEDIUM, NOTE, PROMISE, WORDS, CheckIn, CoachNote, Commitment, Update
from .services import Outcome, Promise, Reading, Slot, Words
from .states import MEANING_OF_MOOD, READERS_OF_LEVEL, Mood, NoteLevel

PROMISES = range(3)
KEPT_AS_TYPED = (
    *("next_day", "next_clock", "medium"),
    *(f"{name}_{row}" for row in PROMISES for name in ("promise", "due")),
)
LOOKS = (
    ("mood", "details", MEANING_OF_MOOD),
    ("level", "details", READERS_OF_LEVEL),
    ("note", "private", True),
)
MORNING = time(9)


def words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SlotForm(HouseForm):
    """When and how two people meet."""

    day = forms.DateField(widget=day_input())
    clock = forms.TimeField(label="Time", widget=clock_input(), initial=MORNING)
    medium = forms.CharField(
        label="How or where",
        required=False,
        max_length=MEDIUM,
        widget=forms.TextInput(attrs={"placeholder": "by video"}),
    )

    def slot(self) -> Slot:
        """Return what was chosen."""
        return Slot(**{name: self.cleaned_data[name] for name in ("day", "clock", "medium")})


class UpdateForm(HouseForm):
    """What a resident wants their coach to know before they meet."""

    text = forms.CharField(label="What should your coach know?", max_length=WORDS, widget=words(3))


class CheckInForm(HouseForm):
    """The form of a check-in: how it goes, what was promised, what was learned, what comes next.

    ``page`` is a token of the page on which the form stands and ``version`` what that page had
    read, so that a draft saved from it is never in conflict with itself. ``suggested`` is the day
    by which the two should meet again: what is carried over is due then, if no day is planned.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.UUIDField(widget=forms.HiddenInput)
    answers = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    mood = forms.ChoiceField(
        label="How is the project going?",
        choices=Mood.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the project is going."},
    )
    done = forms.MultipleChoiceField(required=False)
    carry = forms.MultipleChoiceField(required=False)
    learned = forms.CharField(
        label="What did you learn together?",
        required=False,
        max_length=LEARNED,
        widget=words(4),
    )
    next_day = forms.DateField(label="Next check-in", required=False, widget=day_input())
    next_clock = forms.TimeField(label="Time", required=False, widget=clock_input())
    medium = forms.CharField(label="How or where", required=False, max_length=MEDIUM)
    note = forms.CharField(
        label="Coach’s own note", required=False, max_length=NOTE, widget=words(3)
    )
    level = forms.ChoiceField(
        label="Who may read the note",
        choices=NoteLevel.choices,
        widget=forms.RadioSelect,
    )
    ask_director = forms.BooleanField(required=False)

    def __init__(
        self,
        *args: Any,
        check_in: CheckIn,
        today: date,
        promised: Sequence[Commitment] = (),
        updates: Sequence[Update] = (),
        note: CoachNote | None = None,
        suggested: date,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(check_in, updates, note, suggested)
        name = check_in.resident.person.given_name
        reader = f"{name}, later coaches and the program director can read this."
        super().__init__(*args, readers={"learned": reader}, **kwargs)
        self.today, self.suggested = today, suggested
        self.fields.update(_promise_fields())
        self._offer("done", promised)
        self._offer("carry", promised)
        self._offer("answers", updates)
        for field, says, value in LOOKS:
            setattr(self.fields[field], says, value)

    def _offer(self, name: str, things: Sequence[Commitment | Update]) -> None:
        """Let a field name these things by their uid, and no others."""
        field = cast("forms.MultipleChoiceField", self.fields[name])
        field.choices = [(str(each.uid), each.text) for each in things]

    def clean_next_day(self) -> date | None:
        day: date | None = self.cleaned_data["next_day"]
        if day and day <= self.today:
            raise forms.ValidationError("The next check-in must come after today.")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for row in PROMISES:
            text, due = data.get(f"promise_{row}"), data.get(f"due_{row}")
            if text and not due and f"due_{row}" not in self.errors:
                self.add_error(f"due_{row}", "Give a day by which it will be done.")
            if text and due and due < self.today:
                self.add_error(f"due_{row}", "That day has passed. Choose a later one.")
        return data

    @property
    def says_what_was_read(self) -> bool:
        """Whether the page told which version it had read, without which nothing is kept."""
        return {"version", "page"} <= self.cleaned_data.keys()

    @property
    def is_suspect(self) -> bool:
        """Whether it may point to a patient and nobody has said yet that it does not."""
        return CONFIRM in self.fields and not self[CONFIRM].data

    @property
    def promise_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows in which new promises are written: what, and by when."""
        return [(self[f"promise_{row}"], self[f"due_{row}"]) for row in PROMISES]

    def recorded(self) -> dict[str, Any]:
        """Return the arguments of ``record_check_in`` that come from the page."""
        words = (self.cleaned_data[name] for name in ("mood", "learned", "note", "level"))
        return {"reading": self.reading(), "words": Words(*words), "outcome": self.outcome()}

    def drafted(self) -> dict[str, Any]:
        """Return the arguments of ``save_check_in``: what stands in the form, complete or not."""
        mood, level = self["mood"].data, self["level"].data
        words = Words(
            mood if mood in Mood.values else "",
            (self["learned"].data or "")[:LEARNED],
            (self["note"].data or "")[:NOTE],
            level if level in NoteLevel.values else NoteLevel.MINE.value,
        )
        typed = {name: (self[name].data or "")[:PROMISE] for name in KEPT_AS_TYPED}
        ticked = {name: self[name].data for name in ("done", "carry")}
        return {"reading": self.reading(), "words": words, "rest": {**typed, **ticked}}

    def reading(self) -> Reading:
        """Return what the writer's page had read."""
        return Reading(self.cleaned_data["version"], self.cleaned_data["page"])

    def outcome(self) -> Outcome:
        """Return what became of promises, and what comes next."""
        data = self.cleaned_data
        carried_to = data["next_day"] or self.suggested
        done = frozenset(UUID(uid) for uid in data["done"])
        return Outcome(
            answered=frozenset(UUID(uid) for uid in data["answers"]),
            done=done,
            carried={UUID(uid): carried_to for uid in data["carry"] if UUID(uid) not in done},
            promised=tuple(
                Promise(data[f"promise_{row}"], data[f"due_{row}"])
                for row in PROMISES
                if data[f"promise_{row}"]
            ),
            next_slot=self._next_slot(),
            ask_director=data["ask_director"],
        )

    def _next_slot(self) -> Slot | None:
        day = self.cleaned_data["next_day"]
        if day is None:
            return None
        clock = self.cleaned_data["next_clock"] or MORNING
        return Slot(day, clock, self.cleaned_data["medium"])


def _promise_fields() -> dict[str, forms.Field]:
    """Return the fields of the rows in which new promises are written."""
    fields: dict[str, forms.Field] = {}
    for row in PROMISES:
        label = "Another commitment" if row else "Next commitment"
        fields[f"promise_{row}"] = forms.CharField(label=label, required=False, max_length=PROMISE)
        fields[f"due_{row}"] = forms.DateField(label="Due", required=False, widget=day_input())
    return fields


def _initial(
    check_in: CheckIn, updates: Sequence[Update], note: CoachNote | None, suggested: date
) -> dict[str, Any]:
    """Return what the form opens with: the draft where there is one, else what is likely."""
    return {
        "version": check_in.version,
        "page": uuid4(),
        "answers": [str(each.uid) for each in updates],
        "mood": check_in.mood,
        "learned": check_in.learned,
        "note": note.body if note else "",
        "level": note.level if note else NoteLevel.MINE.value,
        "next_day": suggested,
        "next_clock": check_in.clock,
        "medium": check_in.medium,
        **{f"due_{row}": suggested for row in PROMISES},
        **check_in.draft,
    }
