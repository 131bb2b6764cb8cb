"""The demo program as it stands when somebody opens it for the first time."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db.models import Exists, OuterRef

import capstone.reads
import curriculum.reads
import mentorship.reads
from capstone.models import Measure, Project
from capstone.reads import measure_page, standing_of_project
from capstone.states import Stage
from curriculum.models import Homework, Session
from curriculum.states import HomeworkState
from mentorship.models import CheckIn, Commitment, Update
from mentorship.states import CommitmentState, Mood
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.clock.services import today as clock_today
from qipathway.core.notices import dispatch
from qipathway.core.notices.models import Mail
from qipathway.core.notices.states import MailState
from qipathway.demo.cards import demo_cards
from qipathway.demo.scene import MONDAY, NOW, ZONE, stable
from residents.models import Block, Membership, Program, Resident, RoleGrant
from residents.reads import coaches_of
from residents.selection.models import Round
from residents.selection.reads.ranking import ranking_of
from residents.selection.reads.ratings import queue_of
from tests.core.notices.relay import Relay

pytestmark = pytest.mark.django_db

SIGNS = {"done": "+", "open": "h", "booked": "b", "missed": "x"}
ROLES = {
    "ines.marchetti": ["operator"],
    "anneke.dewit": [],
    "amara.diallo": ["mentor"],
    "beatriz.carvalho": ["sponsor"],
    "bertrand.achterberg": ["coordinator"],
    "dmitri.volkov": [],
    "elena.voss": ["director"],
    "gregor.halvorsen": ["mentor"],
    "hal.whitcombe": ["instructor"],
    "howard.finch": [],
    "ingrid.solheim": ["sponsor"],
    "lupe.santana": [],
    "marcus.oduya": ["sponsor"],
    "marguerite.dubois": ["instructor"],
    "priya.raghunathan": ["instructor"],
    "renee.delacroix": ["coach"],
    "roisin.keogh": [],
    "sade.abiodun": ["coach", "kpo_lead", "reviewer"],
    "saoirse.flanagan": ["chief", "reviewer"],
    "takumi.nakamura": ["coach"],
    "tomas.arrieta": ["instructor"],
    "wen-li.tsai": ["mentor"],
}
BOARD = {
    "R2101": "++++++++++",
    "R2102": "++++++++++",
    "R2103": "+++++++++h",
    "R2104": "++++++++++",
    "R2201": "+++++.+.h.",
    "R2202": "+++++.hb+.",
    "R2203": "++++++bhx.",
    "R2204": "+++++bb++b",
    "R2301": "++.hb.b...",
    "R2302": "+...b.b...",
    "R2303": "+...h.....",
    "R2304": "+h..+.....",
}


def resident(staff_id):
    return Resident.objects.select_related("person", "program").get(staff_id=staff_id)


def test_two_loads_tell_the_same_story_to_the_last_date(demo):
    assert demo.first == demo.second


def test_a_second_load_changes_nothing_and_says_so(demo):
    before = (Program.objects.count(), User.objects.count(), Mail.objects.count())
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert said.getvalue() == "The demo program is already there; nothing was changed.\n"
    assert before == (Program.objects.count(), User.objects.count(), Mail.objects.count())


def test_the_clock_stands_at_the_fixed_monday(demo):
    assert (clock_today(ZONE), now()) == (MONDAY, NOW)
    assert MONDAY.strftime("%A") == "Monday"


def test_everybody_of_the_organisation_holds_the_roles_of_the_file(demo):
    held = {
        email.partition("@")[0]: sorted(
            RoleGrant.objects.active()
            .filter(person__email=email, resident=None)
            .values_list("role", flat=True)
        )
        for email in User.objects.filter(residencies=None).values_list("email", flat=True)
    }
    assert held == ROLES


@pytest.mark.requirement(6)
def test_the_preliminary_resident_is_a_person_without_a_place(demo):
    places = dict(Resident.objects.values_list("staff_id", "memberships__state"))
    assert places.pop("R2305") is None
    light = [name for name, place in places.items() if place is None]
    assert sorted(light) == [f"R23{number}" for number in range(11, 21)]
    assert {places.pop(name) for name in light} == {None}
    assert set(places.values()) == {"active"}
    assert Counter(Membership.objects.values_list("cohort__name", flat=True)) == {
        "Class of 2027": 4,
        "Class of 2028": 4,
        "Class of 2029": 4,
    }


def test_two_readers_are_in_the_middle_of_a_selection_for_the_winter_intake(demo):
    round_ = Round.objects.get(program=demo.program)
    states = Counter(round_.applications.values_list("state", flat=True))
    assert states == {"in_review": 8, "not_now": 1, "invited": 1}
    assert not round_.is_open(NOW)
    ranking = ranking_of(round_)
    assert [(str(row.application.resident), row.score.is_wide) for row in ranking.ranked] == [
        ("Amina Bashir", False),
        ("Esperanza Luna", False),
        ("Caleb Whitfield", True),
        ("Henrik Dahl", False),
    ]
    assert [row.words for row in ranking.unrated] == [
        "1 of 2 in, waits for Saoirse Flanagan",
        "1 of 2 in, waits for Sade Abiodun",
        "0 of 2 in, waits for Saoirse Flanagan and Sade Abiodun",
        "0 of 1 in, waits for Sade Abiodun",
    ]
    for name, progress in (("saoirse.flanagan", "5 of 7"), ("sade.abiodun", "5 of 8")):
        reader = User.objects.get(email=f"{name}@example.org")
        assert queue_of(demo.program, reader).progress == progress
    cv = round_.applications.get(resident__staff_id="R2311").cv
    assert (cv.name, cv.is_ready) == ("CV Amina Bashir.pdf", True)


def test_eleven_of_twelve_have_a_coach(demo):
    everybody = Resident.objects.on_pathway()
    coaches = coaches_of(everybody.values_list("pk", flat=True))
    assert Counter(tied.name for tied in coaches.values()) == {
        "Renée Delacroix": 6,
        "Takumi Nakamura": 5,
    }
    assert [r.staff_id for r in everybody if r.pk not in coaches] == ["R2304"]


def test_the_board_shows_every_kind_of_cell(demo):
    courses = curriculum.reads.required_courses(demo.program)
    progress = curriculum.reads.for_board(demo.program, courses, MONDAY)
    drawn = {
        person.staff_id: "".join(
            SIGNS.get(progress[person.pk].cells.get(course.pk, curriculum.reads.EMPTY).kind, ".")
            for course in courses
        )
        for person in Resident.objects.on_pathway()
    }
    assert drawn == BOARD


def test_the_tired_second_year_can_book_tomorrow_and_not_on_a_clinic_day(demo):
    tired = resident("R2201")
    offers = {
        (offer.session.course.code, offer.session.day): offer
        for offer in curriculum.reads.offers_for(tired, after=NOW, until=date(2027, 1, 12))
    }
    assert offers["VL06", date(2026, 12, 29)].is_open
    refused = offers["VL08", date(2027, 1, 8)].refusal
    assert refused == "Friday afternoon is your continuity clinic"
    assert offers["VL10", date(2027, 1, 12)].refusal == "Set-up, flow comes first"


def test_the_tired_second_year_has_homework_words_and_promises_for_tomorrow(demo):
    tired = resident("R2201")
    assert [
        (work.course.code, work.state, work.due_on)
        for work in curriculum.reads.open_homework(tired)
    ] == [("VL09", HomeworkState.DRAFT, date(2027, 1, 12))]
    following = CheckIn.objects.scheduled().get(resident=tired)
    assert (following.day, str(following.coach)) == (MONDAY + timedelta(1), "Renée Delacroix")
    assert Update.objects.unanswered().filter(resident=tired).count() == 1
    states = Counter(Commitment.objects.filter(resident=tired).values_list("state", flat=True))
    assert states == {CommitmentState.DONE: 9, CommitmentState.OPEN: 1}


def test_the_instructor_finds_this_mornings_class_with_its_attendance_open(demo):
    session = Session.objects.get(day=MONDAY, instructor__email="tomas.arrieta@example.org")
    assert session.ends_at < NOW
    names = [str(booking.resident) for booking in curriculum.reads.attendance_list(session)]
    assert names == ["Ji-woo Kim", "Åsa Lindqvist", "Mila Petrov", "Joost van der Berg"]


def test_homework_waits_for_the_coach_and_one_piece_was_returned(demo):
    coach = User.objects.get(email="renee.delacroix@example.org")
    waiting = Homework.objects.for_review_by(coach).values_list(
        "resident__staff_id", "course__code"
    )
    assert list(waiting) == [("R2301", "VL04"), ("R2103", "VL10")]
    returned = Homework.objects.filter(state=HomeworkState.RETURNED)
    assert [str(work.resident) for work in returned] == ["Luz García Márquez"]


def test_one_has_not_been_seen_for_48_days_and_one_needs_the_director(demo):
    facts = mentorship.reads.for_board(demo.program, MONDAY)
    silent, asked = facts[resident("R2203").pk], facts[resident("R2103").pk]
    assert MONDAY - silent.last_held == timedelta(days=48)
    assert (silent.next_on, silent.overdue_commitments) == (None, 1)
    assert (asked.mood, asked.asked_director) == (Mood.NEEDS_A_HAND, True)


@pytest.mark.requirement(41)
def test_third_years_were_checked_in_with_as_often_as_the_pathway_asks(demo):
    """Each quarter, then each month; ICU, nights and leave put it off."""
    for staff_id in ("R2101", "R2102", "R2103", "R2104"):
        held = CheckIn.objects.filter(resident__staff_id=staff_id, state="held")
        first = held.filter(day__lt=date(2025, 7, 1)).count()
        second = held.filter(day__range=(date(2025, 7, 1), date(2026, 6, 30))).count()
        assert (first >= 4, second >= 8) == (True, True), staff_id


def test_nobody_was_checked_in_with_on_a_weekend_or_in_the_icu(demo):
    quiet = Block.objects.filter(
        resident=OuterRef("resident"), start__lte=OuterRef("day"), end__gte=OuterRef("day")
    )
    away = quiet.filter(rotation__kind__in=["icu", "nights", "leave"])
    earlier = CheckIn.objects.filter(state="held", day__lt=date(2026, 8, 1))
    assert not earlier.filter(Exists(away)).exists()
    assert {day.weekday() for day in earlier.values_list("day", flat=True)} <= set(range(5))


def test_practice_was_logged_by_everybody_whose_rotation_began(demo):
    versions = {place.resident_id: place.cohort.version for place in Membership.objects.all()}
    practice = curriculum.reads.sbp_for_board(demo.program, versions, MONDAY)
    done = {person.staff_id: practice[person.pk].done for person in Resident.objects.on_pathway()}
    assert done == {
        **dict.fromkeys(["R2101", "R2102", "R2103", "R2104", "R2201", "R2202", "R2204"], 6),
        "R2203": 4,
        "R2301": 1,
        **dict.fromkeys(["R2302", "R2303", "R2304"], 0),
    }
    people = Resident.objects.on_pathway()
    assert [each.staff_id for each in people if practice[each.pk].settled] == ["R2204"]


def test_the_capstones_stand_at_every_point_that_the_gates_know(demo):
    missing = {
        project.resident.staff_id: [need.key for need in gate.missing]
        for project in Project.objects.filter(state=Stage.CHARTER).select_related("resident")
        if (gate := standing_of_project(project).gate)
    }
    assert missing == {
        "R2201": ["scope", "owner", "reason", "screen", "signature"],
        "R2202": ["signature"],
        "R2204": ["screen", "signature"],
    }
    facts = capstone.reads.for_board(demo.program, MONDAY)
    assert facts[resident("R2202").pk].days_waiting == 40
    late = [key for key, known in facts.items() if known.is_late]
    assert late == [resident("R2203").pk]
    assert (facts[late[0]].number, facts[late[0]].touched_on) == (0, date(2026, 5, 27))


def test_the_third_years_stand_at_later_stages_and_say_what_is_behind(demo):
    facts = capstone.reads.for_board(demo.program, MONDAY)
    found = {name: facts[resident(name).pk] for name in ("R2101", "R2102", "R2103", "R2104")}
    assert {
        name: (fact.label, fact.is_prior, fact.behind.stage if fact.behind else None)
        for name, fact in found.items()
    } == {
        "R2101": ("Current state", False, Stage.EVENT_HELD),
        "R2102": ("Implementing", True, Stage.REMEASURED),
        "R2103": ("Current state", False, Stage.EVENT_HELD),
        "R2104": ("Closed", True, None),
    }
    assert (found["R2102"].remeasure.days, found["R2102"].remeasure.due_on) == (
        60,
        date(2026, 11, 15),
    )


def test_what_was_measured_says_what_its_chart_should(demo):
    says = {
        measure.name: measure_page(measure, 10).finding.headline
        for measure in Measure.objects.select_related("project")
    }
    assert says == {
        "Triage to first antibiotic": "No change beyond what chance does",
        "Message to settling answer": (
            "From 51.8 to 31.6 hours so far, not yet more than chance does"
        ),
        "Patients called within five days": "No change beyond what chance does",
        "Referral to a date": "Fell from 13.2 to 4.7 days and has held for 32 weeks",
        "Referrals sent back for missing information": "No change beyond what chance does",
    }


def test_addresses_are_named_by_the_story_and_not_by_the_load(demo):
    work = Homework.objects.get(resident__staff_id="R2201", course__code="VL09")
    assert work.uid == stable("homework", "R2201", "VL09")
    assert resident("R2201").uid == stable("resident", "R2201")


@pytest.fixture
def relay(settings):
    server = Relay()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    settings.CELERY_BROKER_URL = ""
    yield server
    server.stop()


def test_the_first_tick_mails_the_three_reminders_of_tomorrow_and_nothing_of_the_past(demo, relay):
    dispatch.tick()
    sent = Mail.objects.filter(state=MailState.SENT).values_list("kind", "recipient__email")
    assert sorted(sent) == [
        ("curriculum.class_upcoming", "ji-woo.kim@residents.example.org"),
        ("curriculum.stand_up_upcoming", "mila.petrov@residents.example.org"),
        ("mentorship.check_in_reminder", "renee.delacroix@example.org"),
        ("mentorship.check_in_reminder", "yusuf.abdel-rahman@residents.example.org"),
    ]
    assert len(relay.received) == 4
    assert not Mail.objects.filter(state__in=[MailState.EXPIRED, MailState.DEAD]).exists()


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("Program director", "/p/cascade/board/"),
        ("Resident, second year", "/p/cascade/today/"),
        ("Resident, first year", "/p/cascade/today/"),
        ("KPO coach", "/p/cascade/mentees/"),
        ("Instructor", "/p/cascade/sessions/"),
        ("Resident, third year", "/p/cascade/today/"),
        ("Sponsor", "/p/cascade/sponsored/"),
        ("Coordinator", "/p/cascade/board/"),
        ("Chief resident", "/p/cascade/board/"),
        ("KPO lead", "/p/cascade/board/"),
        ("Mentor", "/p/cascade/"),
        ("Applicant", "/p/cascade/today/"),
        ("Operator", "/operator/"),
    ],
)
def test_each_card_signs_in_and_leads_home(demo, client, role, begins):
    person = next(card.person for card in demo_cards() if card.role == role)
    answer = client.post(f"/demo/sign-in/{person.uid}/", follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, begins)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_cards_are_listed_for_the_terminal(demo):
    said = StringIO()
    call_command("demo_cards", stdout=said)
    first, second, *cards = said.getvalue().splitlines()
    assert first == f"Sign in with one click at {django_settings.SITE_URL}/demo/"
    assert second.split()[-1] == f"{django_settings.SITE_URL}/demo/outbox/"
    assert len(cards) == 13
    assert cards[0].split() == ["Elena", "Voss", "Program", "director", "elena.voss@example.org"]
