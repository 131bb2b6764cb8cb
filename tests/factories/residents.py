from datetime import UTC, date, datetime

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from residents.models import (
    Block,
    ClinicPattern,
    Cohort,
    HalfDayHold,
    Invitation,
    Leader,
    Leave,
    Membership,
    PathwayVersion,
    Program,
    Resident,
    RoleGrant,
    RosterConsent,
    Rotation,
    Settlement,
    YearOverride,
)
from residents.states import Role, RotationKind, SettlementKind, Track

from .accounts import UserFactory


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = Program

    slug = Sequence(lambda n: f"program-{n}")
    name = Sequence(lambda n: f"Program {n}")


class PathwayVersionFactory(DjangoModelFactory):
    class Meta:
        model = PathwayVersion

    program = SubFactory(ProgramFactory)
    name = "2024"
    effective_from = date(2024, 7, 1)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    program = SubFactory(ProgramFactory)
    version = LazyAttribute(
        lambda o: o.program.versions.first() or PathwayVersionFactory(program=o.program)
    )
    name = Sequence(lambda n: f"Intake {n}")
    starts_on = date(2025, 7, 1)


class ResidentFactory(DjangoModelFactory):
    class Meta:
        model = Resident

    program = SubFactory(ProgramFactory)
    person = SubFactory(UserFactory)
    staff_id = Sequence(lambda n: f"R{n:04}")
    track = Track.CATEGORICAL
    starts_on = date(2025, 7, 1)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    program = SelfAttribute("resident.program")
    cohort = SubFactory(CohortFactory, program=SelfAttribute("..program"))
    resident = SubFactory(ResidentFactory)
    joined_on = date(2025, 7, 1)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = SubFactory(UserFactory)
    program = LazyAttribute(lambda o: o.resident.program if o.resident else ProgramFactory())
    resident = None
    role = Role.DIRECTOR
    since = date(2024, 7, 1)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        expired = Trait(
            issued_at=datetime(2026, 11, 2, tzinfo=UTC),
            expires_at=datetime(2026, 11, 9, tzinfo=UTC),
        )

    person = SubFactory(UserFactory)
    program = SubFactory(ProgramFactory)
    email = SelfAttribute("person.email")
    role = Role.SPONSOR
    issued_at = datetime(2026, 11, 23, 15, tzinfo=UTC)
    expires_at = datetime(2026, 11, 30, 15, tzinfo=UTC)


class RosterConsentFactory(DjangoModelFactory):
    class Meta:
        model = RosterConsent

    class Params:
        prepared = Trait(given_at=None)
        withdrawn = Trait(withdrawn_at=datetime(2026, 11, 20, 16, tzinfo=UTC))

    resident = SubFactory(ResidentFactory)
    program = SelfAttribute("resident.program")
    shown_name = Sequence(lambda n: f"Shown {n}")
    given_at = datetime(2026, 11, 2, 16, tzinfo=UTC)


class LeaderFactory(DjangoModelFactory):
    class Meta:
        model = Leader

    person = SubFactory(UserFactory)
    program = SubFactory(ProgramFactory)
    title = "manager of the discharge lounge"
    owns_processes = True


class RotationFactory(DjangoModelFactory):
    class Meta:
        model = Rotation

    program = SubFactory(ProgramFactory)
    name = Sequence(lambda n: f"Elective: Subject {n}")
    kind = RotationKind.ELECTIVE


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    program = SelfAttribute("resident.program")
    resident = SubFactory(ResidentFactory)
    rotation = SubFactory(RotationFactory, program=SelfAttribute("..program"))
    start = date(2026, 11, 16)
    end = date(2026, 12, 13)


class LeaveFactory(DjangoModelFactory):
    class Meta:
        model = Leave

    resident = SubFactory(ResidentFactory)
    program = SelfAttribute("resident.program")
    first = date(2026, 11, 16)
    last = date(2026, 12, 13)


class YearOverrideFactory(DjangoModelFactory):
    class Meta:
        model = YearOverride

    resident = SubFactory(ResidentFactory)
    program = SelfAttribute("resident.program")
    first = date(2026, 7, 1)
    pgy = 1
    reason = "repeat"


class ClinicPatternFactory(DjangoModelFactory):
    class Meta:
        model = ClinicPattern

    program = SelfAttribute("resident.program")
    resident = SubFactory(ResidentFactory)
    weekday = 1
    half = "AM"
    kinds = [RotationKind.ELECTIVE, RotationKind.SBP]


class HalfDayHoldFactory(DjangoModelFactory):
    class Meta:
        model = HalfDayHold

    program = SelfAttribute("resident.program")
    resident = SubFactory(ResidentFactory)
    day = date(2026, 12, 3)
    half = "PM"
    reason = "a board examination"


class SettlementFactory(DjangoModelFactory):
    """One flow tour waived; ``credited`` was done in 2025 and before this system."""

    class Meta:
        model = Settlement

    class Params:
        credited = Trait(kind=SettlementKind.CREDIT, done_on=date(2025, 7, 3))

    resident = SubFactory(ResidentFactory)
    program = SelfAttribute("resident.program")
    requirement = "flow-tours"
    text = "Flow tour"
    kind = SettlementKind.WAIVER
    reason = "No tours took place that year."
    signed_by = SubFactory(UserFactory)
    signed_at = datetime(2026, 11, 20, 20, tzinfo=UTC)
