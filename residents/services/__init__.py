"""What happens to programs and people: places on the pathway, roles, and who coaches whom."""

from ..reads import why_not_eligible
from .coaches import assign_coach
from .enrolment import enrol
from .grants import end_grant, grant_role
from .invitations import (
    accept_invitation,
    directors,
    invite_director,
    revoke_invitation,
    show_invitation,
)
from .operators import appoint_operator
from .programs import MISSION, create_cohort, create_program, newest_version, save_program

__all__ = [
    "MISSION",
    "accept_invitation",
    "appoint_operator",
    "assign_coach",
    "create_cohort",
    "create_program",
    "directors",
    "end_grant",
    "enrol",
    "grant_role",
    "invite_director",
    "newest_version",
    "revoke_invitation",
    "save_program",
    "show_invitation",
    "why_not_eligible",
]
