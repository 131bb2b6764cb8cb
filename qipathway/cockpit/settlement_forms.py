"""Input for credits and waivers, of one resident and of several."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from qipathway.core.files.forms import UploadField
from qipathway.core.lib.forms import HouseForm, day_input
from residents.models import Cohort, Program, Resident
from residents.requirements import Requirement


class WaiverForm(HouseForm):
    """Why a resident need not do something, and of how much of it that is true."""

    amount = forms.IntegerField(label="How many?", min_value=1)
    reason = forms.CharField(
        label="Why is it waived?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    sign = forms.BooleanField(
        label="I sign this as program director.",
        error_messages={"required": "Nothing is recorded without your signature."},
    )
    readers = {"reason": "The resident, their coach and the program office can read this."}
    address = "residents:requirement-waive"
    title = "Waive"

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, initial={"amount": requirement.left}, **kwargs)
        self.requirement = requirement
        if requirement.wanted == 1:
            del self.fields["amount"]

    @property
    def written(self) -> dict[str, Any]:
        """What was entered, as the service takes it."""
        said = self.cleaned_data
        return {"amount": said.get("amount", 1), "reason": said["reason"]}


class CreditForm(WaiverForm):
    """When something that counts was done elsewhere, and what shows it."""

    done_on = forms.DateField(label="On which day was it done?", widget=day_input())
    upload = UploadField(label="A copy of what shows it", required=False)
    field_order = ["amount", "done_on", "reason", "upload", "sign"]
    address = "residents:requirement-credit"
    title = "Credit"

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, requirement=requirement, **kwargs)
        self.fields["reason"].label = "What was done, and what shows it?"

    @property
    def written(self) -> dict[str, Any]:
        said = self.cleaned_data
        return super().written | {"done_on": said["done_on"], "upload": said["upload"]}


class WaiversForm(HouseForm):
    """Which requirement is to be waived for members of which cohort."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), empty_label=None, to_field_name="uid")
    requirement = forms.ChoiceField()

    def __init__(
        self, *args: Any, program: Program, asked: Iterable[Requirement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {each.key: each for each in asked}
        cast(forms.ModelChoiceField, self.fields["cohort"]).queryset = program.cohorts.all()
        chosen = cast(forms.ChoiceField, self.fields["requirement"])
        chosen.choices = [(key, each.text) for key, each in self.asked.items()]


class SeveralWaiversForm(WaiversForm):
    """For whom of them it is waived, why, and the director's signature."""

    residents = forms.MultipleChoiceField(
        error_messages={"required": "Choose at least one resident."}
    )
    reason = forms.CharField(
        label="Why is it waived?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    sign = forms.BooleanField(
        label="I sign this as program director.",
        error_messages={"required": "Nothing is recorded without your signature."},
    )
    readers = {"reason": "Each resident, their coach and the program office can read this."}

    def __init__(self, *args: Any, people: Iterable[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = cast(forms.MultipleChoiceField, self.fields["residents"])
        named.choices = [(str(each.uid), each.person.name) for each in people]
