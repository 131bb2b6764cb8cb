"""Input for who coaches, sponsors and mentors whom."""

from typing import Any, cast

from django import forms

from qipathway.core.accounts.models import User
from qipathway.core.lib.forms import HouseForm
from residents.models import Program, Resident, RoleGrant
from residents.states import Role

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


def holders(program: Program, *roles: Role) -> Any:
    """Return the people with an open account who hold one of ``roles`` here today, by name."""
    grants = RoleGrant.objects.active().filter(program=program, role__in=roles)
    people = User.objects.filter(pk__in=grants.values("person"), is_active=True)
    return people.order_by("family_name", "given_name", "pk")
