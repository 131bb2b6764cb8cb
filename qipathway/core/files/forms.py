"""Fields for files: one, or several at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from .intake import check
from .kinds import KINDS, TAKEN
from .states import Refused

AT_MOST = 5
ACCEPT = ",".join(f".{extension}" for extension in KINDS)
HELP = f"{TAKEN}, up to 20 MB."
NO_PATIENTS = "No patient names, faces or record numbers."


class StoredFileField(forms.FileField):
    """What fields for files have in common: their words, and what a browser offers to choose."""

    widget = forms.FileInput

    def __init__(self, *, help_text: str = HELP, **kwargs: Any) -> None:
        asked = f"{help_text} {NO_PATIENTS}"
        super().__init__(allow_empty_file=True, help_text=asked, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Name the endings; a phone that sees no HEIC among them sends JPEG by itself."""
        return {**super().widget_attrs(widget), "accept": ACCEPT}


class UploadField(StoredFileField):
    """One file, checked like a stored one, so that a refusal stands beside the field.

    The service checks it again: a form is not the only way in.
    """

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        """Return the upload, or refuse it in the words of its check."""
        upload = super().clean(data, initial)
        if upload and (error := _refusal(upload)):
            raise error
        return upload


class SeveralFilesInput(forms.FileInput):
    """A file control that takes several at once."""

    allow_multiple_selected = True


class MultipleUploadField(StoredFileField):
    """Up to five files; cleans to a list, empty when nothing was sent."""

    widget = SeveralFilesInput

    def __init__(self, *, at_most: int = AT_MOST, **kwargs: Any) -> None:
        self.at_most = at_most
        super().__init__(**{"help_text": f"At most {at_most} files. {HELP}", **kwargs})

    def clean(
        self,
        data: Sequence[UploadedFile] | None,
        initial: Any = None,
    ) -> list[UploadedFile]:
        """Return the uploads; refuse too many before opening any, and name each that is bad."""
        sent = [data] if isinstance(data, UploadedFile) else data or []
        uploads = [upload for upload in sent if upload]
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.at_most:
            raise ValidationError(
                f"You chose {len(uploads)} files; send at most {self.at_most} at once.",
                code="too_many",
            )
        refusals = [error for upload in uploads if (error := _refusal(upload))]
        if refusals:
            raise ValidationError(refusals)
        return uploads

    def has_changed(
        self,
        initial: Any,
        data: Sequence[UploadedFile] | None,
    ) -> bool:
        """Tell whether anything was sent; nothing sent is an empty list here."""
        return bool(data)


def _refusal(upload: UploadedFile) -> ValidationError | None:
    try:
        check(upload)
    except Refused as error:
        return ValidationError(str(error), code="refused")
    return None
