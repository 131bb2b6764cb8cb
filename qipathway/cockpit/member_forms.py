"""Input for what is to be done to members of the pathway, one or many."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms

from qipathway.core.lib.forms import HouseForm, day_input
from residents.changes import Change
from residents.models import Cohort, Membership, Program
from residents.states import MemberDeed, Track

ASKS = {
    MemberDeed.MOVE: "cohort",
    MemberDeed.MOVE_START: "starts_on",
    MemberDeed.CHANGE_TRACK: "track",
}
"""What has to be known besides who, by deed."""


class ChangeForm(HouseForm):
    """Who was chosen, what is to be done, and to what.

    What a deed needs besides is asked on the page of the preview: as long as it was not sent, the
    form ``is_asking`` and has no ``change``.
    """

    deed = forms.ChoiceField(label="What is to be done", choices=MemberDeed)
    source = forms.ModelChoiceField(
        Cohort.objects.none(), to_field_name="uid", required=False, widget=forms.HiddenInput
    )
    everybody = forms.BooleanField(required=False)
    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(), to_field_name="uid", required=False
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label="Which cohort", to_field_name="uid", empty_label=None
    )
    starts_on = forms.DateField(label="First day of residency", widget=day_input())
    track = forms.ChoiceField(choices=Track)

    def __init__(self, data: Any, *, program: Program) -> None:
        super().__init__(data)
        self.asks = ASKS.get(cast(MemberDeed, data.get("deed")), "")
        for name in set(ASKS.values()) - {self.asks}:
            del self.fields[name]
        self.is_asking = bool(self.asks) and self.asks not in data
        if self.is_asking:
            self.fields[self.asks].required = False
        cohorts = program.cohorts.select_related("version")
        for name in {"source", "cohort"} & self.fields.keys():
            cast(forms.ModelChoiceField, self.fields[name]).queryset = cohorts
        members = cast(forms.ModelMultipleChoiceField, self.fields["members"])
        members.queryset = Membership.objects.filter(program=program)

    def clean(self) -> dict[str, Any]:
        """Take everybody of a cohort where that was ticked; somebody has to be chosen."""
        said = self.cleaned_data
        if said.get("everybody") and said.get("source"):
            said["members"] = said["source"].memberships.running()
        if "members" in said and not said["members"]:
            self.add_error("members", "Choose at least one member.")
        return said

    @property
    def asked(self) -> forms.BoundField:
        """The one field that has to be answered yet; of a valid form that is asking."""
        self.fields[self.asks].required = True
        return self[self.asks]

    @property
    def change(self) -> Change:
        """What is to be done; of a valid form that asks nothing more."""
        said = self.cleaned_data
        starts_on: date | None = said.get("starts_on")
        track = Track(said["track"]) if said.get("track") else None
        return Change(MemberDeed(said["deed"]), said.get("cohort"), starts_on, track)

    def as_sent(self) -> Iterator[tuple[str, str]]:
        """Yield names and values of a valid form, to be sent again; everybody is named by now."""
        said = self.cleaned_data
        yield "deed", said["deed"]
        if said["source"]:
            yield "source", str(said["source"].uid)
        yield from (("members", str(member.uid)) for member in said["members"])
        if not self.is_asking and self.asks:
            yield self.asks, str(self[self.asks].value())
