"""What is pressed, ticked and filled in, in every state, and the small signs beside it."""

from collections.abc import Iterator

from django import forms
from django.utils.safestring import SafeString

from qipathway.core.lib.forms import clock_input, day_input
from qipathway.core.lib.markup import TINTS, TONES, avatar, chip, element, icon, join

LOOKS = ("btn-primary", "btn-secondary", "btn-ghost", "btn-danger")
SIZES = ("btn-sm", "btn-lg")
CHOICES = (("one", "The first"), ("two", "The second"))


class Controls(forms.Form):
    """One field of each kind; holds nothing that anybody writes."""

    line = forms.CharField(label="A line", help_text="What is asked for, in a few words.")
    words = forms.CharField(label="Some lines", widget=forms.Textarea(attrs={"rows": 2}))
    choice = forms.ChoiceField(label="One of many", choices=CHOICES)
    radio = forms.ChoiceField(label="One of a few", choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    ticked = forms.BooleanField(label="Yes or no")
    day = forms.DateField(widget=day_input())
    clock = forms.TimeField(widget=clock_input())
    file = forms.FileField(required=False)


def signs() -> Iterator[tuple[str, str, SafeString]]:
    """Draw each button, chip and avatar: what it is, in which state, and the drawing."""
    for look in LOOKS:
        shown = (_button(look), _button(look, disabled=True), *(_button(look, s) for s in SIZES))
        yield "button", f"{look}, plain, disabled, small, large", join(shown, " ")
    yield "chip", "every tone", join((chip(tone.title(), tone) for tone in TONES), " ")
    drawn = (avatar("EV", tint, size) for size in ("", "small", "large") for tint in sorted(TINTS))
    yield "avatar", "every tint and size", element("div", *drawn, class_="q-row-wrap")


def forms_in_every_state() -> Iterator[tuple[str, Controls]]:
    """Return the form empty, filled in, refused and closed."""
    filled = {"line": "Discharge order", "words": "To departure.", "radio": "one", "ticked": True}
    yield "empty", Controls(prefix="empty")
    yield "filled in", Controls(prefix="filled", initial={**filled, "several": ["two"]})
    yield "refused", Controls({}, prefix="refused")
    closed = Controls(prefix="closed", initial=filled)
    for field in closed.fields.values():
        field.disabled = True
    yield "disabled", closed


def _button(look: str, size: str = "", *, disabled: bool = False) -> SafeString:
    words = (icon("check"), "Save")
    return element("button", *words, class_=f"btn {look} {size}", type="button", disabled=disabled)
