"""Input for who coaches, sponsors and mentors whom, for leave, and for half days to hold."""

from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import Half
from qipathway.core.lib.forms import HouseForm, day_input
from residents.models import Program, Resident, RoleGrant
from residents.states import LeaveReason, Role, RotationKind
from residents.training import Absence

NAMED_HERE = (Role.SPONSOR, Role.MENTOR)


class CoachForm(HouseForm):
    """The coach whom a resident gets: anybody who coaches in the program."""

    coach = forms.ModelChoiceField(User.objects.none(), to_field_name="uid")

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["coach"]).queryset = holders(program, Role.COACH)


class TieForm(HouseForm):
    """A sponsor or a mentor for one resident."""

    resident = forms.ModelChoiceField(Resident.objects.none(), to_field_name="uid")
    role = forms.ChoiceField(choices=[(role.value, role.label) for role in NAMED_HERE])
    person = forms.ModelChoiceField(
        User.objects.none(),
        to_field_name="uid",
        help_text="Everybody who sponsors or mentors in this program.",
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        residents = Resident.objects.filter(program=program).on_pathway()
        cast(forms.ModelChoiceField, self.fields["resident"]).queryset = residents.select_related(
            "person"
        ).by_name()
        people = cast(forms.ModelChoiceField, self.fields["person"])
        people.queryset = holders(program, *NAMED_HERE)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class LeaveForm(HouseForm):
    """A leave; why somebody is away is asked in a few words only, and never more."""

    first = forms.DateField(label="First day", widget=day_input())
    last = forms.DateField(
        label="Last day", required=False, widget=day_input(), help_text="Empty if nobody knows yet."
    )
    reason = forms.ChoiceField(
        choices=LeaveReason, help_text="Only the director and the coordinator see this."
    )
    extends = forms.BooleanField(
        label="These days are added to training",
        required=False,
        help_text="The postgraduate year and what is expected by it move as many days.",
    )

    def clean_reason(self) -> LeaveReason:
        return LeaveReason(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "A leave cannot end before it starts.")
        return self.cleaned_data

    @property
    def absence(self) -> Absence:
        """The leave that was asked about; of a valid form."""
        said = self.cleaned_data
        return Absence(said["first"], said["last"], said["extends"])

    def as_sent(self) -> list[tuple[str, str]]:
        """Return names and values of a valid form, to be sent again as they are."""
        sent = self.cleaned_data | {"extends": "on" if self.cleaned_data["extends"] else ""}
        return [(name, str(value or "")) for name, value in sent.items()]


class LeaveEndForm(HouseForm):
    """The last day of a leave that is recorded."""

    last = forms.DateField(label="Last day", widget=day_input())


class RotationForm(HouseForm):
    """What a rotation is like."""

    kind = forms.ChoiceField(choices=RotationKind, label="What it is like")

    def clean_kind(self) -> RotationKind:
        return RotationKind(self.cleaned_data["kind"])


class ClinicForm(HouseForm):
    """A weekly half day of clinic; without a kind of rotation there is none then."""

    prefix = "clinic"
    weekday = forms.TypedChoiceField(choices=list(WEEKDAYS.items()), coerce=int)
    half = forms.ChoiceField(label="Which half of the day", choices=Half)
    kinds = forms.MultipleChoiceField(
        label="On these rotations",
        choices=[(kind.value, kind.label) for kind in RotationKind if kind != RotationKind.LEAVE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None takes the half day out of the pattern.",
    )

    def clean_half(self) -> Half:
        return Half(self.cleaned_data["half"])

    def clean_kinds(self) -> list[RotationKind]:
        return [RotationKind(kind) for kind in self.cleaned_data["kinds"]]


class HoldForm(HouseForm):
    """Half days to be kept for something else."""

    BOTH = "both"

    first = forms.DateField(label="First day", widget=day_input())
    last = forms.DateField(
        label="Last day", required=False, widget=day_input(), help_text="Empty for one day."
    )
    half = forms.ChoiceField(
        label="Which half", choices=[(BOTH, "Morning and afternoon"), *Half.choices]
    )
    reason = forms.CharField(
        label="What for",
        max_length=120,
        help_text="It reads “that half day is kept for ...”; for example: a board examination.",
    )

    def clean_half(self) -> tuple[Half, ...]:
        half = self.cleaned_data["half"]
        return tuple(Half) if half == self.BOTH else (Half(half),)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day cannot be before the first.")
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """Return what a valid form asks for, as the service takes it."""
        asked = self.cleaned_data
        return {
            "first": asked["first"],
            "last": asked["last"] or asked["first"],
            "halves": asked["half"],
            "reason": asked["reason"],
        }


def holders(program: Program, *roles: Role) -> Any:
    """Return the people with an open account who hold one of ``roles`` here today, by name."""
    grants = RoleGrant.objects.active().filter(program=program, role__in=roles)
    people = User.objects.filter(pk__in=grants.values("person"), is_active=True)
    return people.order_by("family_name", "given_name", "pk")
