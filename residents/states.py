"""The words that a program's people, places and times can be in."""

from django.db.models import TextChoices

from qipathway.core.lib.states import arrow


class Role(TextChoices):
    """What a grant lets a person do; ``RESIDENT`` is never granted, it follows from the roster."""

    OPERATOR = "operator", "Operator"
    DIRECTOR = "director", "Program director"
    COORDINATOR = "coordinator", "Coordinator"
    CHIEF = "chief", "Chief resident"
    KPO_LEAD = "kpo_lead", "KPO lead"
    COACH = "coach", "KPO coach"
    INSTRUCTOR = "instructor", "Instructor"
    SPONSOR = "sponsor", "Sponsor"
    MENTOR = "mentor", "Mentor"
    REVIEWER = "reviewer", "Selection reviewer"
    RESIDENT = "resident", "Resident"


PAIRED = (Role.COACH, Role.SPONSOR, Role.MENTOR)
"""The roles that may name one resident."""


class Track(TextChoices):
    CATEGORICAL = "categorical", "Categorical"
    PRIMARY_CARE = "primary_care", "Primary care"
    PRELIMINARY = "preliminary", "Preliminary"


class CareerInterest(TextChoices):
    UNDECIDED = "", "Undecided"
    PRIMARY_CARE = "primary_care", "Primary care"
    HOSPITALIST = "hospitalist", "Hospitalist"
    SUBSPECIALIST = "subspecialist", "Subspecialist"


class MembershipState(TextChoices):
    ACTIVE = "active", "Active"
    ON_LEAVE = "on_leave", "On leave"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrawn"


RUNNING = (MembershipState.ACTIVE, MembershipState.ON_LEAVE)
MEMBERSHIP_MOVES = {
    "start_leave": arrow({MembershipState.ACTIVE}, MembershipState.ON_LEAVE, "put on leave"),
    "end_leave": arrow(
        {MembershipState.ON_LEAVE}, MembershipState.ACTIVE, "brought back from leave"
    ),
    "complete": arrow({MembershipState.ACTIVE}, MembershipState.COMPLETED, "completed"),
    "withdraw": arrow(
        {MembershipState.ACTIVE, MembershipState.ON_LEAVE}, MembershipState.WITHDRAWN, "withdrawn"
    ),
}


class RotationKind(TextChoices):
    """What a rotation is like; what it allows follows from this."""

    ELECTIVE = "elective", "Elective"
    SBP = "sbp", "Systems-Based Practice"
    AMBULATORY = "ambulatory", "Ambulatory"
    INPATIENT = "inpatient", "Inpatient"
    EMERGENCY = "emergency", "Emergency"
    ICU = "icu", "ICU"
    NIGHTS = "nights", "Nights"
    LEAVE = "leave", "Leave"


PROTECTED_KINDS = frozenset({RotationKind.ELECTIVE, RotationKind.SBP})
QUIET_KINDS = frozenset({RotationKind.ICU, RotationKind.NIGHTS, RotationKind.LEAVE})
