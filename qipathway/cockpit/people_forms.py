"""Input for people: who is invited to which role, and which role somebody gets."""

from collections.abc import Sequence
from typing import Any

from django import forms

from qipathway.core.lib.forms import HouseForm, day_input
from residents.services import Newcomer
from residents.states import Role

SURE = "This is somebody else: invite them."


class RoleForm(HouseForm):
    """A role in the program, from one day until another."""

    role = forms.ChoiceField()
    since = forms.DateField(label="From", widget=day_input())
    until = forms.DateField(
        label="Until", required=False, widget=day_input(), help_text="Empty if it goes on."
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["role"]
        named = [(role.value, role.label) for role in roles]
        choices.choices = [("", "Choose a role…"), *named]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "A role cannot end before it starts.")
        return self.cleaned_data


class InviteForm(RoleForm):
    """Somebody new, and the role that they are offered."""

    given_name = forms.CharField(label="First name", max_length=120)
    family_name = forms.CharField(label="Last name", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail at the hospital",
        max_length=254,
        help_text="Only this address can accept, within seven days.",
    )
    since = forms.DateField(
        label="From",
        required=False,
        widget=day_input(),
        help_text="Empty: from the day on which they accept.",
    )
    sure = forms.BooleanField(label=SURE, required=False)
    field_order = ("given_name", "family_name", "email", "role", "since", "until", "sure")

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        """``asks`` shows the question whether it is somebody who is there already."""
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["sure"]

    def newcomer(self) -> Newcomer:
        """Return who is invited; of a valid form."""
        said = self.cleaned_data
        return Newcomer(said["email"], said["given_name"], said["family_name"])


class EndForm(HouseForm):
    """The last day of a role."""

    on = forms.DateField(label="Last day", widget=day_input())
