"""Input for blocks that are changed by hand."""

from typing import Any, cast

from django import forms

from qipathway.core.lib.forms import HouseForm, day_input
from residents.models import Resident, Rotation


class _DaysForm(HouseForm):
    """Some days of a resident, and what is asked of them."""

    first = forms.DateField(label="First day", widget=day_input())
    last = forms.DateField(label="Last day", widget=day_input())

    def as_sent(self) -> list[tuple[str, str]]:
        """Return names and values of a form, to be sent again as they are."""
        return [(field.html_name, str(field.value() or "")) for field in self]


class BlockForm(_DaysForm):
    """A rotation for some days, leave among them."""

    prefix = "set"
    rotation = forms.ModelChoiceField(Rotation.objects.none(), to_field_name="uid")

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rotations = cast(forms.ModelChoiceField, self.fields["rotation"])
        rotations.queryset = resident.program.rotations.order_by("name")


class SwapForm(_DaysForm):
    """Somebody to swap some days with."""

    prefix = "swap"
    other = forms.ModelChoiceField(Resident.objects.none(), to_field_name="uid", label="With whom")

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = cast(forms.ModelChoiceField, self.fields["other"])
        everybody = resident.program.residents.select_related("person")
        others.queryset = everybody.exclude(pk=resident.pk).by_name()
