"""The policy page, tested as a literal table: role x action on one resident and their things."""

import pytest

from capstone.models import Measure, Point, Project
from curriculum.models import Booking, Homework, Session, StandUp
from mentorship.models import CheckIn, CoachNote
from qipathway.policy import POLICY, UnknownAction
from residents.models import Program, Resident
from residents.states import Role
from tests.factories.capstone import PointFactory, ProjectFactory
from tests.factories.curriculum import (
    BookingFactory,
    CompletionFactory,
    HomeworkFactory,
    SessionFactory,
)
from tests.factories.mentorship import CheckInFactory, CoachNoteFactory

ROLES = [
    "director",
    "coordinator",
    "chief",
    "kpo_lead",
    "coach",
    "other_coach",
    "instructor",
    "sponsor",
    "resident",
    "other",
    "operator",
    "mentor",
    "reviewer",
]
NEWCOMERS = {"operator": Role.OPERATOR, "mentor": Role.MENTOR, "reviewer": Role.REVIEWER}

# One letter a role, in the order above: d c h k  c o i s  r x  p m v. A dot is a no.
MATRIX = """
operations.view_health            program   ..........p..
residents.view_program            program   dchkcoisrxpmv
residents.view_board              program   dchk.........
residents.view_resident            resident  dchkc...r....
residents.view_timeline           resident  dc.kc...r....
residents.assign_coach            resident  d..k.........
residents.grant_role              program   d............
residents.end_grant               resident  d............
curriculum.view_session           session   dchkcoisrxpmv
curriculum.book_session           resident  dc......r....
curriculum.override_booking       program   d............
curriculum.withdraw_booking       booking   dc......r....
curriculum.view_attendance        session   dc.k..i......
curriculum.take_attendance        session   dc....i......
curriculum.view_completion        completion dc.kc...r....
curriculum.record_completion      resident  d............
curriculum.record_completions     program   d............
curriculum.withdraw_completion    completion d............
curriculum.move_session           session   dc.k.........
curriculum.cancel_session         session   dc.k.........
curriculum.view_stand_up          program   dchkcoisrxpmv
curriculum.schedule_stand_up      program   dc.kco.......
curriculum.attend_stand_up        resident  ........r....
curriculum.read_program_homework  program   dc...........
curriculum.view_homework          homework  dc..c.i.r....
curriculum.save_homework          homework  ........r....
curriculum.submit_homework        homework  ........r....
curriculum.accept_homework        homework  ....c.i......
curriculum.return_homework        homework  ....c.i......
mentorship.view_wall              program   ....co.......
mentorship.view_check_in          check_in  d...c...r....
mentorship.schedule_check_in      resident  ....c........
mentorship.move_check_in          check_in  ....c........
mentorship.cancel_check_in        check_in  ....c........
mentorship.save_check_in          check_in  ....c........
mentorship.record_check_in        check_in  ....c........
mentorship.write_update           resident  ........r....
mentorship.complete_commitment    resident  ....c...r....
mentorship.reopen_commitment      resident  ....c...r....
mentorship.view_note              note      d...c...r....
capstone.read_program_projects    program   dc.k.........
capstone.view_project             project   dc.kc..sr....
capstone.open_project             resident  ........r....
capstone.choose_process           project   ........r....
capstone.write_charter            project   ........r....
capstone.keep_draft               project   ........r....
capstone.drop_draft               project   ........r....
capstone.screen_project           project   ........r....
capstone.sign_charter             project   .......s.....
capstone.view_measure             measure   dc.kc..sr....
capstone.add_measure              project   ........r....
capstone.correct_measure          measure   ........r....
capstone.add_point                measure   ........r....
capstone.correct_point            point     ........r....
capstone.remove_point             point     ........r....
capstone.restore_point            point     ........r....
cockpit.snooze                    resident  dchk.........
cockpit.unsnooze                  resident  dchk.........
reminders.view_deliveries         program   dc...........
reminders.retry_mail              program   dc...........
reminders.settle_mail             program   dc...........
reminders.dismiss_mail            program   dc...........
"""
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def things(world):
    """One of everything that an action is asked about, all of ``world.here.resident``."""
    here = world.here
    session = SessionFactory(program=here.program, instructor=here.instructor)
    booking = BookingFactory(session=session, resident=here.resident)
    homework = HomeworkFactory(
        booking__resident=here.resident,
        booking__session__program=here.program,
        booking__session__instructor=here.instructor,
        submitted=True,
    )
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    project = ProjectFactory(program=here.program, resident=here.resident)
    point = PointFactory(measure__project=project)
    return {
        "note": CoachNoteFactory(check_in=check_in, level="shared"),
        "program": here.program,
        "resident": here.resident,
        "session": session,
        "booking": booking,
        "homework": homework,
        "completion": CompletionFactory(resident=here.resident),
        "check_in": check_in,
        "project": project,
        "measure": point.measure,
        "point": point,
    }


def people(hospital):
    """Everybody of a hospital by role; ``mentor`` is tied to ``resident``."""
    for name, role in NEWCOMERS.items():
        if not hasattr(hospital, name):
            tied = hospital.resident if role == Role.MENTOR else None
            setattr(hospital, name, hospital.person(name, role, tied))
    found = {role: getattr(hospital, role) for role in ROLES}
    return {
        role: person.person if isinstance(person, Resident) else person
        for role, person in found.items()
    }


def test_every_role_may_do_exactly_what_the_table_says(world, things):
    wrong = []
    for action, noun, cells in ROWS:
        for cell, (role, user) in zip(cells, people(world.here).items(), strict=True):
            if user.has_perm(action, things[noun]) != (cell != "."):
                wrong.append((action, role))
    assert wrong == []


def test_nobody_of_another_program_may_do_anything(world, things):
    allowed = [
        (action, role)
        for action, noun, _ in ROWS
        for role, user in people(world.there).items()
        if user.has_perm(action, things[noun])
    ]
    assert allowed == [("operations.view_health", "operator")], "the site is of no program"


def test_the_table_of_this_test_names_every_action_of_the_policy_once():
    assert sorted(action for action, _, _ in ROWS) == sorted(POLICY)


def test_a_deactivated_person_may_do_nothing(world, things):
    director = world.here.director
    director.is_active = False
    assert [row for row in ROWS if director.has_perm(row[0], things[row[1]])] == []


def test_a_role_that_ended_yesterday_gives_nothing_today(world, things, today):
    director = world.here.director
    director.grants.update(until=today.replace(day=today.day - 1))
    assert not director.has_perm("residents.view_board", world.here.program)


def test_an_unknown_action_in_our_namespaces_raises(world):
    with pytest.raises(UnknownAction):
        world.here.director.has_perm("curriculum.acept_homework", None)


def test_django_s_own_names_are_left_to_django(world):
    assert not world.here.director.has_perm("residents.change_program")


VIEW_RULES = [
    (Program, "residents.view_program", "program"),
    (Resident, "residents.view_resident", "resident"),
    (Session, "curriculum.view_session", "session"),
    (Homework, "curriculum.view_homework", "homework"),
    (CheckIn, "mentorship.view_check_in", "check_in"),
    (Project, "capstone.view_project", "project"),
    (Measure, "capstone.view_measure", "measure"),
    (Point, "capstone.view_measure", "point"),
    (CoachNote, "mentorship.view_note", "note"),
]


@pytest.mark.parametrize(("model", "action", "noun"), VIEW_RULES)
def test_lists_and_the_view_rule_agree_for_every_role(world, things, model, action, noun):
    """``visible_to`` and the policy are twins; the other program's data could leak."""
    everybody = {**people(world.here), **{f"far {k}": v for k, v in people(world.there).items()}}
    thing = things[noun]
    listed = {r for r, u in everybody.items() if thing in model.objects.visible_to(u)}
    allowed = {r for r, u in everybody.items() if u.has_perm(action, thing)}
    assert listed == allowed


def test_bookings_and_stand_ups_of_another_program_are_never_listed(world, things):
    for user in people(world.there).values():
        assert not Booking.objects.visible_to(user).filter(program=world.here.program).exists()
        assert not StandUp.objects.visible_to(user).filter(program=world.here.program).exists()
