"""Every bad cell is named by line, column and reason, and the database stays as it was."""

import pytest

from tests.factories.accounts import UserFactory
from tests.imports.conftest import said, sample
from tests.project.test_urls import digest

PEOPLE = "Name,E-mail,Roles\n"
ROSTER = "Staff ID,Last name,First name,E-mail,Track,Program start,Matched here\n"
ANN = "R1,Moe,Ann,ann@example.org,categorical,2026-07-01,yes\n"
BLOCKS = "Staff ID,Assignment,Start date,End date\n"
CLINIC = "Staff ID,Weekday,Half day,Applies to\n"
CLASSES = "Code,Title,Strand,Prerequisites\n"
SESSIONS = "Class code,Date,Start,End,Place,Instructor,Capacity,Seats held for residents\n"
TAUGHT = "VL01,2027-03-15,08:00,12:00,Room 1,Hal Whitcombe,12,2\n"
DONE = "Staff ID,Class code,Completed on,Status\n"

CASES = [
    ("people", PEOPLE, "The file has a header and no line below it."),
    ("people", "Name,Roles\nA B,coach\n", "The column “E-mail” is missing."),
    ("people", PEOPLE + "A B,a@b,coach\n", "line 2, E-mail: “a@b” is not an e-mail address"),
    ("people", PEOPLE + ",a@example.org,coach\n", "line 2, Name: is empty"),
    ("people", PEOPLE + "A B,,coach\n", "line 2, E-mail: is empty"),
    ("people", PEOPLE + "A B,a@example.org,wizard\n", "line 2, Roles: “wizard” holds “wizard”"),
    ("people", PEOPLE + "A B,a@example.org,operator\n", "which is no role here"),
    ("people", PEOPLE + "A B,a@example.org,quality leader\n", "a leader without a title"),
    (
        "people",
        PEOPLE + "A B,a@example.org,coach\nC D,A@Example.org,sponsor\n",
        "line 3, E-mail: “a@example.org” is already in line 2",
    ),
    (
        "people",
        PEOPLE + "A B,a@example.org,coach,x\n",
        "line 2: has 4 cells, more than the header.",
    ),
    (
        "people",
        "Name,E-mail,Roles,E-Mail\nA B,a@example.org,coach,b@example.org\n",
        "line 1, E-Mail: a column that holds the same is there already",
    ),
    (
        "people",
        "Name,E-mail,Roles,Since\nA B,a@example.org,coach,30 Feb 2026\n",
        "line 2, Since: “30 Feb 2026” is not a day that exists",
    ),
    ("people", PEOPLE + '"A\x07B",a@example.org,coach\n', "holds a character that cannot be seen"),
    ("people", PEOPLE + f"{'x' * 201},a@example.org,coach\n", "is longer than 200 characters"),
    ("roster", ROSTER + ANN.replace("categorical", "surgery"), "“surgery” is not known here."),
    ("roster", ROSTER + ANN.replace("2026-07-01", "7/1/26"), "has a year of two digits"),
    ("roster", ROSTER + ANN.replace("2026-07-01", "0001-01-01"), "between the years 1950 and"),
    ("roster", ROSTER + ANN.replace(",yes", ",perhaps"), "“perhaps” is neither yes nor no"),
    ("roster", ROSTER + ANN.replace(",yes", ","), "line 2, Matched here: is empty"),
    (
        "roster",
        ROSTER + ANN + ANN.replace("ann@", "bea@"),
        "line 3, Staff ID: “R1” is already in line 2",
    ),
    ("roster", ROSTER + ANN + ANN.replace("R1", "R9"), "line 3, E-mail: “ann@example.org” is"),
    (
        "roster",
        ROSTER.strip() + ",Role\n" + ANN.strip() + ",director\n",
        "line 1, Role: a roster gives nobody a role.",
    ),
    ("roster", ROSTER.strip() + ",Is Staff\n" + ANN.strip() + ",yes\n", "gives nobody a role"),
    ("blocks", BLOCKS + "R9999,ICU,2026-07-01,2026-07-28\n", "“R9999” is not in the roster."),
    (
        "blocks",
        BLOCKS + "R2101,ICU,2027-07-28,2027-07-01\n",
        "line 2, End date: “Jul 1, 2027” is before the start, Jul 28, 2027",
    ),
    ("blocks", BLOCKS + "R2101,ICU,2027-07-01,2029-07-01\n", "is more than a year after the start"),
    (
        "blocks",
        BLOCKS + "R2101,ICU,2027-07-01,2027-07-28\nR2101,Wards A,2027-07-28,2027-08-20\n",
        "line 3, Start date: “Jul 28, 2027” is within ICU of line 2, which ends on Jul 28, 2027.",
    ),
    (
        "blocks",
        BLOCKS + "R2101,ICU,2024-08-01,2024-08-05\n",
        "goes beyond what the file says. Put all of this resident's blocks of that time into",
    ),
    ("clinic", CLINIC + "R2101,Someday,AM,elective\n", "“Someday” is no day of the week"),
    ("clinic", CLINIC + "R2101,Monday,noon,elective\n", "line 2, Half day: “noon” is not known"),
    ("clinic", CLINIC + "R2101,Monday,AM,elective; moon\n", "Applies to: “elective; moon” is not"),
    (
        "clinic",
        CLINIC + "R2101,Monday,AM,elective\nR2101,mon,am,SBP\n",
        "line 3, Half day: “AM” is already in line 2 for this resident",
    ),
    ("classes", CLASSES + "X1,A title,magic,\n", "line 2, Strand: “magic” is not known here."),
    ("classes", CLASSES + "X1,A title,QI,X9\n", "“X9” is no class of this file or the catalogue"),
    ("classes", CLASSES + "X1,A,QI,X2\nX2,B,QI,X1\n", "these classes wait for each other: X"),
    ("classes", CLASSES + "X1,A,QI,\nx1,B,QI,\n", "line 3, Code: “x1” is already in line 2"),
    ("classes", CLASSES + "A-CODE-OF-13x,A,QI,\n", "is longer than 12 characters"),
    ("sessions", SESSIONS + TAUGHT.replace("VL01", "VL99"), "“VL99” is not in the class catalogue"),
    ("sessions", SESSIONS + TAUGHT.replace("Hal", "Nobody"), "is nobody of this program."),
    ("sessions", SESSIONS + TAUGHT.replace("12:00", "07:00"), "“07:00” is not after the start"),
    ("sessions", SESSIONS + TAUGHT.replace("12,2", "1,2"), "“2” is more than the capacity, 1"),
    ("sessions", SESSIONS + TAUGHT.replace("12,2", "0,0"), "“0” is not between 1 and"),
    ("sessions", SESSIONS + TAUGHT.replace("08:00", "8"), "“8” is not a time of day."),
    (
        "sessions",
        SESSIONS + TAUGHT + TAUGHT.replace("12,2", "14,2"),
        "line 3, Class code: “VL01” is already in line 2 at this time and place",
    ),
    (
        "sessions",
        SESSIONS + "VL01,2024-07-29,08:00,12:00,Elsewhere,Tomás Arrieta,20,2\n",
        "has started already, so its time and place can no longer be changed",
    ),
    ("completions", DONE + "R2101,VL99,2026-03-15,Completed\n", "“VL99” is not in the class"),
    ("completions", DONE + "R2305,VL01,2027-03-15,Completed\n", "Mar 15, 2027 is still to come"),
    ("completions", DONE + "R2305,VL01,2026-03-15,perhaps\n", "“perhaps” is not known here."),
]


@pytest.fixture
def full(send):
    """A program into which the files that others refer to have come in."""
    for kind in ("people", "roster", "classes", "sessions", "blocks"):
        assert said(send(kind, sample(kind))) == []


@pytest.mark.parametrize(("kind", "content", "words"), CASES)
def test_a_bad_cell_is_named_and_nothing_is_written(full, send, kind, content, words):
    before = digest()
    plan = send(kind, content)
    assert [text for text in said(plan) if words in text], said(plan)
    assert digest() == before


def test_every_error_of_a_file_is_named_at_once_and_a_good_line_does_not_slip_in(send):
    before = digest()
    plan = send(
        "roster",
        ROSTER + ANN + "R2,Moe,Bea,bea,prelim,2026-07-01,maybe\nR3,,,c@example.org,x,1/2/26,no\n",
    )
    assert [(problem.line, problem.column) for problem in plan.errors] == [
        (3, "E-mail"),
        (3, "Matched here"),
        (4, "Track"),
        (4, "Program start"),
    ]
    assert digest() == before


EVERY_ERROR = {
    "people": (
        PEOPLE + "A B,a@example.org,coach\nC D,a@example.org,coach\n,e@example.org,coach\n",
        ["line 3, E-mail: “a@example.org” is already in line 2", "line 4, Name: is empty"],
    ),
    "roster": (
        ROSTER + ANN + ANN.replace("ann@", "bea@") + ANN.replace("R1,Moe,Ann,ann@", "R2,,,cy@"),
        ["line 3, Staff ID: “R1” is already in line 2", "line 4, First name: is empty"],
    ),
    "blocks": (
        BLOCKS + "R9999,ICU,2027-07-01,2027-07-28\nR2101,ICU,2027-07-28,2027-07-01\n"
        "R2101,ICU,2027-08-01,2027-08-28\nR2101,Wards A,2027-08-28,2027-09-20\n",
        [
            "line 2, Staff ID: “R9999” is not in the roster. Bring in the roster first, or correct "
            "the ID",
            "line 3, End date: “Jul 1, 2027” is before the start, Jul 28, 2027",
            "line 5, Start date: “Aug 28, 2027” is within ICU of line 4, which ends on "
            "Aug 28, 2027. Only leave may lie over a block",
        ],
    ),
    "sessions": (
        SESSIONS
        + "VL01,2024-07-29,08:00,12:00,Elsewhere,Tomás Arrieta,20,2\n"
        + TAUGHT.replace("VL01", "VL99"),
        [
            "line 2, Date: “VL01, Jul 29, 2024 08:00, Jones Pavilion 12” has started already, so "
            "its time and place can no longer be changed",
            "line 3, Class code: “VL99” is not in the class catalogue. Bring in the catalogue "
            "first, or correct the code",
        ],
    ),
    "completions": (
        DONE + "R2101,VL99,2026-03-15,Completed\nR2305,VL01,2027-03-15,Completed\n",
        [
            "line 2, Class code: “VL99” is not in the class catalogue. Bring in the catalogue "
            "first, or correct the code",
            "line 3, Completed on: “VL01” cannot be entered: Mar 15, 2027 is still to come",
        ],
    ),
}


@pytest.mark.parametrize("kind", EVERY_ERROR)
def test_what_is_wrong_with_a_line_alone_does_not_hide_what_is_wrong_with_it_here(full, send, kind):
    content, words = EVERY_ERROR[kind]
    assert said(send(kind, content)) == words


def test_an_unknown_rotation_over_a_block_is_asked_about_and_may_be_leave(full, send):
    lines = BLOCKS + "R2101,ICU,2027-08-01,2027-08-28\nR2101,Jury duty,2027-08-09,2027-08-11\n"
    plan = send("blocks", lines)
    assert (said(plan), [q.key for q in plan.open_questions]) == ([], ["Jury duty"])
    plan = send("blocks", lines, answers={"rotations": {"Jury duty": "leave"}})
    assert (said(plan), plan.counts["new"]) == ([], 2)
    assert plan.notes[-1] == "New rotations are taken for: Leave (Jury duty)."


def test_a_column_of_roles_in_a_roster_is_an_error_and_nothing_else(send):
    plan = send("roster", ROSTER.strip() + ",Role\n" + ANN.strip() + ",director\n")
    assert (len(plan.errors), plan.warnings, plan.questions) == (1, [], [])


def test_a_line_that_is_there_twice_counts_once_and_is_only_warned_of(send):
    plan = send("people", PEOPLE + "A B,a@example.org,coach\n" * 3)
    assert (said(plan), plan.counts["new"]) == ([], 1)
    assert [str(warning) for warning in plan.warnings] == [
        "line 3: says the same as line 2, and counts once",
        "line 4: says the same as line 2, and counts once",
    ]


def test_a_time_that_a_clock_change_skips_is_moved_and_said(full, send):
    plan = send("sessions", SESSIONS + TAUGHT.replace("2027-03-15,08", "2027-03-14,02"))
    assert [str(warning) for warning in plan.warnings] == [
        "line 2, Start: “02:00” does not exist on Mar 14, 2027, when clocks go forward. It is "
        "taken as 03:00"
    ]
    again = send("sessions", SESSIONS + TAUGHT.replace("2027-03-15,08", "2027-03-14,02"))
    assert (plan.counts["new"], again.changes) == (1, [])


def test_an_instructor_by_a_name_that_two_people_have_is_asked_for_by_address(full, here, send):
    send("people", PEOPLE + "Hal Whitcombe,other.hal@example.org,instructor\n")
    plan = send("sessions", SESSIONS + TAUGHT)
    assert said(plan) == [
        "line 2, Instructor: “Hal Whitcombe” is the name of 2 people. Write the e-mail address "
        "instead"
    ]
    assert not send(
        "sessions", SESSIONS + TAUGHT.replace("Hal Whitcombe", "other.hal@example.org")
    ).errors


def test_only_a_director_can_name_a_director_by_a_file(here, send):
    content = PEOPLE + "A B,a@example.org,program director\n"
    before = digest()
    plan = send("people", content, by=here.coordinator)
    assert said(plan) == [
        "line 2, Roles: “program director” can only be named by a program director"
    ]
    assert digest() == before
    assert said(send("people", content)) == []
    assert said(send("people", content, by=here.coordinator)) == []


def test_an_address_of_somebody_who_has_signed_in_is_not_changed_by_a_roster(here, send, monday):
    send("roster", ROSTER + ANN)
    moved = ROSTER + ANN.replace("ann@", "anna@")
    assert send("roster", moved).counts["changed"] == 1
    person = here.program.residents.get(staff_id="R1").person
    person.last_login = monday
    person.save()
    before = digest()
    assert "only they can change it" in said(send("roster", ROSTER + ANN))[0]
    assert digest() == before


def test_the_name_of_somebody_who_belongs_to_another_program_is_left_alone(world, send):
    far = world.there.director
    plan = send("people", PEOPLE + f"Other Name,{far.email},instructor\n")
    assert "belongs to another program" in str(plan.warnings[0])
    name = far.name
    far.refresh_from_db()
    assert far.name == name


def test_a_roster_line_with_the_address_of_a_stranger_s_resident_is_refused(here, send):
    UserFactory(email="taken@example.org", given_name="Tay", family_name="Ken")
    send("roster", ROSTER + ANN)
    assert "is the address of Ann Moe" in said(send("roster", ROSTER + ANN.replace("R1", "R7")))[0]
