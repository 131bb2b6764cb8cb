"""Input for programs, their settings, intakes and invitations."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.dates import MONTHS, WEEKDAYS

from qipathway.core.files.forms import UploadField
from qipathway.core.files.names import extension_of
from qipathway.core.lib.forms import HouseForm, HouseModelForm, clock_input, day_input

from .models import Cohort, PathwayVersion, Program, Resident, RosterConsent
from .schedule import NIGHTS_BEFORE
from .services import MISSION, RosterLine, why_no_year_from
from .states import HIGHEST_YEAR, YearReason
from .training import Turn
from .versions import COUNTS, label

HALF_DAYS = ("morning_starts", "morning_ends", "afternoon_starts", "afternoon_ends")


def zone_choices() -> list[tuple[str, str]]:
    """Every place that time zones are named after, as people read it."""
    places = (zone for zone in available_timezones() if "/" in zone and "Etc/" not in zone)
    return [(zone, zone.replace("_", " ")) for zone in sorted(places)]


class ProgramForm(HouseModelForm):
    """What a program says about itself."""

    zone = forms.ChoiceField(label="Time zone", choices=zone_choices)
    year_starts = forms.TypedChoiceField(
        label="The academic year starts in", choices=list(MONTHS.items()), coerce=int
    )

    class Meta:
        model = Program
        fields = ["name", "mission", "methodology", "zone", "year_starts"]
        labels = {"methodology": "Words of the methodology"}
        help_texts = {
            "mission": "One or two sentences; they also stand above the public roster.",
            "methodology": "How you call it here, for example VMPS, Lean or IHI.",
        }
        widgets = {"mission": forms.Textarea(attrs={"rows": 3})}


class SettingsForm(ProgramForm):
    """What its director sets of a program, its working days among it."""

    working_days = forms.TypedMultipleChoiceField(
        label="Working days",
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Half days can be protected on these.",
    )

    class Meta(ProgramForm.Meta):
        fields = [*ProgramForm.Meta.fields, "working_days"]

    def clean_working_days(self) -> list[int]:
        """Keep the days in the order of the week."""
        return sorted(self.cleaned_data["working_days"])


class NewProgramForm(ProgramForm):
    """A program to be made, with its defaults filled in."""

    class Meta(ProgramForm.Meta):
        fields = ["name", "slug", "mission", "methodology", "zone", "year_starts"]
        labels = {**ProgramForm.Meta.labels, "slug": "Short name in addresses"}
        help_texts = {
            **ProgramForm.Meta.help_texts,
            "slug": "Small letters, digits and hyphens, for example cascade. It stays.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("instance", Program(mission=MISSION))
        super().__init__(*args, **kwargs)


class VersionForm(HouseModelForm):
    """A version of the pathway: its name, from when on it holds, and its counts and limits."""

    class Meta:
        model = PathwayVersion
        fields = ["name", "effective_from", *COUNTS]
        labels = {
            "effective_from": "Takes effect on",
            **{name: label(name) for name in COUNTS},
        }
        help_texts = {
            "name": "For example 2027–28.",
            "effective_from": "Cohorts that start from this day on are offered it.",
            "remeasure_days": "Separated by commas.",
        }
        widgets = {
            "effective_from": day_input(),
            **{name: clock_input() for name in HALF_DAYS},
        }

    def clean_remeasure_days(self) -> list[int]:
        """Refuse days that are out of order or not after the event."""
        days: list[int] = self.cleaned_data["remeasure_days"]
        if days != sorted(set(days)) or not days or days[0] < 1:
            raise forms.ValidationError("Give days after the event, each once, the first first.")
        return days

    def clean_rest_days_after_nights(self) -> int:
        """Refuse more rest than schedules look back for."""
        days: int = self.cleaned_data["rest_days_after_nights"]
        if days > NIGHTS_BEFORE.days:
            raise forms.ValidationError(f"Give at most {NIGHTS_BEFORE.days} days.")
        return days

    def clean(self) -> dict[str, Any]:
        """Refuse half days that are out of order, which the database would refuse."""
        said: dict[str, Any] = super().clean() or {}
        if said.keys() >= set(HALF_DAYS):
            first, noon, second, evening = (said[name] for name in HALF_DAYS)
            if not first < noon <= second < evening:
                raise forms.ValidationError(
                    "The morning must end before the afternoon starts, and each after it began."
                )
        return said


class DirectorForm(HouseForm):
    """Whom to invite."""

    given_name = forms.CharField(max_length=120)
    family_name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail at the hospital", max_length=254)


class CohortForm(HouseModelForm):
    """An intake to be opened."""

    class Meta:
        model = Cohort
        fields = ["name", "starts_on", "version"]
        labels = {"starts_on": "Starts on", "version": "Version of the pathway"}
        help_texts = {"name": "For example 2026 intake."}
        widgets = {"starts_on": day_input()}

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions: Any = self.fields["version"]
        versions.queryset = program.versions.order_by("-effective_from")
        versions.required = False
        versions.empty_label = "The one in force when it starts"


class EnrolForm(HouseForm):
    """Who joins which intake, and from when."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), empty_label=None)
    on = forms.DateField(label="Joins on", widget=day_input())
    residents = forms.ModelMultipleChoiceField(
        Resident.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="uid"
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohorts: Any = self.fields["cohort"]
        residents: Any = self.fields["residents"]
        cohorts.queryset = program.cohorts.all()
        residents.queryset = program.residents.select_related("person").by_name()


class YearForm(HouseForm):
    """The postgraduate year that holds from a day on."""

    first = forms.DateField(label="From", widget=day_input())
    pgy = forms.TypedChoiceField(
        label="Postgraduate year",
        choices=[(year, f"PGY-{year}") for year in range(1, HIGHEST_YEAR + 1)],
        coerce=int,
    )
    reason = forms.ChoiceField(choices=YearReason)

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resident = resident

    def clean_first(self) -> date:
        """Refuse a day on which no year can begin, so that it can be looked at without harm."""
        first: date = self.cleaned_data["first"]
        if refusal := why_no_year_from(self.resident, first):
            raise forms.ValidationError(refusal)
        return first

    def clean_reason(self) -> YearReason:
        return YearReason(self.cleaned_data["reason"])

    @property
    def turn(self) -> Turn:
        """The year that was asked about; of a valid form."""
        return Turn(self.cleaned_data["first"], self.cleaned_data["pgy"])


PICTURES = ("png", "jpg", "jpeg")
NOT_A_PICTURE = "A photo is a PNG or JPEG picture."


class RosterForm(HouseForm):
    """What the public roster may say of a resident."""

    shown_name = forms.CharField(
        label="Name to be shown", max_length=120, help_text="As you want strangers to read it."
    )
    words = forms.CharField(
        label="One line about your improvement work",
        max_length=200,
        required=False,
        help_text="For example: shorter waits for the first antibiotic. No patients.",
    )
    photo = UploadField(
        required=False,
        help_text="PNG or JPEG. Place, time and camera are taken out of the file.",
    )
    keeps_photo = forms.BooleanField(label="Keep the photo that is there", required=False)

    def __init__(self, *args: Any, last: RosterConsent | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = ".png,.jpg,.jpeg"
        if last is None or last.photo is None:
            del self.fields["keeps_photo"]

    def clean_photo(self) -> UploadedFile | None:
        """Refuse what is no picture: the roster shows it in the page."""
        photo: UploadedFile | None = self.cleaned_data["photo"]
        if photo and extension_of(photo.name or "") not in PICTURES:
            raise forms.ValidationError(NOT_A_PICTURE)
        return photo

    def line(self) -> RosterLine:
        """Return what was asked for."""
        said = self.cleaned_data
        return RosterLine(
            said["shown_name"], said["words"], said["photo"], said.get("keeps_photo", False)
        )
