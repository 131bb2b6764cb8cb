"""What every form here has in common: one look, one cleaning, one question about patients.

``{% crispy form %}`` draws the fields with the error summary above them; the page brings the form
tag, the token and the buttons. Fields carry ``reader`` ("Renée and one more can read this").
"""

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.utils import pretty_name
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

logger = logging.getLogger(__name__)

DECIDING = frozenset(
    {
        "approved_by",
        "by",
        "grade",
        "is_active",
        "is_staff",
        "is_superuser",
        "person",
        "program",
        "role",
        "signed_by",
        "state",
    }
)
"""What decides about rights and outcomes: no page sends a name that its form does not ask."""
CONFIRM = "no_patient"
NO_PATIENTS = "No patient names or record numbers."
CONFIRM_LABEL = "Save anyway: no patient can be identified from this."
NUL_REFUSED = (
    "An invisible character that cannot be stored was taken out. Check the text and save again."
)
SUSPECTED = (
    "This looks like it holds {}. Take it out if it could point to a patient. "
    "If it cannot, tick “Save anyway” and save again."
)
WRITTEN_IN = (forms.TextInput, forms.Textarea)
YEARS = range(1950, 2101)
ODD_YEAR = f"Give a date between {YEARS[0]} and {YEARS[-1]}; this one is in the year {{}}."

PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
)
CITATION = re.compile(
    r"\b(?:PMID|PMCID|PMC|NCT|IRB)[\s:#]{0,3}\d{1,10}\b|\b10\.\d{4,9}/\S{1,200}", re.IGNORECASE
)
BIRTH_YEAR = r"(?:19\d\d|200\d|201[01])"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
SUSPICIONS = {
    "a record number": re.compile(
        r"(?<![\d.])(?<!\d,)\d{7,10}(?!\d)(?![.,]\d)"
        r"|\b(?:mrn|(?:medical )?record (?:no|number)|chart (?:no|number))\b"
        r"[^\w\n]{0,8}(?:is[^\w\n]{1,3})?[a-z]{0,3}\d{3}",
        re.IGNORECASE,
    ),
    "a social security number": re.compile(r"(?<![\d-])\d{3}[- ]\d\d[- ]\d{4}(?![\d-])"),
    "a date of birth": re.compile(
        r"\b(?:dob|d\.o\.b|date of birth|birth ?date|born)\b\D{0,20}\d"
        rf"|(?<!\d)\d{{1,2}}(?P<cut>[/.-])\d{{1,2}}(?P=cut){BIRTH_YEAR}(?!\d)"
        rf"|(?<!\d){BIRTH_YEAR}[/.-]\d\d[/.-]\d\d(?!\d)"
        r"|(?<![\d/])\d{1,2}/\d{1,2}/[3-9]\d(?![\d/])"
        rf"|\b{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {BIRTH_YEAR}\b",
        re.IGNORECASE,
    ),
    "a telephone number": re.compile(
        r"\(\d{3}\)[ .-]?\d{3}[ .-]\d{4}(?!\d)"
        r"|(?<![\d.-])\d{3}[.-]\d{3}[.-]\d{4}(?![\d-])"
        r"|\+\d{1,3}(?:[ .()-]{1,2}\d{2,4}){2,4}"
        r"|\b(?:tel|phone|cell|mobile|call|pager)\b[^\d\n]{0,15}\d{3}[ .-]\d{4}(?!\d)",
        re.IGNORECASE,
    ),
}


def day_input() -> forms.DateInput:
    """Return a day field that browsers draw as a calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def clock_input() -> forms.TimeInput:
    """Return a field for hours and minutes by the wall clock."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def looks_like_patient_data(text: str) -> list[str]:
    """Return what the text seems to hold that could point to a patient, in words; often nothing.

    A warning to be answered, never a wall: numbers of publications and review boards are passed
    over, and a date only counts when its year can be that of a grown person's birth. Every pattern
    is bounded, so the time taken grows with the length of the text and no faster.
    """
    plain = CITATION.sub(" ", text.translate(PLAIN))
    return [words for words, pattern in SUSPICIONS.items() if pattern.search(plain)]


class HouseFormMixin(forms.BaseForm):
    """The manners of every form; goes before ``forms.Form`` or ``forms.ModelForm``.

    ``readers`` says, field by field, who will read what is written; a page that knows names
    passes its own. ``typed`` names the fields (staff number, PMID) whose numbers are their
    purpose, so that they never raise the question about patients. Long texts ask for no patients.
    """

    readers: Mapping[str, str] = MappingProxyType({})
    typed: Collection[str] = ()

    def __init__(self, *args: Any, readers: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held_nul = self._tidy_data()
        for name, words in {**self.readers, **(readers or {})}.items():
            read: Any = self.fields[name]
            read.reader = words
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.help_text = f"{field.help_text} {NO_PATIENTS}".strip()

    @property
    def helper(self) -> FormHelper:
        """How crispy draws this form, with the question about patients at its end."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        layout = self.layout()
        if layout is not None:
            asked = [CONFIRM] if self.errors and CONFIRM in self.fields else []
            helper.layout = Layout(layout, *asked)
        return helper

    def layout(self) -> Layout | None:
        """Return how the fields are arranged; one under the other unless a form says so."""
        return None

    def full_clean(self) -> None:
        """Clean as Django does, then refuse NUL and odd years and ask about patients."""
        super().full_clean()
        if not self.is_bound:
            return
        self._note_what_was_slipped_in()
        for name in self._held_nul & self.fields.keys():
            self.add_error(name, NUL_REFUSED)
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and value.year not in YEARS:
                self.add_error(name, ODD_YEAR.format(value.year))
        self._ask_about_patients()

    def _note_what_was_slipped_in(self) -> None:
        """Log the deciding names that were sent beside the form's own fields, and nothing of them.

        They change nothing, for a form reads its fields alone; whoever watches a site should know.
        """
        asked = {self.add_prefix(name) for name in self.fields}
        slipped = sorted(DECIDING & set(self.data) - asked)
        if slipped:
            logger.warning("%s was sent what it does not ask: %s", type(self).__name__, slipped)

    def _ask_about_patients(self) -> None:
        """Hold back a text that could point to a patient until somebody says that it does not."""
        suspects = {
            name: found
            for name in self._free_text()
            if (found := looks_like_patient_data(self.cleaned_data[name]))
        }
        if not suspects:
            return
        self.fields[CONFIRM] = forms.BooleanField(label=CONFIRM_LABEL, required=False)
        if self[CONFIRM].data:
            return
        for name, found in suspects.items():
            self.add_error(name, SUSPECTED.format(" and ".join(found)))

    def _free_text(self) -> list[str]:
        """Return the fields into which people write freely and wrote something new."""
        return [
            name
            for name, field in self.fields.items()
            if type(field) is forms.CharField
            and name not in self.typed
            and not field.widget.is_hidden
            and name in self.changed_data
            and isinstance(self.cleaned_data.get(name), str)
        ]

    def _tidy_data(self) -> frozenset[str]:
        """Take NUL and carriage returns out of what was sent; return the fields that held a NUL.

        PostgreSQL stores no NUL, whatever kind of field it came in. Browsers count a line break as
        one character and send two, which would overflow a full text.
        """
        raw = self.data
        if not any("\x00" in text or "\r" in text for text in _texts(raw)):
            return frozenset()
        sent = {
            name: field.widget.value_from_datadict(raw, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }
        self.data = _tidied(raw)
        return frozenset(name for name, value in sent.items() if _holds_nul(value))


class HouseForm(HouseFormMixin, forms.Form):
    """A form that is not of one model."""


class HouseModelForm(HouseFormMixin, forms.ModelForm):
    """A form of one model; its ``Meta.fields`` are always named one by one."""


def free_texts() -> dict[str, str]:
    """Return name and label of every field of the house into which people write freely.

    A form that has not been imported is not known; the addresses import them all. Where two forms
    mean different things by one name, its label is the name. No password, code or hidden field is
    ever among them.
    """
    labels: dict[str, str] = {}
    for form in _forms(HouseFormMixin):
        for name, field in getattr(form, "base_fields", {}).items():
            if type(field) is forms.CharField and type(field.widget) in WRITTEN_IN:
                own = str(field.label or pretty_name(name))
                labels[name] = own if labels.get(name, own) == own else pretty_name(name)
    return labels


def written_in(request: HttpRequest) -> list[dict[str, str]]:
    """Return label and text of what was written in the fields for free text of a form sent here.

    Of anything else, a code or a password could be among what was sent, and a page that is kept
    open is no place for it.
    """
    return [
        {"label": label, "text": text}
        for name, label in free_texts().items()
        for text in request.POST.getlist(name)
        if text
    ]


def _forms(parent: type[Any]) -> Iterator[type[Any]]:
    for child in parent.__subclasses__():
        yield child
        yield from _forms(child)


def _texts(data: Mapping[str, Any]) -> Iterable[str]:
    lists = data.lists() if isinstance(data, MultiValueDict) else data.items()
    for _, value in lists:
        yield from (text for text in _listed(value) if isinstance(text, str))


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _holds_nul(value: Any) -> bool:
    return any(isinstance(text, str) and "\x00" in text for text in _listed(value))


def _tidied(data: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(data, MultiValueDict):
        return MultiValueDict({key: _tidy(values) for key, values in data.lists()})
    return {key: _tidy(value) for key, value in data.items()}


def _tidy(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_tidy(each) for each in value]
    if isinstance(value, str):
        return value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return value
