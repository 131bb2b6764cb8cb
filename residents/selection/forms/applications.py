"""Input for an application."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from qipathway.core.files.forms import UploadField
from qipathway.core.files.names import extension_of
from qipathway.core.lib.forms import HouseForm

from ...states import CareerInterest
from ..models import STATEMENT_LENGTH, Application
from ..reads.applications import STATEMENTS

READERS = "The program office and the reviewers read this once you hand it in; nobody before."
INTEREST_READERS = "Never used in selection, and not shown to reviewers; the office sees it."
CV_KINDS = ("pdf", "docx")
QUESTIONS = {
    "passion": (
        "Passion for QI",
        "Why does improvement matter to you? Tell of one thing that you saw and could not leave.",
    ),
    "initiative": (
        "Initiative",
        "Tell of something that you started without being asked, and what came of it.",
    ),
    "independence": (
        "Independence",
        "Tell of work that you carried through on your own, and what you did when it got stuck.",
    ),
}


def statement(name: str) -> forms.CharField:
    """Return the field of one statement; a draft may leave it empty."""
    label, asked = QUESTIONS[name]
    widget = forms.Textarea(attrs={"rows": 7, "data-count": ""})
    return forms.CharField(
        label=label, help_text=asked, required=False, max_length=STATEMENT_LENGTH, widget=widget
    )


class ApplicationForm(HouseForm):
    """Three statements, the career interest and a CV; ``version`` is the one that was read."""

    readers = {**dict.fromkeys(STATEMENTS, READERS), "cv": READERS}
    passion = statement("passion")
    initiative = statement("initiative")
    independence = statement("independence")
    cv = UploadField(label="CV", required=False, help_text="PDF or Word, up to 20 MB.")
    career_interest = forms.ChoiceField(
        choices=CareerInterest.choices, required=False, help_text=INTEREST_READERS
    )
    specialty = forms.CharField(
        required=False, max_length=80, help_text="If you think of one, such as cardiology."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        resident = application.resident
        initial = {
            **{name: getattr(application, name) for name in STATEMENTS},
            "career_interest": resident.career_interest,
            "specialty": resident.specialty,
            "version": application.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in (*STATEMENTS, "cv"):
            drafted: Any = self.fields[name]
            drafted.later = True
        self.fields["cv"].widget.attrs["accept"] = ".pdf,.docx"

    def clean_cv(self) -> UploadedFile | None:
        """Take documents only: a CV is read, not looked at."""
        upload: UploadedFile | None = self.cleaned_data["cv"]
        if upload and extension_of(upload.name or "") not in CV_KINDS:
            raise forms.ValidationError("Send your CV as a PDF or a Word document (.docx).")
        return upload

    def saved(self) -> dict[str, Any]:
        """Return the arguments of ``save_application`` that come from the page."""
        said = self.cleaned_data
        words = {name: said[name] for name in (*STATEMENTS, "career_interest", "specialty")}
        return {"words": words, "version": said["version"], "cv": said["cv"]}
