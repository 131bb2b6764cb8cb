"""Where a project stood before this system, stage by stage, with the evidence for it."""

from datetime import date
from typing import Any

from django import forms

from qipathway.core.files.forms import UploadField
from qipathway.core.lib.forms import HouseForm, day_input

from ..models import Project
from ..models.charter import AREA, PROCESS
from ..states import STAGES, Stage, number


class EntryForm(HouseForm):
    """A day for each stage passed, the evidence, and the director's signature."""

    evidence = forms.CharField(
        label="The evidence",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you saw that shows it. For example: charter signed on paper by Ingrid "
        "Solheim, minutes of the two-day event, run chart on the unit's wall.",
    )
    file = UploadField(label="A photo or document of it", required=False)
    signature = forms.BooleanField(
        label="I have seen this evidence and sign for it",
        error_messages={"required": "Without your signature the project stays where it is."},
    )

    def __init__(self, *args: Any, project: Project, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = number(project.state)
        self.passed = STAGES[now + 1 : number(stage) + 1]
        first: dict[str, forms.Field] = {}
        if project.state == Stage.IDEA:
            first["area"] = forms.CharField(max_length=AREA, help_text="For example: 7 East.")
            first["process"] = forms.CharField(
                max_length=PROCESS, help_text="For example: discharge order to departure."
            )
        first |= {f"day_{each}": _day(each) for each in self.passed}
        self.fields = first | self.fields

    @property
    def written(self) -> dict[str, Any]:
        """What was entered, as the service takes it."""
        cleaned = self.cleaned_data
        process = (cleaned["area"], cleaned["process"]) if "area" in cleaned else None
        return {
            "days": self.days,
            "evidence": cleaned["evidence"],
            "file": cleaned["file"],
            "process": process,
        }

    @property
    def days(self) -> dict[str, date]:
        return {each.value: self.cleaned_data[f"day_{each}"] for each in self.passed}


def _day(stage: Stage) -> forms.DateField:
    """Return the field for the day on which the stage in front was done."""
    before = STAGES[number(stage) - 1].label
    return forms.DateField(label=f"“{before}” was done on", widget=day_input())
