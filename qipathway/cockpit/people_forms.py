"""Input for people: roles that are offered, given and ended, names, and who takes over."""

from collections.abc import Sequence
from typing import Any

from django import forms

from curriculum.models import Session
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.forms import HouseForm, day_input
from residents.models import Program, Resident, RoleGrant
from residents.services import Newcomer
from residents.states import Role

from .forms import holders

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


SWAP = "Swap the two addresses."


class CorrectForm(HouseForm):
    """The name and the address of a person."""

    given_name = forms.CharField(label="First name", max_length=120)
    family_name = forms.CharField(label="Last name", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="Codes and letters go there from now on, and no more to the old one.",
    )
    swap = forms.BooleanField(label=SWAP, required=False)

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        """``asks`` shows the question whether two people are to swap."""
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["swap"]

    def said(self) -> dict[str, Any]:
        """Return what was asked for; of a valid form."""
        return {"swap": False, **self.cleaned_data}


class HandOverForm(HouseForm):
    """Residents whom somebody else is to coach or to sponsor from today on."""

    role = forms.CharField(widget=forms.HiddenInput)
    person = forms.ModelChoiceField(User.objects.none(), to_field_name="uid")
    residents = forms.ModelMultipleChoiceField(
        Resident.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="uid"
    )

    def __init__(
        self, *args: Any, role: Role, leaves: User, residents: Sequence[Resident], **kwargs: Any
    ) -> None:
        given = {"role": role.value, "residents": [each.uid for each in residents]}
        super().__init__(*args, initial=given, auto_id=f"id_{role.value}_%s", **kwargs)
        program = residents[0].program
        person: Any = self.fields["person"]
        person.queryset = holders(program, role).exclude(pk=leaves.pk)
        person.label = f"New {role.noun}"
        chosen: Any = self.fields["residents"]
        keys = [each.pk for each in residents]
        chosen.queryset = Resident.objects.filter(pk__in=keys).select_related("person").by_name()

    def as_sent(self) -> list[tuple[str, str]]:
        """Return names and values of a valid form, to be sent again as they are."""
        said = self.cleaned_data
        chosen = [("residents", str(each.uid)) for each in said["residents"]]
        return [("role", said["role"]), ("person", str(said["person"].uid)), *chosen]


class SessionsForm(HouseForm):
    """Classes to come that somebody else is to teach."""

    instructor = forms.ModelChoiceField(
        User.objects.none(), to_field_name="uid", label="New instructor"
    )
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="uid"
    )

    def __init__(
        self, *args: Any, program: Program, leaves: User, sessions: Sequence[Session], **kwargs: Any
    ) -> None:
        given = {"sessions": [each.uid for each in sessions]}
        super().__init__(*args, initial=given, auto_id="id_sessions_%s", **kwargs)
        instructor: Any = self.fields["instructor"]
        instructor.queryset = holders(program, Role.INSTRUCTOR).exclude(pk=leaves.pk)
        chosen: Any = self.fields["sessions"]
        keys = [each.pk for each in sessions]
        chosen.queryset = Session.objects.filter(pk__in=keys).for_list()
        chosen.label_from_instance = session_label


class DeputyForm(HouseForm):
    """Who stands in for a coach, for whom, from when and until when."""

    person = forms.ModelChoiceField(User.objects.none(), to_field_name="uid", label="Deputy")
    since = forms.DateField(label="From", widget=day_input())
    until = forms.DateField(label="Until", widget=day_input())
    residents = forms.ModelMultipleChoiceField(
        Resident.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="uid"
    )

    def __init__(
        self,
        *args: Any,
        program: Program,
        coach: User,
        residents: Sequence[Resident],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = holders(program, Role.COACH, Role.KPO_LEAD).exclude(pk=coach.pk)
        chosen: Any = self.fields["residents"]
        keys = [each.pk for each in residents]
        chosen.queryset = Resident.objects.filter(pk__in=keys).select_related("person").by_name()
        chosen.initial = [each.uid for each in residents]

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day is before the first.")
        return self.cleaned_data


class DismissForm(HouseForm):
    """The deputy who stands in no more."""

    person = forms.ModelChoiceField(User.objects.none(), to_field_name="uid")

    def __init__(self, *args: Any, residents: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        named = RoleGrant.objects.of_role(Role.DEPUTY).filter(resident__in=residents)
        person.queryset = User.objects.filter(pk__in=named.values("person"))


def session_label(session: Session) -> str:
    return f"{session.course.title}, {full_day(session.day)}"
