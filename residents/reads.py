"""Page-shaped reads over people and their schedules."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q
from django.urls import reverse

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import Half

from .models import (
    TRAINING,
    Block,
    ClinicPattern,
    Cohort,
    HalfDayHold,
    Invitation,
    Leave,
    Membership,
    PathwayVersion,
    Program,
    Resident,
    RoleGrant,
    RosterConsent,
    Settlement,
    YearOverride,
)
from .querysets import Day
from .requirements import Settlements, tally
from .schedule import REST_DAYS, WORKING_DAYS, Clinic, Hold, Schedule, Stay, merged
from .states import (
    LISTED,
    MembershipState,
    Role,
    RotationKind,
    Track,
)

ELIGIBLE = frozenset({Track.CATEGORICAL, Track.PRIMARY_CARE})
INVITATIONS = 20
LONGEST = date(2999, 12, 31)
"""Stands for the last day of a leave that nobody knows the end of."""
REST = "place__cohort__version__rest_days_after_nights"
WEEK = "program__working_days"
YEARS_OF_RESIDENCY = ("", "First year", "Second year", "Third year")


@dataclass(frozen=True, slots=True)
class Tied:
    """The person tied to a resident by a role, as a page names them."""

    resident_id: int
    person_id: int
    given_name: str
    name: str

    @property
    def short_name(self) -> str:
        """Return "R. Delacroix", for narrow columns."""
        rest = self.name.removeprefix(self.given_name).strip()
        return f"{self.given_name[:1]}. {rest}" if rest else self.name


@dataclass(frozen=True, slots=True)
class Load:
    """A coach, how many residents they have, and how many are thought to be enough."""

    person: User
    count: int
    limit: int

    @property
    def is_past(self) -> bool:
        """More than enough: a warning, never a wall."""
        return self.count > self.limit

    @property
    def words(self) -> str:
        return f"{self.count} of {self.limit}"


def programs_of(user: User) -> list[Program]:
    """Read the programs in which the user holds any role, by name."""
    return list(Program.objects.visible_to(user).order_by("name"))


def every_program() -> list[Program]:
    """Read all programs by name, for those who run the site."""
    return list(Program.objects.order_by("name"))


def residency_of(user: User, program: Program) -> Resident | None:
    """Read the user's own residency in a program, if they are a resident there."""
    return program.residents.filter(person=user).select_related("person", "program").first()


def directors(program: Program) -> list[RoleGrant]:
    """Read who directs the program today."""
    return list(program.grants.active().of_role(Role.DIRECTOR).select_related("person"))


def last_invitations(program: Program) -> list[Invitation]:
    """Read who was invited to direct the program last, the newest first."""
    sent = program.invitations.filter(role=Role.DIRECTOR).select_related("person")
    return list(sent[:INVITATIONS])


def open_invitation(key: int, email: str) -> Invitation | None:
    """Read an invitation that may still be answered, if it was sent to this address."""
    rows = Invitation.objects.open().select_related("person", "program", "invited_by")
    return rows.filter(pk=key, email=email).first()


def coach_loads(program: Program, today: date) -> list[Load]:
    """Read who coaches in a program, in the pool or somebody already, by name; two queries."""
    counts: dict[User, int] = {}
    here = Membership.objects.running().filter(resident=OuterRef("resident"))
    grants = RoleGrant.objects.active().of_role(Role.COACH).filter(program=program)
    grants = grants.annotate(counts=Exists(here))
    grants = grants.filter(person__is_active=True).select_related("person")
    for grant in grants.order_by("person__family_name", "person__given_name", "person"):
        counts[grant.person] = counts.get(grant.person, 0) + grant.counts
    limit = current_version(program, today).coach_caseload
    return [Load(person, count, limit) for person, count in counts.items()]


def current_version(program: Program, today: date) -> PathwayVersion:
    """Return the version of the pathway in force today, or the defaults before there is any."""
    return version_in_force(program, today) or PathwayVersion()


def newest_version(program: Program) -> PathwayVersion | None:
    """Read the version of the pathway that took effect last."""
    return program.versions.order_by("-effective_from").first()


def version_in_force(program: Program, day: date) -> PathwayVersion | None:
    """Read the version of the pathway that holds on a day, the oldest one before any has begun."""
    begun = program.versions.filter(effective_from__lte=day).order_by("-effective_from").first()
    return begun or program.versions.order_by("effective_from").first()


def other_ties(program: Program) -> list[RoleGrant]:
    """Read the sponsors and mentors of today with their residents, by the resident's name."""
    ties = RoleGrant.objects.sponsors_and_mentors().filter(program=program)
    return list(
        ties.select_related("person", "resident__person").order_by(
            "resident__person__family_name", "resident__person__given_name", "role", "pk"
        )
    )


def schedules_of(residents: Iterable[int], start: date, end: date) -> dict[int, Schedule]:
    """Read the schedules of residents around ``start`` to ``end``; four queries for any number.

    Every resident asked for has an entry, an empty one if nothing is known. Rest after nights is
    that of the resident's version of the pathway, working days are those of the program. A leave
    without a last day lasts until ``end``.
    """
    ids = list(residents)
    stays: dict[int, list[Stay]] = defaultdict(list)
    rest: dict[int, int] = {}
    week: dict[int, frozenset[int]] = {}
    running = Q(resident__memberships__state=MembershipState.ACTIVE)
    blocks = Block.objects.filter(resident__in=ids).overlapping(start, end)
    blocks = blocks.annotate(place=FilteredRelation("resident__memberships", condition=running))
    for resident, days, works, *stay in blocks.values_list(
        "resident_id", REST, WEEK, "start", "end", "rotation__kind", "rotation__name"
    ):
        stays[resident].append(Stay(*stay))
        rest[resident] = REST_DAYS if days is None else days
        week[resident] = frozenset(works)
    away = Leave.objects.filter(resident__in=ids).overlapping(start, end)
    for resident, first, last in away.values_list("resident_id", "first", "last"):
        stays[resident].append(on_leave(first, last or end))
    clinics: dict[int, list[Clinic]] = defaultdict(list)
    patterns = ClinicPattern.objects.filter(resident__in=ids)
    for resident, weekday, half, kinds in patterns.values_list(
        "resident_id", "weekday", "half", "kinds"
    ):
        clinics[resident].append(Clinic(weekday, Half(half), frozenset(kinds)))
    holds: dict[int, list[Hold]] = defaultdict(list)
    held = HalfDayHold.objects.standing().filter(resident__in=ids, day__range=(start, end))
    for resident, day, half, reason in held.values_list("resident_id", "day", "half", "reason"):
        holds[resident].append(Hold(day, Half(half), reason))
    return {
        key: Schedule(
            merged(stays[key]),
            tuple(clinics[key]),
            tuple(holds[key]),
            working_days=week.get(key, WORKING_DAYS),
            rest_days_after_nights=rest.get(key, REST_DAYS),
        )
        for key in ids
    }


def on_leave(first: date, last: date) -> Stay:
    """Return leave as a stretch of a schedule."""
    return Stay(first, last, RotationKind.LEAVE, "Leave")


def away(day: Day, **whose: Any) -> Q:
    """Say in a query that somebody is on leave that day, by their record or by their schedule.

    ``whose`` finds the rows of the person, by what leaves and blocks have in common.
    """
    taken = Leave.objects.filter(**whose).overlapping(day, day)
    blocks = Block.objects.filter(rotation__kind=RotationKind.LEAVE, **whose)
    return Q(Exists(taken)) | Q(Exists(blocks.overlapping(day, day)))


def schedule_of(resident: Resident, start: date, end: date) -> Schedule:
    """Read one resident's schedule around ``start`` to ``end``."""
    return schedules_of([resident.pk], start, end)[resident.pk]


def members(program: Program) -> list[Membership]:
    """Read everybody who is on the pathway now, by name, with person, cohort and version."""
    return list(
        Membership.objects.running()
        .filter(program=program)
        .select_related("resident__person", "resident__program", "cohort__version")
        .prefetch_related(*(f"resident__{each}" for each in TRAINING))
        .order_by("resident__person__family_name", "resident__person__given_name", "pk")
    )


def years_of(resident: Resident) -> list[YearOverride]:
    """Read the years of a resident that were set by hand and stand, the latest first."""
    return list(resident.year_overrides.standing().order_by("-first"))


def settled_in(program: Program) -> dict[int, Settlements]:
    """Read what is credited or waived in a program, by resident; one query for any number."""
    found: dict[int, list[Settlement]] = defaultdict(list)
    rows = Settlement.objects.standing().filter(program=program)
    for row in rows.only("resident_id", "requirement", "kind", "amount"):
        found[row.resident_id].append(row)
    return {resident: tally(rows) for resident, rows in found.items()}


def membership_of(resident: Resident) -> Membership | None:
    """Read the running membership of a resident, if any, with its version."""
    return resident.memberships.running().select_related("cohort__version").first()


def version_for(resident: Resident) -> PathwayVersion | None:
    """Return the version of the pathway that the resident is held to."""
    membership = membership_of(resident)
    return membership.cohort.version if membership else None


def place_of(resident: Resident) -> Membership | None:
    """Read the resident's place on the pathway, running or completed, with its version."""
    places = resident.memberships.filter(state__in=LISTED).select_related("cohort__version")
    return places.order_by("-joined_on", "-pk").first()


@dataclass(frozen=True, slots=True)
class FirstTies:
    """Since when a resident has had a coach and a sponsor, and since when they mentor somebody."""

    coach: date | None = None
    sponsor: date | None = None
    mentee: date | None = None


def first_ties(resident: Resident, today: date) -> FirstTies:
    """Read when a resident was first tied to others, up to today; one query."""
    begun = RoleGrant.objects.filter(program=resident.program_id, since__lte=today)
    own = begun.filter(resident=resident, role__in=(Role.COACH, Role.SPONSOR))
    mentees = begun.filter(person=resident.person_id, role=Role.MENTOR, resident__isnull=False)
    since = dict((own | mentees).order_by("-since").values_list("role", "since"))
    return FirstTies(since.get(Role.COACH), since.get(Role.SPONSOR), since.get(Role.MENTOR))


def coaches_of(residents: Iterable[int]) -> dict[int, Tied]:
    """Read the active coach of each resident; residents without one are absent."""
    return _tied_of(residents, Role.COACH)


def sponsors_of(residents: Iterable[int]) -> dict[int, Tied]:
    """Read the active sponsor of each resident; residents without one are absent."""
    return _tied_of(residents, Role.SPONSOR)


def _tied_of(residents: Iterable[int], role: Role) -> dict[int, Tied]:
    rows = (
        RoleGrant.objects.active()
        .of_role(role)
        .filter(resident__in=list(residents))
        .values_list("resident_id", "person_id", "person__given_name", "person__family_name")
    )
    return {
        resident: Tied(resident, person, given, f"{given} {family}".strip())
        for resident, person, given, family in rows
    }


def cohorts(program: Program) -> list[Cohort]:
    """Read the intakes, the newest first, each with its version and how many are in it now."""
    inside = Count("memberships", filter=Q(memberships__state=MembershipState.ACTIVE))
    return list(program.cohorts.select_related("version").annotate(size=inside))


def why_not_eligible(resident: Resident) -> str:
    """Return why this resident cannot join the pathway, or an empty string."""
    if resident.track not in ELIGIBLE:
        return "the pathway is open to the categorical and primary-care tracks only"
    if not resident.matched_here:
        return "the pathway is open to residents who matched here only"
    return ""


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
