"""What is measured, and its values: fields for a thumb."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from qipathway.core.lib.forms import HouseForm, HouseModelForm, day_input

from ..models import Measure, Point
from ..services import MEASURE_FIELDS
from ..states import Phase

PLACES = 3
LARGEST = Decimal(999_999_999)


class Figure(forms.DecimalField):
    """A number that a phone types on its number keys, with a comma as well as a point."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            decimal_places=PLACES,
            max_value=LARGEST,
            min_value=-LARGEST,
            widget=kwargs.pop("widget", widget),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Write a stored 9.400 as 9.4."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Take 9,4 for 9.4; a comma before three digits is left to be refused."""
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            whole, _, rest = value.strip().partition(",")
            if len(rest) < PLACES:
                value = f"{whole}.{rest}"
        return super().to_python(value)


class MeasureForm(HouseModelForm):
    """What is measured, which way is better, and why a baseline stays short."""

    target = Figure(
        label="Goal",
        required=False,
        help_text="The value you want to reach, if there is one.",
    )

    class Meta:
        model = Measure
        fields = MEASURE_FIELDS
        labels = {
            "name": "What you measure",
            "goal": "What would be better",
            "counts": "How it is counted",
            "few_points": "Why the baseline stays short",
        }
        help_texts = {
            "name": "For example: bed request to bed.",
            "unit": "For example: hours, minutes, percent, calls.",
            "goal": "“Should stay as it is” is for a measure that watches that nothing else gets "
            "worse.",
            "counts": "So that somebody else counts the same. For example: median of all "
            "admissions of the week, by the time stamps of the bed board.",
        }
        widgets = {"goal": forms.RadioSelect}

    def __init__(self, *args: Any, needed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["few_points"].help_text = (
            f"The current state asks for {needed} baseline points, or a stated reason. Leave it "
            "empty while you are still measuring."
        )

    @property
    def written(self) -> dict[str, Any]:
        """What was written, by field of the measure."""
        return {name: self.cleaned_data[name] for name in MEASURE_FIELDS}


class PointForm(HouseForm):
    """One value: the day is filled in already, so that one number and one tap are enough."""

    value = Figure(label="Value")
    day = forms.DateField(
        label="Day",
        widget=day_input(),
        help_text="The day, or the first day of the week or month it stands for.",
    )
    phase = forms.ChoiceField(choices=Phase.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note",
        max_length=200,
        required=False,
        help_text="Anything out of the ordinary. For example: record system down for two days.",
    )

    def __init__(self, *args: Any, measure: Measure, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = f"Value in {measure.unit}"
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    @classmethod
    def of(cls, point: Point, *args: Any, today: date) -> "PointForm":
        """Return the form that corrects a point."""
        initial = {name: getattr(point, name) for name in ("day", "value", "phase", "note")}
        return cls(*args, measure=point.measure, today=today, initial=initial)
