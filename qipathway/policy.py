"""Who may do what: one table from action to predicate, read from top to bottom.

An action is the name of the service that does it. Creation is asked of the parent of what is
created (a program, a resident, a session). States are never asked here: services enforce *when*.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from rules import Predicate, is_staff

from curriculum.rules import left_to_pool, reads_activity, teaches
from mentorship.rules import reads_note
from residents.rules import (
    administers,
    administers_scope,
    belongs,
    coaches_here,
    directs,
    gives,
    is_coach,
    is_office,
    is_self,
    is_sponsor,
    keeps_schedule,
    leads_kpo,
    operates,
    oversees,
    stands_in,
)
from residents.selection.rules import judges, rates, reviews_here

POLICY: dict[str, Predicate] = {
    # operations
    "operations.view_health": operates | is_staff,
    # residents
    "residents.view_programs": operates,
    "residents.create_program": operates,
    "residents.invite_director": operates,
    "residents.show_invitation": operates,
    "residents.revoke_invitation": operates | gives,
    "residents.renew_invitation": operates | gives,
    "residents.view_program": belongs,
    "residents.view_first_hour": directs,
    "residents.save_program": directs,
    "residents.create_version": directs,
    "residents.change_version": directs,
    "residents.view_cohorts": administers,
    "residents.create_cohort": administers,
    "residents.enrol": administers,
    "residents.withdraw_member": administers,
    "residents.complete_member": administers,
    "residents.reinstate_member": administers,
    "residents.move_member": administers,
    "residents.move_start": administers,
    "residents.change_track": administers,
    "residents.view_board": oversees,
    "residents.view_resident": oversees | is_self | is_coach,
    "residents.view_timeline": administers | leads_kpo | is_self | is_coach,
    "residents.view_leave": administers,
    "residents.record_leave": administers,
    "residents.end_leave": administers,
    "residents.withdraw_leave": administers,
    "residents.view_years": administers,
    "residents.record_year": administers,
    "residents.withdraw_year": administers,
    "residents.view_rotations": keeps_schedule,
    "residents.change_rotation": administers,
    "residents.restore_rotation": administers,
    "residents.set_block": keeps_schedule,
    "residents.swap_blocks": keeps_schedule,
    "residents.undo_blocks": keeps_schedule,
    "residents.set_clinic": keeps_schedule,
    "residents.hold_half_days": keeps_schedule,
    "residents.release_half_days": keeps_schedule,
    "residents.restore_half_days": keeps_schedule,
    "residents.view_settlement": administers | leads_kpo | is_self | is_coach,
    "residents.credit_requirement": directs,
    "residents.waive_requirement": directs,
    "residents.waive_requirements": directs,
    "residents.withdraw_settlement": directs,
    "residents.withdraw_settlements": directs,
    "residents.assign_coach": leads_kpo | directs,
    "residents.name_deputy": leads_kpo | directs | (is_coach & ~stands_in),
    "residents.dismiss_deputy": leads_kpo | directs | (is_coach & ~stands_in),
    "residents.view_people": administers,
    "residents.invite_person": gives,
    "residents.give_role": gives,
    "residents.end_role": gives,
    "residents.correct_person": gives,
    "residents.reassign_residents": directs,
    "residents.release_person": directs,
    "residents.deactivate_person": directs,
    "residents.reactivate_person": directs,
    "residents.grant_role": directs,
    "residents.end_grant": directs,
    "residents.view_roster_consent": is_self,
    "residents.prepare_roster_consent": is_self,
    "residents.give_roster_consent": is_self,
    "residents.withdraw_roster_consent": is_self,
    # selection
    "selection.view_rounds": administers,
    "selection.open_round": administers,
    "selection.view_round": administers,
    "selection.change_round": administers,
    "selection.close_round": administers,
    "selection.invite_residents": administers,
    "selection.view_application": administers | is_self | rates,
    "selection.save_application": is_self,
    "selection.remove_cv": is_self,
    "selection.submit_application": is_self,
    "selection.reopen_application": is_self,
    "selection.start_application": is_self,
    "selection.defer_application": is_self,
    "selection.withdraw_application": is_self,
    "selection.view_ratings": reviews_here,
    "selection.view_rating": judges,
    "selection.submit_rating": judges,
    "selection.declare_conflict": judges,
    "selection.name_reviewer": directs,
    "selection.dismiss_reviewer": directs,
    "selection.assign_reviewers": administers,
    "selection.view_ranking": directs,
    "selection.change_seats": directs,
    "selection.decide_application": directs,
    "selection.propose_decisions": directs,
    "selection.release_decisions": directs,
    "selection.undo_release": directs,
    "selection.accept_offer": is_self,
    "selection.refuse_offer": is_self,
    "selection.lapse_offer": directs,
    "selection.enrol_accepted": directs,
    # curriculum
    "curriculum.view_schedule": oversees,
    "curriculum.view_session": belongs,
    "curriculum.book_session": is_self | administers,
    "curriculum.override_booking": directs,
    "curriculum.withdraw_booking": is_self | administers,
    "curriculum.view_attendance": administers | leads_kpo | teaches,
    "curriculum.take_attendance": administers | teaches,
    "curriculum.view_completion": administers | leads_kpo | is_self | is_coach,
    "curriculum.record_completion": directs,
    "curriculum.record_completions": is_office,
    "curriculum.withdraw_completion": directs,
    "curriculum.move_session": administers | leads_kpo,
    "curriculum.reassign_sessions": administers,
    "curriculum.cancel_session": administers | leads_kpo,
    "curriculum.view_activity": reads_activity,
    "curriculum.log_activity": is_self,
    "curriculum.withdraw_activity": is_self,
    "curriculum.view_contribution": oversees | is_self | is_coach,
    "curriculum.log_contribution": administers | is_self | is_coach,
    "curriculum.confirm_contribution": administers | is_coach,
    "curriculum.withdraw_contribution": administers | is_self | is_coach,
    "curriculum.view_stand_up": belongs,
    "curriculum.schedule_stand_up": administers | leads_kpo | coaches_here,
    "curriculum.attend_stand_up": is_self,
    "curriculum.read_program_homework": administers,
    "curriculum.view_homework": administers | is_self | is_coach | teaches | left_to_pool,
    "curriculum.save_homework": is_self,
    "curriculum.submit_homework": is_self,
    "curriculum.accept_homework": is_coach | teaches | left_to_pool,
    "curriculum.return_homework": is_coach | teaches | left_to_pool,
    # mentorship
    "mentorship.view_wall": coaches_here,
    "mentorship.view_check_in": directs | is_coach | is_self,
    "mentorship.schedule_check_in": is_coach,
    "mentorship.move_check_in": is_coach,
    "mentorship.cancel_check_in": is_coach,
    "mentorship.save_check_in": is_coach,
    "mentorship.record_check_in": is_coach,
    "mentorship.write_update": is_self,
    "mentorship.complete_commitment": is_self | is_coach,
    "mentorship.reopen_commitment": is_self | is_coach,
    "mentorship.view_note": reads_note,
    # capstone
    "capstone.read_program_projects": is_office,
    "capstone.view_project": is_office | is_self | is_coach | is_sponsor,
    "capstone.open_project": is_self,
    "capstone.choose_process": is_self,
    "capstone.write_charter": is_self,
    "capstone.keep_draft": is_self,
    "capstone.drop_draft": is_self,
    "capstone.screen_project": is_self,
    "capstone.sign_charter": is_sponsor,
    "capstone.enter_at_stage": directs,
    "capstone.withdraw_entry": directs,
    "capstone.view_measure": is_office | is_self | is_coach | is_sponsor,
    "capstone.add_measure": is_self,
    "capstone.correct_measure": is_self,
    "capstone.add_point": is_self,
    "capstone.correct_point": is_self,
    "capstone.remove_point": is_self,
    "capstone.restore_point": is_self,
    # cockpit
    "cockpit.view_involvement": oversees,
    "cockpit.snooze": oversees,
    "cockpit.unsnooze": oversees,
    "cockpit.change_members": administers,
    "cockpit.undo_change": administers,
    # imports
    "imports.view_imports": is_office,
    "imports.upload_file": is_office,
    "imports.answer_question": is_office,
    "imports.import_file": is_office,
    "imports.import_people": administers,
    "imports.import_roster": administers,
    "imports.import_clinic": administers,
    "imports.import_blocks": administers,
    "imports.import_classes": is_office,
    "imports.import_sessions": is_office,
    "imports.import_completions": is_office,
    # reminders
    "reminders.view_deliveries": administers,
    "reminders.send_test_mail": administers,
    "reminders.retry_mail": administers_scope,
    "reminders.settle_mail": administers_scope,
    "reminders.dismiss_mail": administers_scope,
}

OURS = frozenset(
    {
        "residents",
        "selection",
        "curriculum",
        "mentorship",
        "capstone",
        "cockpit",
        "imports",
        "reminders",
        "operations",
    }
)


class UnknownAction(LookupError):
    """A name in one of our namespaces that no row of the table answers for."""


class PolicyBackend(BaseBackend):
    """Answers ``user.has_perm(action, obj)`` from the table; holds no permissions of its own.

    A no of the table is the last word: raising ``PermissionDenied`` keeps Django from asking the
    other backends, so that no permission granted in the admin can open what the table closes.
    """

    def has_perm(
        self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Any = None
    ) -> bool:
        rule = POLICY.get(perm)
        if rule is not None:
            if user_obj.is_active and rule.test(user_obj, obj):
                return True
            raise PermissionDenied
        if perm.partition(".")[0] in OURS and perm not in model_permissions():
            raise UnknownAction(perm)
        return False


def model_permissions() -> frozenset[str]:
    """Return Django's own ``app.change_model`` names, which the admin asks for."""
    return frozenset(
        f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
        for model in apps.get_models()
        for verb in model._meta.default_permissions
    )
