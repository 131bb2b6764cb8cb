"""Versions of the pathway, intakes, and who has a place in one."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q

from ..models import (
    TRAINING,
    Cohort,
    Membership,
    PathwayVersion,
    Program,
    Resident,
    Settlement,
    YearOverride,
)
from ..requirements import Settlements, tally
from ..states import LISTED, MembershipState, Track

ELIGIBLE = frozenset({Track.CATEGORICAL, Track.PRIMARY_CARE})


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
