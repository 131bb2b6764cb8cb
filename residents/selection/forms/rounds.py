"""Input for rounds: for whom, from when to when, and how many seats."""

from datetime import datetime, time
from typing import Any

from django import forms

from qipathway.core.lib.dates import at_local, local_date
from qipathway.core.lib.forms import HouseForm, day_input

from ...models import Cohort, Program
from ..models import Round

LAST_MINUTE = time(23, 59)
MOST_SEATS = 99


class WindowForm(HouseForm):
    """The window in whole days by the program's calendar, the seats, and a word of welcome."""

    opens_on = forms.DateField(label="Opens on", widget=day_input())
    closes_on = forms.DateField(
        label="Closes at the end of",
        widget=day_input(),
        help_text="Before or after residency starts.",
    )
    seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS)
    welcome = forms.CharField(
        label="A word to applicants",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands at the top of everybody’s page.",
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins, in words beside the field."""
        said: dict[str, Any] = super().clean() or {}
        opens, closes = said.get("opens_on"), said.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "Give a day that is not before the one on which it opens.")
        return said

    def window(self) -> tuple[datetime, datetime]:
        """Return the instants at which it opens and closes."""
        zone = self.program.zone
        opens = at_local(self.cleaned_data["opens_on"], time.min, zone)
        return opens, at_local(self.cleaned_data["closes_on"], LAST_MINUTE, zone)

    def changes(self) -> dict[str, Any]:
        """Return the arguments of the service that come from the page."""
        opens, closes = self.window()
        said = self.cleaned_data
        return {
            "opens_at": opens,
            "closes_at": closes,
            "seats": said["seats"],
            "welcome": said["welcome"].strip(),
        }


class RoundForm(WindowForm):
    """A round to be opened: for an intake that is there, or for a new one."""

    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label="Intake", required=False, empty_label="A new intake"
    )
    name = forms.CharField(
        label="Name of the new intake",
        required=False,
        max_length=80,
        help_text="Such as Class of 2030.",
    )
    starts_on = forms.DateField(
        label="The new intake starts on", required=False, widget=day_input()
    )
    field_order = ["cohort", "name", "starts_on", "opens_on", "closes_on", "seats", "welcome"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohorts: Any = self.fields["cohort"]
        cohorts.queryset = self.program.cohorts.filter(round=None).order_by("-starts_on")

    def clean(self) -> dict[str, Any]:
        """Ask for name and start of an intake where none was chosen."""
        said = super().clean()
        if said.get("cohort") is None:
            for name in ("name", "starts_on"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Choose an intake above, or fill this in for a new one.")
        return said


class ChangeForm(WindowForm):
    """A window to be moved; an end that comes earlier than announced is asked about."""

    sure = forms.BooleanField(
        label="Close earlier than announced: whoever has not handed in by then cannot any more.",
        required=False,
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        self.round = round_
        zone = round_.program.zone
        self.days = {
            "opens_on": local_date(round_.opens_at, zone),
            "closes_on": local_date(round_.closes_at, zone),
        }
        initial = {**self.days, "seats": round_.seats, "welcome": round_.welcome}
        super().__init__(*args, program=round_.program, initial=initial, **kwargs)

    def window(self) -> tuple[datetime, datetime]:
        """Return the window; an end whose day was left alone keeps its minute."""
        opens, closes = super().window()
        said = self.cleaned_data
        same_start = said["opens_on"] == self.days["opens_on"]
        same_end = said["closes_on"] == self.days["closes_on"]
        return (
            self.round.opens_at if same_start else opens,
            self.round.closes_at if same_end else closes,
        )

    def clean(self) -> dict[str, Any]:
        """Hold back an earlier end until somebody says that it is meant."""
        said = super().clean()
        closes = said.get("closes_on")
        if closes and closes < self.days["closes_on"] and not said.get("sure"):
            self.add_error("sure", "Tick this to close earlier, or leave the end where it was.")
        return said
