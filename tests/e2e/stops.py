"""Every page that somebody reaches: whose it is, and the way to it."""

from dataclasses import dataclass
from operator import methodcaller

from .browser import HEIGHTS, WIDE, Visitor
from .people import (
    ASA,
    CHIEF,
    COACH,
    COORDINATOR,
    DIRECTOR,
    FIONN,
    FIRST_YEAR,
    INSTRUCTOR,
    KPO_LEAD,
    MENTOR,
    OPERATOR,
    SECOND_YEAR,
    SPONSOR,
    STRANGER,
)
from .scene import CHOOSER, HARBOR, OPEN, OVER, READER, UNINVITED, WRITER

follow, press = "follow", "press"
ROUNDS = f"/p/{HARBOR}/selection/"
ONE_FAULT = (
    "Name,E-mail,Roles,Areas of interest,Physician,Capacity\n"
    "Ottilie Brandt,ottilie.brandt@example.org,KPO coach,,non-physician,12\n"
    "Ruben Falk,no address,Sponsor,,non-physician,\n"
)
"""People of whom one cannot be brought in."""


@dataclass(frozen=True)
class Stop:
    """A page: its template, whose it is, where the way to it starts, and the steps to it."""

    template: str
    who: str
    start: str
    steps: tuple[tuple[str, ...], ...] = ()
    status: int = 200

    @property
    def name(self) -> str:
        return self.template.replace(".html", "").replace("/", "-").replace(" ", "-")


def by_link(*links: str) -> tuple[tuple[str, ...], ...]:
    """Return the steps that follow these links."""
    return tuple((follow, link) for link in links)


STOPS = (
    Stop("account/login.html", "", "/account/sign-in/"),
    Stop(
        "403_csrf.html",
        "",
        "/account/sign-in/",
        (
            ("lose_cookies",),
            ("write", "E-mail", "nobody@example.org"),
            (press, "Send me a code"),
        ),
        status=403,
    ),
    Stop("account/request_login_code.html", "", "/account/sign-in/code/"),
    Stop(
        "account/confirm_login_code.html",
        "",
        "/account/sign-in/",
        (("write", "E-mail", "nobody@example.org"), (press, "Send me a code")),
    ),
    Stop("account/account_inactive.html", "", "/account/inactive/"),
    Stop("demo/cards.html", "", "/demo/"),
    Stop("demo/outbox.html", "", "/demo/outbox/"),
    Stop("demo/outbox_letter.html", "", "/demo/outbox/", by_link("stand-up at")),
    Stop("404.html", "", "/nowhere/", status=404),
    Stop("cockpit/board.html", DIRECTOR, "board/"),
    Stop("cockpit/board.html of nobody", DIRECTOR, "board/?year=1&coach=none&show=watch"),
    Stop("cockpit/board.html of a coordinator", COORDINATOR, "board/?year=1"),
    Stop("cockpit/board.html of a chief resident", CHIEF, "board/?year=2"),
    Stop("cockpit/board.html of a KPO lead", KPO_LEAD, "board/?year=3"),
    Stop("cockpit/record.html", DIRECTOR, "board/", by_link("Fionn O'Malley")),
    Stop("cockpit/involvement.html", DIRECTOR, "involvement/"),
    Stop("cockpit/plan.html", DIRECTOR, "board/", by_link("Fionn O'Malley", "All three years")),
    Stop("cockpit/search.html", DIRECTOR, "search/?q=flow"),
    Stop("cockpit/search.html of nothing", DIRECTOR, "search/?q=zebra"),
    Stop("cockpit/check_in_read.html held", DIRECTOR, "board/", by_link("Read the check-in")),
    Stop("curriculum/session_list.html", DIRECTOR, "sessions/"),
    Stop("curriculum/session.html to come", DIRECTOR, "sessions/", by_link("Daily management")),
    Stop("curriculum/stand_up_list.html to announce", DIRECTOR, "stand-ups/"),
    Stop("imports/imports.html", DIRECTOR, "imports/"),
    Stop("imports/import.html", DIRECTOR, "imports/", by_link(".csv")),
    Stop(
        "imports/upload.html",
        DIRECTOR,
        "imports/",
        (("attach", "people.csv", ONE_FAULT), (press, "Look at it first")),
    ),
    Stop(
        "curriculum/completions.html",
        DIRECTOR,
        "board/",
        by_link("Fionn O'Malley", "Done elsewhere"),
    ),
    Stop("curriculum/activities.html", DIRECTOR, "board/", by_link("Mila Petrov", "Log")),
    Stop(
        "capstone/entry.html",
        DIRECTOR,
        "board/",
        by_link("Fionn O'Malley", "Open", "Enter at a later stage", "Implement"),
    ),
    Stop("reminders/deliveries.html", DIRECTOR, "mail/"),
    Stop("403.html", DIRECTOR, "mentees/", status=403),
    Stop("cockpit/today.html", SECOND_YEAR, "today/"),
    Stop("curriculum/class_list.html", SECOND_YEAR, "classes/"),
    Stop("curriculum/session.html to book", SECOND_YEAR, "classes/", by_link("Set-up reduction")),
    Stop("curriculum/homework_list.html", SECOND_YEAR, "homework/"),
    Stop("curriculum/homework.html to write", SECOND_YEAR, "homework/", by_link("Leading change")),
    Stop(
        "signed_out.html",
        ASA,
        "homework/",
        (
            *by_link("Daily management"),
            ("lose_session",),
            ("write", "What did you see, and what follows?", "A plan on one page"),
            (press, "Save draft"),
        ),
        status=403,
    ),
    Stop("405.html", SECOND_YEAR, "stand-ups/schedule/", status=405),
    Stop("capstone/project.html to write", SECOND_YEAR, "capstone/"),
    Stop("capstone/charter.html", SECOND_YEAR, "capstone/", by_link("Write the charter")),
    Stop("capstone/screen.html", SECOND_YEAR, "capstone/", by_link("Answer the questions")),
    Stop(
        "capstone/screen.html refused",
        SECOND_YEAR,
        "capstone/",
        (*by_link("Answer the questions"), (press, "Save the answers")),
        status=422,
    ),
    Stop("cockpit/record.html of one's own", SECOND_YEAR, "residents/me/"),
    Stop("curriculum/contributions.html", SECOND_YEAR, "contributions/"),
    Stop(
        "curriculum/contributions.html of somebody",
        DIRECTOR,
        "board/",
        by_link("Fionn O'Malley", "All and more"),
    ),
    Stop("cockpit/plan.html of one's own", SECOND_YEAR, "today/", by_link("All three years")),
    Stop("cockpit/check_in_read.html planned", SECOND_YEAR, "today/", by_link("Write an update")),
    Stop("capstone/measure_form.html", FIONN, "capstone/", by_link("Add a measure")),
    Stop("capstone/measure.html", FIONN, "capstone/", by_link("called within five days")),
    Stop(
        "capstone/point.html",
        FIONN,
        "capstone/",
        (
            *by_link("called within five days"),
            ("choose", "Read the numbers as a table"),
            (follow, ": correct"),
        ),
    ),
    Stop("capstone/own.html", FIRST_YEAR, "capstone/"),
    Stop("curriculum/activities.html of one's own", FIRST_YEAR, "sbp/"),
    Stop("curriculum/stand_up_list.html to attend", FIRST_YEAR, "stand-ups/"),
    Stop("curriculum/schedule.html", CHIEF, "schedule/"),
    Stop(
        "cockpit/blocks.html",
        CHIEF,
        "board/",
        (
            *by_link("Fionn O'Malley", "Schedule", "Change blocks"),
            ("pick", "With whom", "Mila Petrov"),
            ("write", "First day", "2027-01-20"),
            ("write", "Last day", "2027-02-02"),
            (press, "See the swap"),
        ),
    ),
    Stop("cockpit/rotations.html", CHIEF, "schedule/", by_link("Rotations")),
    Stop(
        "cockpit/rotation.html",
        DIRECTOR,
        "rotations/",
        (*by_link("Wards A"), ("pick", "What it is like", "Elective"), (press, "See what follows")),
    ),
    Stop("curriculum/schedule_year.html", CHIEF, "schedule/", by_link("The year")),
    Stop("cockpit/record.html to a chief resident", CHIEF, "board/", by_link("Fionn O'Malley")),
    Stop("cockpit/wall.html", COACH, "mentees/"),
    Stop("cockpit/coaching.html", KPO_LEAD, "coaching/"),
    Stop("cockpit/coaching.html of a director", DIRECTOR, "coaching/"),
    Stop("cockpit/absence.html", COACH, "mentees/", by_link("While I am away")),
    Stop("cockpit/absence.html of a coach", KPO_LEAD, "coaching/", by_link("Renée Delacroix")),
    Stop("cockpit/wall.html of nobody", KPO_LEAD, "mentees/"),
    Stop("cockpit/check_in.html", COACH, "mentees/", by_link("Read it")),
    Stop(
        "cockpit/check_in.html refused",
        COACH,
        "mentees/",
        (
            *by_link("Read it"),
            ("choose", "On plan, no help needed"),
            ("write", "Next check-in", "2026-12-01"),
            (press, "Save check-in"),
        ),
        status=422,
    ),
    Stop(
        "mentorship/form.html",
        COACH,
        "mentees/",
        (("choose", "Plan or log a check-in"), ("write", "Day", "2020-01-06"), (press, "Plan")),
        status=422,
    ),
    Stop("curriculum/review_queue.html", COACH, "review/"),
    Stop(
        "curriculum/homework.html to answer", COACH, "review/", by_link("Kaizen-event leadership")
    ),
    Stop("curriculum/session.html held", INSTRUCTOR, "sessions/", by_link("Mistake proofing")),
    Stop("cockpit/sponsored.html", SPONSOR, "sponsored/"),
    Stop("capstone/project.html to sign", SPONSOR, "sponsored/", by_link("flu vaccine")),
    Stop("cockpit/nothing_yet.html", MENTOR, ""),
    Stop("cockpit/programs.html", STRANGER, "/"),
    Stop("operations/invitation.html", "", "/invitation/not-one-that-opens/", status=404),
    Stop("residents/program_list.html", OPERATOR, "/operator/"),
    Stop("residents/operated_program.html", OPERATOR, "/operator/cascade/"),
    Stop("residents/settings.html", DIRECTOR, "settings/"),
    Stop("residents/version.html", DIRECTOR, "settings/", by_link("Make a new version")),
    Stop("residents/version.html held", DIRECTOR, "settings/", by_link("2024")),
    Stop("residents/roster.html", "", "/p/cascade/roster/"),
    Stop("residents/roster_consent.html", FIRST_YEAR, "roster/mine/"),
    Stop("cockpit/leave.html", DIRECTOR, "board/", by_link("Fionn O'Malley", "Leave")),
    Stop("residents/years.html", DIRECTOR, "board/", by_link("Fionn O'Malley", "Leave", "Years")),
    Stop("cockpit/people.html", DIRECTOR, "people/"),
    Stop("cockpit/people.html of nobody", COORDINATOR, "people/?q=zebra"),
    Stop("cockpit/person.html", DIRECTOR, "people/", by_link("Renée Delacroix")),
    Stop("cockpit/schedule.html", DIRECTOR, "board/", by_link("Fionn O'Malley", "Schedule")),
    Stop("cockpit/schedule.html of one's own", SECOND_YEAR, "today/", by_link("My schedule")),
    Stop("cockpit/credits.html", DIRECTOR, "board/", by_link("Fionn O'Malley", "What is left")),
    Stop(
        "cockpit/credits.html to sign",
        DIRECTOR,
        "board/",
        by_link("Mila Petrov", "What is left", ": Meetings with quality leaders"),
    ),
    Stop(
        "cockpit/credits.html of one's own", SECOND_YEAR, "residents/me/", by_link("What is left")
    ),
    Stop(
        "cockpit/waivers.html",
        DIRECTOR,
        "cohorts/",
        (*by_link("Waive for several"), (press, "See for whom")),
    ),
    Stop(
        "cockpit/leaving.html",
        DIRECTOR,
        "people/",
        (
            *by_link("Renée Delacroix", "If they leave"),
            ("pick", "New KPO coach", "Takumi Nakamura"),
            (press, "See what changes"),
        ),
    ),
    Stop(
        "cockpit/leaving.html of somebody free",
        DIRECTOR,
        "people/",
        by_link("Amara Diallo", "If they leave"),
    ),
    Stop("residents/cohorts.html", DIRECTOR, "cohorts/"),
    Stop("cockpit/cohort.html", DIRECTOR, "cohorts/", by_link("Class of 2028")),
    Stop(
        "cockpit/members.html",
        COORDINATOR,
        "cohorts/",
        (
            *by_link("Class of 2028"),
            ("choose", "Everybody of this cohort"),
            (press, "See what changes"),
        ),
    ),
    Stop(
        "cockpit/members.html refused",
        DIRECTOR,
        "cohorts/",
        (*by_link("Class of 2028"), (press, "See what changes")),
        status=422,
    ),
    Stop("cockpit/roll_over.html", DIRECTOR, "cohorts/", by_link("The year that comes")),
    Stop("cockpit/first_hour.html", DIRECTOR, "first-hour/"),
    Stop("selection/rounds.html", CHOOSER, ROUNDS),
    Stop("selection/round.html", CHOOSER, f"{ROUNDS}{OPEN}/"),
    Stop("selection/invitations.html", CHOOSER, f"{ROUNDS}{OPEN}/invitations/"),
    Stop("selection/application.html to write", WRITER, f"/p/{HARBOR}/apply/"),
    Stop(
        "selection/application.html to read",
        CHOOSER,
        f"{ROUNDS}{OPEN}/",
        by_link("Adaora Eze"),
    ),
    Stop("selection/no_application.html", UNINVITED, f"/p/{HARBOR}/apply/"),
    Stop("selection/ratings.html", READER, f"{ROUNDS}ratings/"),
    Stop("selection/rating.html", READER, f"{ROUNDS}ratings/", by_link("Omar Haddou")),
    Stop("selection/rating.html handed in", READER, f"{ROUNDS}ratings/", by_link("Jonas Lind")),
    Stop("selection/reviewers.html", CHOOSER, f"{ROUNDS}{OVER}/reviewers/"),
    Stop("selection/ranking.html", CHOOSER, f"{ROUNDS}{OVER}/ranking/"),
    Stop(
        "selection/release.html",
        CHOOSER,
        f"{ROUNDS}{OVER}/ranking/",
        ((press, "Propose by the seat line"), (follow, "Preview")),
    ),
    Stop("selection/enrolment.html", CHOOSER, f"{ROUNDS}{OVER}/enrolment/"),
)
NOT_BY_A_PERSON = {"400.html", "429.html", "500.html"}
"""Pages that a browser of today and a server in health never come to."""

DRAWN_ELSEWHERE = {"styleguide/styleguide.html"}
"""Of samples, which together are no page that makes sense; ``test_styleguide.py`` looks at it."""


def arrive(visitor: Visitor, stop: Stop) -> None:
    """Go to a stop at a desk, by its links and buttons; what goes wrong on the way is noted.

    All stops of a person share a window, so that nobody may be left signed out for the next.
    """
    assert not stop.who or visitor.is_signed_in(), f"{stop.who} was signed out at another stop"
    visitor.faults.clear()
    visitor.refusals = {stop.status}
    visitor.page.set_viewport_size({"width": WIDE, "height": HEIGHTS[WIDE]})
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.goto(stop.start if stop.start.startswith("/") else f"/p/cascade/{stop.start}")
    for step in stop.steps:
        methodcaller(*step)(visitor)
    visitor.page.wait_for_load_state()
