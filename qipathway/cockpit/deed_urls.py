"""Addresses of deeds of the apps whose page draws on several; named in the app's namespace."""

from django.urls import path

from .views import (
    blocks,
    check_in,
    coaching,
    deputies,
    leave,
    leaving,
    people,
    rotations,
    schedule,
    settlements,
    waivers,
)

RESIDENTS = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite_person, name="person-invite"),
    path("people/<uuid:uid>/", people.person, name="person"),
    path("people/<uuid:uid>/roles/give/", people.give_role, name="role-give"),
    path("people/<uuid:uid>/correct/", people.correct_person, name="person-correct"),
    path("people/<uuid:uid>/leaving/", leaving.leaving, name="leaving"),
    path("people/<uuid:uid>/release/", leaving.release_person, name="person-release"),
    path("people/<uuid:uid>/deactivate/", leaving.deactivate_person, name="person-deactivate"),
    path("people/<uuid:uid>/reactivate/", leaving.reactivate_person, name="person-reactivate"),
    path(
        "people/<uuid:uid>/residents/reassign/",
        leaving.reassign_residents,
        name="residents-reassign",
    ),
    path("people/roles/<uuid:uid>/end/", people.end_role, name="role-end"),
    path("away/", deputies.own_absence, name="own-absence"),
    path("coaches/<uuid:uid>/away/", deputies.absence, name="absence"),
    path("coaches/<uuid:uid>/deputy/name/", deputies.name_deputy, name="deputy-name"),
    path("coaches/<uuid:uid>/deputy/dismiss/", deputies.dismiss_deputy, name="deputy-dismiss"),
    path("coaching/", coaching.coaching, name="coaching"),
    path("coaching/ties/", coaching.grant_role, name="role-grant"),
    path("coaching/ties/<uuid:uid>/end/", coaching.end_grant, name="grant-end"),
    path("residents/<uuid:uid>/coach/", coaching.assign_coach, name="coach-assign"),
    path("residents/<uuid:uid>/leave/", leave.leave_page, name="leave"),
    path("residents/<uuid:uid>/leave/record/", leave.record_leave, name="leave-record"),
    path("leave/<uuid:uid>/end/", leave.end_leave, name="leave-end"),
    path("leave/<uuid:uid>/withdraw/", leave.withdraw_leave, name="leave-withdraw"),
    path("rotations/", rotations.rotations, name="rotations"),
    path("rotations/<uuid:uid>/", rotations.rotation, name="rotation"),
    path("rotations/<uuid:uid>/change/", rotations.change_rotation, name="rotation-change"),
    path("rotations/<uuid:uid>/restore/", rotations.restore_rotation, name="rotation-restore"),
    path("residents/<uuid:uid>/schedule/", schedule.schedule_page, name="schedule"),
    path("residents/<uuid:uid>/blocks/", blocks.blocks, name="blocks"),
    path("residents/<uuid:uid>/blocks/set/", blocks.set_block, name="block-set"),
    path("residents/<uuid:uid>/blocks/swap/", blocks.swap_blocks, name="blocks-swap"),
    path("blocks/<uuid:uid>/undo/", blocks.undo_blocks, name="blocks-undo"),
    path("residents/<uuid:uid>/clinic/set/", schedule.set_clinic, name="clinic-set"),
    path("residents/<uuid:uid>/schedule/hold/", schedule.hold_half_days, name="half-days-hold"),
    path("half-days/<uuid:uid>/release/", schedule.release_half_days, name="half-days-release"),
    path("half-days/<uuid:uid>/restore/", schedule.restore_half_days, name="half-days-restore"),
    path("residents/<uuid:uid>/credits/", settlements.credit_page, name="credits"),
    path(
        "residents/<uuid:uid>/credits/credit/",
        settlements.credit_requirement,
        name="requirement-credit",
    ),
    path(
        "residents/<uuid:uid>/credits/waive/",
        settlements.waive_requirement,
        name="requirement-waive",
    ),
    path("settlements/<uuid:uid>/file/", settlements.settlement_file, name="settlement-file"),
    path(
        "settlements/<uuid:uid>/withdraw/",
        settlements.withdraw_settlement,
        name="settlement-withdraw",
    ),
    path("waivers/", waivers.waivers, name="waivers"),
    path("waivers/sign/", waivers.waive_requirements, name="requirements-waive"),
    path("waivers/<uuid:uid>/withdraw/", waivers.withdraw_settlements, name="settlements-withdraw"),
]
MENTORSHIP = [
    path("check-ins/<uuid:uid>/record/", check_in.record_check_in, name="check-in-record"),
]
CURRICULUM = [
    path(
        "people/<uuid:uid>/sessions/reassign/",
        leaving.reassign_sessions,
        name="sessions-reassign",
    ),
]
