"""What happens to programs and people: places on the pathway, roles, and who coaches whom."""

from .access import deactivate_person, reactivate_person, release_person
from .blocks import Draft, draft_block, draft_swap, set_block, swap_blocks, undo_blocks
from .clinics import set_clinic
from .coaches import assign_coach, reassign_residents
from .consents import (
    RosterLine,
    give_roster_consent,
    prepare_roster_consent,
    withdraw_roster_consent,
)
from .deputies import dismiss_deputy, name_deputy
from .enrolment import enrol
from .grants import end_grant, grant_role
from .holds import Held, hold_half_days, release_half_days, restore_half_days
from .invitations import (
    Newcomer,
    accept_invitation,
    invite_director,
    invite_person,
    renew_invitation,
    revoke_invitation,
    show_invitation,
)
from .leave import end_leave, record_leave, withdraw_leave
from .members import (
    change_track,
    complete_member,
    move_member,
    move_start,
    reinstate_member,
    withdraw_member,
)
from .operators import appoint_operator
from .persons import Taken, correct_person
from .programs import MISSION, create_cohort, create_program, save_program
from .roles import end_role, give_role
from .rotations import change_rotation, restore_rotation, why_no_kind
from .settlements import (
    Waiver,
    credit_requirement,
    waive_requirement,
    waive_requirements,
    withdraw_settlement,
    withdraw_settlements,
)
from .versions import change_version, create_version
from .years import record_year, why_no_year_from, withdraw_year

__all__ = [
    "MISSION",
    "Draft",
    "Held",
    "Newcomer",
    "RosterLine",
    "Taken",
    "Waiver",
    "accept_invitation",
    "appoint_operator",
    "assign_coach",
    "change_rotation",
    "change_track",
    "change_version",
    "complete_member",
    "correct_person",
    "create_cohort",
    "create_program",
    "create_version",
    "credit_requirement",
    "deactivate_person",
    "dismiss_deputy",
    "draft_block",
    "draft_swap",
    "end_grant",
    "end_leave",
    "end_role",
    "enrol",
    "give_role",
    "give_roster_consent",
    "grant_role",
    "hold_half_days",
    "invite_director",
    "invite_person",
    "move_member",
    "move_start",
    "name_deputy",
    "prepare_roster_consent",
    "reactivate_person",
    "reassign_residents",
    "record_leave",
    "record_year",
    "reinstate_member",
    "release_half_days",
    "release_person",
    "renew_invitation",
    "restore_half_days",
    "restore_rotation",
    "revoke_invitation",
    "save_program",
    "set_block",
    "set_clinic",
    "show_invitation",
    "swap_blocks",
    "undo_blocks",
    "waive_requirement",
    "waive_requirements",
    "why_no_kind",
    "why_no_year_from",
    "withdraw_leave",
    "withdraw_member",
    "withdraw_roster_consent",
    "withdraw_settlement",
    "withdraw_settlements",
    "withdraw_year",
]
