"""The words that a program's people, places and times can be in."""

from django.db.models import TextChoices

from qipathway.core.lib.states import arrow


def in_sentence(label: str) -> str:
    """Return a label as it reads within a sentence: "vacation", but "FMLA leave"."""
    first = label.partition(" ")[0]
    return label if first.isupper() else label[:1].lower() + label[1:]


class Role(TextChoices):
    """What a grant lets a person do; ``RESIDENT`` is never granted, it follows from the roster."""

    OPERATOR = "operator", "Operator"
    DIRECTOR = "director", "Program director"
    COORDINATOR = "coordinator", "Coordinator"
    CHIEF = "chief", "Chief resident"
    KPO_LEAD = "kpo_lead", "KPO lead"
    COACH = "coach", "KPO coach"
    DEPUTY = "deputy", "Deputy coach"
    INSTRUCTOR = "instructor", "Instructor"
    SPONSOR = "sponsor", "Sponsor"
    MENTOR = "mentor", "Mentor"
    REVIEWER = "reviewer", "Selection reviewer"
    RESIDENT = "resident", "Resident"

    @property
    def noun(self) -> str:
        """Return the role as it reads within a sentence: "sponsor", but "KPO coach"."""
        return in_sentence(self.label)


PAIRED = (Role.COACH, Role.DEPUTY, Role.SPONSOR, Role.MENTOR)
"""The roles that may name one resident."""

SOLE = (Role.COACH, Role.DEPUTY, Role.SPONSOR)
"""Of these, the roles that one person at a time holds for a resident."""

RELIED_ON = (Role.COACH, Role.SPONSOR)
"""Of these, the roles that are handed over before whoever holds them leaves."""

COACHING = (Role.COACH, Role.DEPUTY)
"""Whoever coaches a resident today: the coach, and who stands in while the coach is away."""


GIVEN = tuple(role for role in Role if role not in (Role.OPERATOR, Role.DEPUTY, Role.RESIDENT))
"""The roles in a program that people give each other."""

CLERICAL = (Role.COACH, Role.INSTRUCTOR, Role.SPONSOR, Role.MENTOR)
"""Of these, the roles that a coordinator gives too: none opens more than the coordinator sees."""


class InvitationState(TextChoices):
    PENDING = "pending", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    REVOKED = "revoked", "Taken back"


INVITATION_MOVES = {
    "accept": arrow({InvitationState.PENDING}, InvitationState.ACCEPTED, "accepted"),
    "revoke": arrow({InvitationState.PENDING}, InvitationState.REVOKED, "taken back"),
}


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
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrawn"


MEMBERSHIP_MOVES = {
    "withdraw": arrow({MembershipState.ACTIVE}, MembershipState.WITHDRAWN, "withdrawn"),
    "complete": arrow({MembershipState.ACTIVE}, MembershipState.COMPLETED, "completed"),
    "reinstate": arrow(
        {MembershipState.WITHDRAWN, MembershipState.COMPLETED},
        MembershipState.ACTIVE,
        "put back on the pathway",
    ),
}


class MemberDeed(TextChoices):
    """What can be done to one member of the pathway, and to many at once."""

    MOVE = "move", "Move to another cohort"
    MOVE_START = "move_start", "Move the first day of residency"
    CHANGE_TRACK = "change_track", "Change the track"
    COMPLETE = "complete", "Complete the pathway"
    WITHDRAW = "withdraw", "Withdraw from the pathway"


LISTED = (MembershipState.ACTIVE, MembershipState.COMPLETED)
"""Who may stand on the public roster: residents of the pathway and its graduates."""


class LeaveReason(TextChoices):
    """Why somebody is away, in words that tell nothing of their health."""

    ABSENCE = "absence", "Leave of absence"
    PARENTAL = "parental", "Parental leave"
    STUDY = "study", "Leave for study or research"


HIGHEST_YEAR = 8
"""Of residency; nobody trains longer in one program."""


class YearReason(TextChoices):
    """Why the postgraduate year is another than the days since the start say."""

    TRANSFER = "transfer", "Came from another residency"
    REPEAT = "repeat", "Repeats the year"
    CHIEF = "chief", "Chief year"
    OTHER = "other", "Another reason"


class SettlementKind(TextChoices):
    """How a requirement is settled other than by doing it here."""

    CREDIT = "credit", "Credited"
    WAIVER = "waiver", "Waived"


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
