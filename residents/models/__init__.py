from .consent import RosterConsent
from .invitations import Invitation
from .leave import Leave
from .pathway import Cohort, Membership, PathwayVersion, Program, same_program
from .people import Leader, Resident, RoleGrant
from .schedule import Block, ClinicPattern, HalfDayHold, Rotation

__all__ = [
    "Block",
    "ClinicPattern",
    "Cohort",
    "HalfDayHold",
    "Invitation",
    "Leader",
    "Leave",
    "Membership",
    "PathwayVersion",
    "Program",
    "Resident",
    "RoleGrant",
    "RosterConsent",
    "Rotation",
    "same_program",
]
