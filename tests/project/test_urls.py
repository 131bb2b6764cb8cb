"""Every address, walked: strangers are sent to sign in, odd methods refused, GET writes nothing."""

import sys
import uuid
from importlib import import_module

import pytest
from django.db import connection
from django.forms.models import ModelChoiceIterator
from django.template import Template
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from qipathway.policy import POLICY
from qipathway.story import SENTENCES
from tests.browser import Browser
from tests.factories.capstone import PointFactory, ProjectFactory
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.imports import ImportFactory, UploadFactory
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.factories.selection import ApplicationFactory, RatingFactory

OPEN = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "healthz",
    "healthz-deep",
    "invitation",
    "invitation-accept",
    "residents:roster",
    "residents:roster-photo",
    "styleguide",
    "demo:cards",
    "demo:outbox",
    "demo:outbox-letter",
    "demo:sign-in",
}
PAGES = {
    "home",
    "healthz",
    "healthz-deep",
    "invitation",
    "styleguide",
    "residents:programs",
    "residents:operated-program",
    "residents:settings",
    "residents:version-new",
    "residents:version",
    "residents:cohorts",
    "residents:cohort",
    "residents:roll-over",
    "residents:members",
    "residents:roster",
    "residents:roster-photo",
    "residents:roster-consent",
    "cockpit:first-hour",
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_inactive",
    "cockpit:home",
    "cockpit:board",
    "cockpit:today",
    "cockpit:wall",
    "cockpit:check-in",
    "cockpit:own-record",
    "cockpit:record",
    "residents:people",
    "residents:person",
    "cockpit:plan",
    "residents:leaving",
    "residents:own-absence",
    "residents:absence",
    "cockpit:involvement",
    "residents:coaching",
    "residents:leave",
    "residents:years",
    "residents:schedule",
    "residents:blocks",
    "residents:rotations",
    "residents:rotation",
    "residents:credits",
    "residents:settlement-file",
    "residents:waivers",
    "cockpit:sponsored",
    "cockpit:search",
    "selection:rounds",
    "selection:round",
    "selection:invitations",
    "selection:own-application",
    "selection:application",
    "selection:cv",
    "selection:ratings",
    "selection:rating",
    "selection:rating-cv",
    "selection:reviewers",
    "selection:ranking",
    "selection:release",
    "selection:enrolment",
    "curriculum:classes",
    "curriculum:schedule",
    "curriculum:sessions",
    "curriculum:session",
    "curriculum:session-calendar",
    "curriculum:completions",
    "curriculum:own-activities",
    "curriculum:activities",
    "curriculum:own-contributions",
    "curriculum:contributions",
    "curriculum:completion-file",
    "curriculum:homework-list",
    "curriculum:homework",
    "curriculum:homework-file",
    "curriculum:review-queue",
    "curriculum:stand-ups",
    "capstone:own",
    "capstone:project",
    "capstone:charter",
    "capstone:screen",
    "capstone:entry",
    "capstone:entry-file",
    "capstone:measure-new",
    "capstone:measure",
    "capstone:measure-edit",
    "capstone:point",
    "imports:imports",
    "imports:upload",
    "imports:marked-file",
    "imports:import",
    "reminders:deliveries",
    "demo:cards",
    "demo:outbox",
    "demo:outbox-letter",
}
DEEDS = {
    "account_logout",
    "invitation-accept",
    "residents:program-create",
    "residents:director-invite",
    "residents:invitation-show",
    "residents:invitation-renew",
    "residents:invitation-revoke",
    "residents:person-invite",
    "residents:role-give",
    "residents:deputy-name",
    "residents:deputy-dismiss",
    "residents:person-correct",
    "residents:person-release",
    "residents:person-deactivate",
    "residents:person-reactivate",
    "residents:residents-reassign",
    "curriculum:sessions-reassign",
    "residents:role-end",
    "residents:program-save",
    "residents:version-create",
    "residents:version-change",
    "residents:cohort-create",
    "residents:enrol",
    "residents:member-reinstate",
    "cockpit:members-change",
    "cockpit:change-undo",
    "reminders:test-mail-send",
    "cockpit:snooze",
    "cockpit:unsnooze",
    "residents:coach-assign",
    "residents:leave-record",
    "residents:leave-end",
    "residents:leave-withdraw",
    "residents:year-record",
    "residents:year-withdraw",
    "residents:rotation-change",
    "residents:rotation-restore",
    "residents:block-set",
    "residents:blocks-swap",
    "residents:blocks-undo",
    "residents:clinic-set",
    "residents:half-days-hold",
    "residents:half-days-release",
    "residents:half-days-restore",
    "residents:requirement-credit",
    "residents:requirement-waive",
    "residents:settlement-withdraw",
    "residents:requirements-waive",
    "residents:settlements-withdraw",
    "residents:role-grant",
    "residents:grant-end",
    "residents:roster-consent-prepare",
    "residents:roster-consent-give",
    "residents:roster-consent-withdraw",
    "selection:round-open",
    "selection:round-change",
    "selection:round-close",
    "selection:residents-invite",
    "selection:application-save",
    "selection:cv-remove",
    "selection:application-submit",
    "selection:application-reopen",
    "selection:application-start",
    "selection:application-defer",
    "selection:application-withdraw",
    "selection:rating-submit",
    "selection:conflict-declare",
    "selection:reviewer-name",
    "selection:reviewer-dismiss",
    "selection:reviewers-assign",
    "selection:seats-change",
    "selection:application-decide",
    "selection:decisions-propose",
    "selection:decisions-release",
    "selection:release-undo",
    "selection:offer-accept",
    "selection:offer-refuse",
    "selection:offer-lapse",
    "selection:accepted-enrol",
    "curriculum:session-book",
    "curriculum:attendance-take",
    "curriculum:session-move",
    "curriculum:session-cancel",
    "curriculum:booking-withdraw",
    "curriculum:completion-record",
    "curriculum:activity-log",
    "curriculum:activity-withdraw",
    "curriculum:completion-withdraw",
    "curriculum:contribution-log",
    "curriculum:contribution-confirm",
    "curriculum:contribution-withdraw",
    "curriculum:homework-save",
    "curriculum:homework-submit",
    "curriculum:homework-accept",
    "curriculum:homework-return",
    "curriculum:stand-up-schedule",
    "curriculum:stand-up-attend",
    "mentorship:check-in-schedule",
    "mentorship:check-in-move",
    "mentorship:check-in-cancel",
    "mentorship:check-in-save",
    "mentorship:check-in-record",
    "mentorship:update-write",
    "mentorship:commitment-complete",
    "mentorship:commitment-reopen",
    "capstone:project-open",
    "capstone:process-choose",
    "capstone:charter-write",
    "capstone:draft-keep",
    "capstone:draft-drop",
    "capstone:charter-sign",
    "capstone:project-screen",
    "imports:file-upload",
    "imports:question-answer",
    "imports:file-import",
    "reminders:mail-retry",
    "reminders:mail-settle",
    "reminders:mail-dismiss",
    "capstone:at-stage-enter",
    "capstone:entry-withdraw",
    "capstone:measure-add",
    "capstone:measure-correct",
    "capstone:point-add",
    "capstone:point-correct",
    "capstone:point-remove",
    "capstone:point-restore",
    "demo:sign-in",
}
# What a page answers the director, the coach, the instructor, the sponsor and the resident.
ANSWERS = {
    name: [int(code) for code in codes]
    for name, *codes in map(
        str.split,
        """
home                      302 302 302 302 302
cockpit:home              302 302 302 302 302
cockpit:board             200 403 403 403 403
cockpit:today             403 403 403 403 200
cockpit:wall              403 200 403 403 403
cockpit:check-in          200 200 404 404 200
cockpit:own-record        403 403 403 403 302
cockpit:record            200 200 404 404 200
cockpit:plan              200 200 404 404 200
cockpit:involvement       200 403 403 403 403
cockpit:sponsored         200 200 200 200 200
cockpit:search            200 200 200 200 200
residents:people          200 403 403 403 403
residents:person          200 403 403 403 403
residents:own-absence     403 302 403 403 403
residents:absence         200 200 403 403 403
residents:leaving         200 403 403 403 403
residents:coaching        200 403 403 403 403
residents:leave           200 403 404 404 403
residents:years           200 403 404 404 403
residents:schedule        200 200 404 404 200
residents:blocks          200 403 404 404 403
residents:rotations       200 403 403 403 403
residents:rotation        200 403 403 403 403
residents:credits         200 200 404 404 200
residents:waivers         200 403 403 403 403
selection:rounds          200 403 403 403 403
selection:round           200 404 404 404 404
selection:invitations     200 404 404 404 404
selection:own-application 403 403 403 403 302
selection:application     200 404 404 404 200
selection:ratings         403 403 403 403 403
selection:rating          404 404 404 404 404
selection:rating-cv       404 404 404 404 404
selection:reviewers       200 404 404 404 404
selection:ranking         200 404 404 404 404
selection:release         200 404 404 404 404
selection:enrolment       200 404 404 404 404
curriculum:classes        403 403 403 403 200
curriculum:schedule       200 403 403 403 403
curriculum:sessions       200 200 200 200 200
curriculum:session        200 200 200 200 200
curriculum:session-calendar 200 200 200 200 200
curriculum:own-activities 403 403 403 403 302
curriculum:activities     200 200 404 404 200
curriculum:own-contributions 403 403 403 403 302
curriculum:contributions  200 200 404 404 200
curriculum:completions    200 200 404 404 200
curriculum:homework-list  403 403 403 403 200
curriculum:homework       200 200 200 404 200
curriculum:review-queue   200 200 200 200 200
curriculum:stand-ups      200 200 200 200 200
capstone:own              403 403 403 403 302
capstone:project          200 200 404 200 200
capstone:charter          403 403 404 403 200
capstone:screen           403 403 404 403 200
capstone:entry            200 403 404 403 403
capstone:entry-file       404 404 404 404 404
capstone:measure          200 200 404 200 200
capstone:measure-new      403 403 404 403 200
capstone:measure-edit     403 403 404 403 200
capstone:point            403 403 404 403 200
imports:imports           200 403 403 403 403
imports:upload            200 403 403 403 403
imports:marked-file       200 403 403 403 403
imports:import            200 403 403 403 403
reminders:deliveries      200 403 403 403 403
residents:programs        403 403 403 403 403
residents:operated-program 403 403 403 403 403
residents:settings        200 403 403 403 403
residents:version-new     200 403 403 403 403
residents:version         200 403 403 403 403
residents:cohorts         200 403 403 403 403
residents:cohort          200 403 403 403 403
residents:roll-over       200 403 403 403 403
residents:members         302 403 403 403 403
residents:roster-consent  403 403 403 403 200
cockpit:first-hour        200 403 403 403 403
""".strip().splitlines(),
    )
}
SERVICES = {
    "residents": "residents.services",
    "selection": "residents.selection.services",
    "curriculum": "curriculum.services",
    "mentorship": "mentorship.services",
    "capstone": "capstone.services",
    "cockpit": "qipathway.cockpit.services",
    "imports": "qipathway.imports.services",
    "reminders": "qipathway.core.notices.services",
}
WITHOUT_ADDRESS = {
    "residents.withdraw_member",  # asked beside change_members, by what is to be done
    "residents.complete_member",
    "residents.move_member",
    "residents.move_start",
    "residents.change_track",
    "curriculum.override_booking",  # a tick on the page that books
    "curriculum.record_completions",  # the list of the learning system, by its import
    "imports.import_people",  # asked beside import_file, by what the file holds
    "imports.import_roster",
    "imports.import_clinic",
    "imports.import_blocks",
    "imports.import_classes",
    "imports.import_sessions",
    "imports.import_completions",
}
FILES = {
    "curriculum:homework-file",
    "curriculum:completion-file",
    "residents:settlement-file",
    "selection:cv",
}
UNTOLD = {
    "residents.prepare_roster_consent",  # nobody but its resident sees it yet
    "selection.save_application",  # a draft is nobody's story yet
    "selection.remove_cv",
    "curriculum.save_homework",  # a draft is nobody's story yet
    "mentorship.save_check_in",
    "capstone.keep_draft",
    "capstone.drop_draft",
    "cockpit.snooze",  # what one viewer hides from themselves
    "cockpit.unsnooze",
    "cockpit.change_members",  # told of each member, as what was done to them
    "cockpit.undo_change",
    "imports.upload_file",  # nothing has happened until the file is brought in
    "imports.answer_question",
    "reminders.send_test_mail",
    "reminders.retry_mail",  # kept beside the mail, as its delivery attempts
    "reminders.settle_mail",
    "reminders.dismiss_mail",
}
COCKPIT = {
    name
    for name in PAGES
    if name.startswith("cockpit:") and name not in {"cockpit:home", "cockpit:own-record"}
}
FILLERS = {"program": "cascade", "reason": "no_coach", "pk": 1, "key": "nobody", "name": "none"} | {
    "since": "2024-07-01"
}


def walk(resolver=None, prefix="", namespace=""):
    """Yield (name, path with its converters filled) for every address of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name == "admin":
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, prefix + route, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", prefix + route


def fill(route, given=None):
    values = {**FILLERS, **(given or {})}
    path = route
    for kind, default in (("slug", "x"), ("uuid", uuid.uuid4()), ("int", 1), ("str", "x")):
        while f"<{kind}:" in path:
            start = path.index(f"<{kind}:")
            end = path.index(">", start)
            name = path[start + len(kind) + 2 : end]
            path = f"{path[:start]}{values.get(name, default)}{path[end + 1 :]}"
    return "/" + path


ADDRESSES = dict(walk())


def digest():
    """A fingerprint of every row of every table that a request could write, sessions apart."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name != "django_session"
        ]
        parts = []
        for name in sorted(tables):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, chr(10)), '')) FROM \"{name}\" t"
            )
            parts.append((name, cursor.fetchone()[0]))
    return parts


def stem(name):
    """Return how the service of a deed is called: ``check-in-save`` is ``save_check_in``."""
    noun, _, verb = name.partition(":")[2].rpartition("-")
    return f"{verb}_{noun}".strip("_").replace("-", "_")


def actions():
    """Return each deed of the pathway as the action that its address names."""
    return {f"{n.partition(':')[0]}.{stem(n)}": n for n in DEEDS if n.partition(":")[0] in SERVICES}


def test_every_address_is_listed_here_as_a_page_or_a_deed():
    assert set(ADDRESSES) == PAGES | DEEDS


def test_every_address_ends_with_a_slash():
    odd = [name for name, route in ADDRESSES.items() if route and not route.endswith("/")]
    assert odd == ["healthz", "healthz-deep"], "which only machines ask for"


def test_every_deed_has_one_name_for_its_address_view_service_and_permission():
    found = actions()
    views = {action: resolve(fill(ADDRESSES[name])).func.__name__ for action, name in found.items()}
    assert {a: v for a, v in views.items() if v != a.partition(".")[2]} == {}
    services = {room: import_module(where) for room, where in SERVICES.items()}
    for action in found:
        room, _, verb = action.partition(".")
        assert callable(getattr(services[room], verb, None)), f"no service is called {action}"
    assert set(found) - set(POLICY) == set()


def test_every_permission_to_change_something_belongs_to_an_address():
    changing = {a for a in POLICY if not a.partition(".")[2].startswith(("view_", "read_"))}
    assert changing - set(actions()) == WITHOUT_ADDRESS


def test_every_deed_is_told_on_the_timeline_under_its_own_name():
    assert set(actions()) - set(SENTENCES) == UNTOLD


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_from_every_address(client):
    let_in = []
    for name in sorted(set(ADDRESSES) - OPEN):
        path = fill(ADDRESSES[name])
        response = client.post(path) if name in DEEDS else client.get(path)
        where = response.headers.get("Location", "").partition("?")[0]
        if (response.status_code, where) != (302, "/account/sign-in/"):
            let_in.append((name, response.status_code))
    assert let_in == []


@pytest.mark.django_db
def test_of_a_program_the_roster_alone_is_open_to_strangers(world, client):
    inside = {n: fill(ADDRESSES[n]) for n in OPEN if "<slug:program>" in ADDRESSES[n]}
    answers = {name: client.get(path).status_code for name, path in inside.items()}
    assert answers == {"residents:roster": 200, "residents:roster-photo": 404}


@pytest.mark.django_db
def test_methods_that_nobody_knows_are_refused_everywhere(client):
    taken = [
        (method, name)
        for name in sorted(ADDRESSES)
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "FOO")
        if client.generic(method, fill(ADDRESSES[name])).status_code != 405
    ]
    assert taken == []


@pytest.mark.django_db
def test_a_deed_is_never_done_by_get(world, client):
    client.force_login(world.here.director)
    done = [n for n in sorted(DEEDS) if client.get(fill(ADDRESSES[n])).status_code != 405]
    assert done == []


@pytest.mark.django_db
def test_a_deed_without_the_token_is_refused(world):
    client = Browser(enforce_csrf_checks=True)
    client.force_login(world.here.director)
    done = [n for n in sorted(DEEDS) if client.post(fill(ADDRESSES[n])).status_code != 403]
    assert done == []


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/?next=%00", "/p/cascade%00/", "/p/cascade/search/?q=a%00b"])
def test_a_nul_byte_in_an_address_is_a_bad_request(client, where):
    assert client.get(where).status_code == 400


@pytest.fixture
def uids(world):
    """One of everything that a page shows, all of ``world.here.resident``, by its address."""
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
    CommitmentFactory(made_in=check_in)
    project = ProjectFactory(program=here.program, resident=here.resident)
    point = PointFactory(measure__project=project)
    application = ApplicationFactory(
        round__program=here.program, resident=here.resident, submitted=True
    )
    upload = UploadFactory(program=here.program, by=here.director)
    rating = RatingFactory(judged=True, application=application)
    RatingFactory(judged=True, application=application)
    return {
        "imports:upload": upload.uid,
        "imports:marked-file": upload.uid,
        "imports:import": ImportFactory(program=here.program, by=here.director).uid,
        "selection:round": application.round.uid,
        "selection:invitations": application.round.uid,
        "selection:application": application.uid,
        "selection:rating": rating.uid,
        "selection:rating-cv": rating.uid,
        **{f"selection:{name}": application.round.uid for name in DECIDING},
        "curriculum:session": session.uid,
        "curriculum:session-calendar": session.uid,
        "curriculum:booking-withdraw": booking.uid,
        "curriculum:homework": homework.uid,
        "cockpit:check-in": check_in.uid,
        "cockpit:record": here.resident.uid,
        "cockpit:plan": here.resident.uid,
        "curriculum:completions": here.resident.uid,
        "residents:person": here.coach.uid,
        "residents:leaving": here.coach.uid,
        "residents:absence": here.coach.uid,
        "curriculum:contributions": here.resident.uid,
        "residents:leave": here.resident.uid,
        "residents:years": here.resident.uid,
        "residents:schedule": here.resident.uid,
        "residents:blocks": here.resident.uid,
        "residents:rotation": here.elective.uid,
        "residents:credits": here.resident.uid,
        "residents:cohort": here.cohort.uid,
        "curriculum:activities": here.resident.uid,
        "capstone:project": project.uid,
        "capstone:charter": project.uid,
        "capstone:screen": project.uid,
        "capstone:entry": project.uid,
        "capstone:measure": point.measure.uid,
        "capstone:measure-new": project.uid,
        "capstone:measure-edit": point.measure.uid,
        "capstone:point": point.uid,
    }


DECIDING = ("reviewers", "ranking", "release", "enrolment")


def people(here):
    return here.director, here.coach, here.instructor, here.sponsor, here.resident.person


def open_all(client, person, uids):
    """Sign somebody in, then open every page as them; yield which, and what came."""
    client.force_login(person)
    before = digest()
    for name in sorted(PAGES - OPEN - FILES):
        path = fill(ADDRESSES[name], {"uid": uids.get(name, uuid.uuid4())})
        yield name, client.get(path, {"q": "a"}).status_code
    assert digest() == before


@pytest.mark.django_db
def test_every_page_answers_each_role_as_listed_and_writes_nothing(world, client, uids):
    answers = {}
    for person in people(world.here):
        for name, status in open_all(client, person, uids):
            answers.setdefault(name, []).append(status)
    assert answers == ANSWERS


@pytest.mark.django_db
def test_no_template_of_any_page_asks_the_database(world, client, uids):
    """What a page shows is read before it is drawn; only a list of options may read itself."""
    asked = set()

    def watch(execute, sql, params, many, context):
        drawn = [frame for frame in frames() if frame.f_code is Template._render.__code__]
        if drawn and not any(frame.f_code in OPTIONS for frame in frames()):
            asked.add((drawn[-1].f_locals["self"].name, sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        opened = {
            name
            for person in people(world.here)
            for name, status in open_all(client, person, uids)
            if status == 200
        }
    assert asked == set()
    assert opened >= COCKPIT


OPTIONS = {ModelChoiceIterator.__iter__.__code__, ModelChoiceIterator.__len__.__code__}


def frames():
    """Yield the calls that are running, the innermost first."""
    frame = sys._getframe()
    while frame:
        yield frame
        frame = frame.f_back
