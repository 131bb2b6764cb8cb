from .changes import BlockChange
from .consent import RosterConsent
from .invitations import Invitation
from .leave import Leave
from .pathway import Cohort, Membership, PathwayVersion, Program, same_program
from .people import TRAINING, Leader, Resident, RoleGrant
from .schedule import Block, ClinicPattern, HalfDayHold, Rotation
from .settlement import Settlement
from .years import YearOverride

__all__ = [
    "TRAINING",
    "Block",
    "BlockChange",
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
    "Settlement",
    "YearOverride",
    "same_program",
]
