"""A file to look at, and answers to what it leaves open."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from qipathway.core.lib.forms import HouseForm
from qipathway.core.sheets import Unreadable, read_sheet
from qipathway.core.sheets.table import MOST_BYTES

from .kinds import Kind
from .plan import Question

ACCEPT = ".csv,.tsv,.txt,.xlsx"
HELP = (
    "CSV or Excel (.xlsx), up to 5 MB. You see what it would change before anything happens. "
    "No patient names or record numbers."
)


class UploadForm(HouseForm):
    """One file; refused at once if it holds no table."""

    file = forms.FileField(
        label="File",
        help_text=HELP,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            megabytes = MOST_BYTES // 1024 // 1024
            raise forms.ValidationError(f"The file has more than {megabytes} MB. Send it in parts.")
        self.content = upload.read()
        try:
            read_sheet(self.content)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class AnswerForm(HouseForm):
    """What kind of file it is, and a choice for each question; open ones have to be answered."""

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[Kind],
        questions: Iterable[Question] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(kind.name, kind.title) for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(
            label="This file is", choices=[("", "Choose what it is"), *named]
        )
        self._asked = {f"answer-{at}": question for at, question in enumerate(questions)}
        for name, question in self._asked.items():
            self.fields[name] = forms.ChoiceField(
                label=question.text,
                help_text=question.help_text,
                choices=[("", "Choose"), *question.choices],
                initial=question.given,
                required=question.is_open or bool(question.given),
            )

    def answers(self) -> Mapping[str, Mapping[str, str]]:
        """Return what was chosen, by group of questions and key."""
        found: dict[str, dict[str, str]] = {}
        for name, question in self._asked.items():
            if given := self.cleaned_data.get(name):
                found.setdefault(question.group, {})[question.key] = given
        return found
