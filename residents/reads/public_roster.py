"""What residents let the internet read of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ..models import TRAINING, Membership, Program, Resident, RosterConsent

YEARS_OF_RESIDENCY = ("", "First year", "Second year", "Third year")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the public roster: only what they let it show."""

    name: str
    words: str
    photo_url: str

    @property
    def initial(self) -> str:
        """The first letter, where there is no photo."""
        return self.name[:1].upper()


@dataclass(frozen=True, slots=True)
class RosterClass:
    """Those who finish residency in one year."""

    title: str
    note: str
    people: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class PublicRoster:
    """The residents of the pathway and its graduates who let the internet read of them."""

    residents: tuple[RosterClass, ...]
    graduates: tuple[RosterClass, ...]


def public_roster(program: Program, today: date) -> PublicRoster:
    """Read the public roster by class year, who finishes first leads; three queries.

    Bounded by the program, which takes in an intake a year.
    """
    residents: dict[int, list[RosterConsent]] = defaultdict(list)
    graduates: dict[int, list[RosterConsent]] = defaultdict(list)
    running = Exists(Membership.objects.running().filter(resident=OuterRef("resident")))
    consents = RosterConsent.objects.public().filter(program=program).annotate(running=running)
    consents = consents.select_related("resident", "photo")
    for consent in consents.prefetch_related(*(f"resident__{each}" for each in TRAINING)):
        group = residents if consent.running else graduates
        group[_class_of(consent.resident, today)].append(consent)
    return PublicRoster(
        tuple(_roster_class(program, year, residents[year], today) for year in sorted(residents)),
        tuple(
            _roster_class(program, year, graduates[year], None)
            for year in sorted(graduates, reverse=True)
        ),
    )


def listed(program: Program, consent: RosterConsent) -> Listed:
    """Return what the roster shows, or would show, of one consent."""
    has_photo = consent.photo is not None and consent.photo.is_ready
    url = reverse("residents:roster-photo", args=[program.slug, consent.uid]) if has_photo else ""
    return Listed(consent.shown_name, consent.words, url)


@dataclass(frozen=True, slots=True)
class Consents:
    """What a resident lets the roster show, what it would show next, and all of it since the start.

    ``shown`` and ``would_show`` are drawn as the public page draws them.
    """

    current: RosterConsent | None
    prepared: RosterConsent | None
    shown: Listed | None
    would_show: Listed | None
    history: tuple[RosterConsent, ...]

    @property
    def last(self) -> RosterConsent | None:
        """The newest, from which the next one starts."""
        return self.prepared or self.current or next(iter(self.history), None)


def roster_consents(resident: Resident) -> Consents:
    """Read a resident's own consents; one query."""
    rows = list(resident.roster_consents.select_related("photo"))
    current = next((row for row in rows if row.is_current), None)
    prepared = next((row for row in rows if row.given_at is None), None)
    return Consents(
        current,
        prepared,
        listed(resident.program, current) if current else None,
        listed(resident.program, prepared) if prepared else None,
        tuple(row for row in rows if row.withdrawn_at),
    )


def _class_of(resident: Resident, today: date) -> int:
    """Return the year in which the three years of a resident end, as far as is known today."""
    return resident.training.ends(today).year


def _roster_class(
    program: Program, year: int, consents: list[RosterConsent], today: date | None
) -> RosterClass:
    """Put the people of a class in order; the year of residency is said of residents alone."""
    pgy = consents[0].resident.pgy(today) if today else 0
    people = sorted(consents, key=lambda consent: (consent.shown_name.casefold(), consent.pk))
    note = YEARS_OF_RESIDENCY[pgy] if pgy < len(YEARS_OF_RESIDENCY) else ""
    return RosterClass(
        f"Class of {year}", note, tuple(listed(program, consent) for consent in people)
    )
