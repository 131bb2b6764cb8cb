"""What a director fills in to decide."""

from typing import Any

from django import forms

from qipathway.core.lib.forms import HouseForm

from ..models import Application
from ..states import Decision
from .rounds import MOST_SEATS


class DecisionForm(HouseForm):
    """What one applicant is to be told, and why; nothing is told yet."""

    decision = forms.ChoiceField(choices=[("", "Nothing yet"), *Decision.choices], required=False)
    reason = forms.CharField(max_length=500, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, application: Application | None = None, **kwargs: Any) -> None:
        if application is not None:
            shown = application if application.has_decision else Application()
            kwargs["initial"] = {
                "decision": shown.decision,
                "reason": shown.reason,
                "seen": application.stamp,
            }
            kwargs["auto_id"] = f"%s-{application.uid}"
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a decision; without one there is nothing to give a reason for."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") and not cleaned.get("reason"):
            self.add_error("reason", "Write in a few words why. Only directors read it.")
        if not cleaned.get("decision"):
            cleaned["reason"] = ""
        return cleaned


class ProposalForm(HouseForm):
    """How the ranked list is turned into a proposal."""

    wait = forms.IntegerField(
        label="How many to wait-list after the seats", min_value=0, max_value=99, initial=3
    )
    replace = forms.BooleanField(label="Also replace what was decided by hand", required=False)


class SeatsForm(HouseForm):
    """How many seats a round has: where its line is drawn."""

    seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS)


class SeenForm(forms.Form):
    """The fingerprint of what a director previewed."""

    seen = forms.CharField(max_length=64)
