"""Programs are made and set, intakes open, and who is eligible is enrolled."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.dates import Half
from qipathway.core.lib.states import DomainError
from residents.models import Cohort, Invitation, Membership, Program
from residents.reads import schedule_of
from residents.services import create_cohort, create_program
from residents.states import Role, Track
from tests.factories.residents import PathwayVersionFactory, ProgramFactory, ResidentFactory

COHORT = {"name": "2026 intake", "starts_on": "2026-07-01"}


@pytest.fixture
def director(world, client):
    client.force_login(world.here.director)
    return world.here.director


@pytest.mark.requirement(1)
def test_a_program_is_made_with_every_default_of_the_pathway(monday):
    made = create_program("Fresh", slug="fresh", by=None, at=now())
    version = made.versions.get()
    assert (made.methodology, made.zone, made.year_starts) == ("VMPS", "America/Los_Angeles", 7)
    assert made.mission.startswith("Residents learn to lead improvement")
    assert (version.name, version.effective_from) == ("2026–27", date(2026, 7, 1))
    assert (version.classes_in_first_year, version.homework_due_days) == (4, 28)
    assert made.settings_saved_at is None


def test_the_commands_make_an_operator_and_a_program_with_its_director(monday, settings):
    settings.MAIL_IS_SET_UP = False
    said = StringIO()
    call_command("create_operator", "Ada@Example.org", given_name="Ada", stdout=said)
    ada = User.objects.get(email="ada@example.org")
    assert ada.has_perm("residents.create_program")
    assert (ada.is_superuser, ada.is_staff) == (False, False)
    call_command(
        "create_program",
        "Fresh Start",
        director="noor@example.org",
        given_name="Noor",
        family_name="Haddad",
        stdout=said,
    )
    assert Program.objects.get().slug == "fresh-start"
    assert Invitation.objects.get().email == "noor@example.org"
    assert "/invitation/" in said.getvalue()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create_operator", "nobody@example.org"), "say --given-name"),
        (("create_operator", "no address"), "Enter a valid email address"),
        (("create_program", "Far", "--zone", "Moon/Base"), "zone"),
        (("create_program", "Far", "--director", "x@example.org"), "given_name"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_and_makes_nothing(monday, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command(*arguments)
    assert (User.objects.count(), Program.objects.count()) == (0, 0)


def test_nobody_is_made_an_operator_twice(monday):
    call_command("create_operator", "ada@example.org", given_name="Ada", stdout=StringIO())
    with pytest.raises(CommandError, match="is an operator already"):
        call_command("create_operator", "ada@example.org")


def test_the_form_of_a_new_program_comes_with_its_defaults_chosen(client, monday):
    call_command("create_operator", "ada@example.org", given_name="Ada", stdout=StringIO())
    client.force_login(User.objects.get())
    form = client.get("/operator/").context["form"]
    usual = Program()
    assert {name: form[name].value() for name in ("zone", "year_starts", "methodology")} == {
        "zone": usual.zone,
        "year_starts": usual.year_starts,
        "methodology": usual.methodology,
    }
    assert '<option value="America/Los_Angeles" selected>' in str(form["zone"])


def settings_form(client):
    page = client.get("/p/cascade/settings/")
    return {f.name: f.value() for f in page.context["form"] if f.value() is not None}


@pytest.mark.requirement(1)
def test_saving_the_settings_is_noted_and_keeps_what_was_set(client, director, world):
    said = settings_form(client) | {"mission": "Learn.", "zone": "America/Chicago"}
    assert client.post("/p/cascade/settings/save/", said).status_code == 302
    program = Program.objects.get(slug="cascade")
    assert (program.mission, program.zone) == ("Learn.", "America/Chicago")
    assert program.settings_saved_at is not None


@pytest.mark.requirement(4)
def test_a_cohort_opens_once_with_a_version_of_this_program_only(client, director, world):
    own, far = world.here.cohort.version, world.there.cohort.version
    assert (
        client.post("/p/cascade/cohorts/create/", COHORT | {"version": far.pk}).status_code == 422
    )
    said = COHORT | {"version": own.pk}
    assert client.post("/p/cascade/cohorts/create/", said).status_code == 302
    assert client.post("/p/cascade/cohorts/create/", said).status_code == 422
    assert Cohort.objects.filter(name="2026 intake").count() == 1
    with pytest.raises(DomainError, match="belongs to another program"):
        create_cohort(
            world.here.program, name="x", starts_on=date(2026, 7, 1), version=far, by=director
        )


@pytest.mark.requirement(1)
def test_a_cohort_is_offered_the_version_in_force_when_it_starts(client, director, world):
    here = world.here
    later = PathwayVersionFactory(
        program=here.program, name="2027–28", effective_from=date(2027, 7, 1)
    )
    held = {}
    for starts in ("2023-07-01", "2027-06-30", "2027-07-01"):
        said = {"name": f"From {starts}", "starts_on": starts, "version": ""}
        assert client.post("/p/cascade/cohorts/create/", said).status_code == 302
        held[starts] = Cohort.objects.get(name=said["name"]).version
    first = here.cohort.version
    assert held == {"2023-07-01": first, "2027-06-30": first, "2027-07-01": later}


def test_a_program_without_a_version_opens_no_cohort(world, director):
    bare = ProgramFactory()
    with pytest.raises(DomainError, match="Make a version of the pathway first"):
        create_cohort(bare, name="x", starts_on=date(2026, 7, 1), version=None, by=director)


@pytest.mark.requirement(1, 8)
def test_working_days_are_a_setting_on_which_protected_half_days_depend(client, director, world):
    here = world.here
    said = settings_form(client) | {"working_days": ["6", "0", "1", "2", "3"]}
    assert client.post("/p/cascade/settings/save/", said).status_code == 302
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    schedule = schedule_of(here.resident, friday, sunday)
    assert schedule.half_day(sunday, Half.AM).is_protected
    assert schedule.half_day(friday, Half.AM).reason == "it is no working day"
    said["working_days"] = []
    assert client.post("/p/cascade/settings/save/", said).status_code == 422
    said["working_days"] = ["7"]
    assert client.post("/p/cascade/settings/save/", said).status_code == 422
    assert Program.objects.get(pk=here.program.pk).working_days == [0, 1, 2, 3, 6]


@pytest.mark.requirement(6)
def test_who_is_eligible_can_be_ticked_and_who_is_not_stands_there_with_the_reason(
    client, director, world
):
    here = world.here
    fresh = ResidentFactory(program=here.program)
    late = ResidentFactory(program=here.program, track=Track.PRELIMINARY)
    page = client.get("/p/cascade/cohorts/")
    assert [each.resident for each in page.context["eligible"]] == [fresh]
    assert [(e.resident, e.reason) for e in page.context["others"]] == [
        (late, "the pathway is open to the categorical and primary-care tracks only")
    ]
    assert here.resident.person.name not in page.content.decode(), "who has a place is not asked"


@pytest.mark.requirement(6)
def test_those_ticked_are_enrolled_and_a_preliminary_resident_is_refused_in_words(
    client, director, world
):
    here = world.here
    two = [ResidentFactory(program=here.program) for _ in range(2)]
    late = ResidentFactory(program=here.program, track=Track.PRELIMINARY)
    said = {
        "cohort": here.cohort.pk,
        "on": "2026-11-23",
        "residents": [r.uid for r in (*two, late)],
    }
    told = client.post("/p/cascade/cohorts/enrol/", said, follow=True).content.decode()
    assert f"2 residents have a place in {here.cohort}" in told
    assert f"{late.person.name} was not enrolled" in told
    assert Membership.objects.filter(resident__in=two).count() == 2
    assert not late.memberships.exists()


def test_residents_and_cohorts_of_another_program_cannot_be_named(client, director, world):
    far = ResidentFactory(program=world.there.program)
    said = {"cohort": world.here.cohort.pk, "on": "2026-11-23", "residents": [far.uid]}
    assert client.post("/p/cascade/cohorts/enrol/", said).status_code == 422
    near = ResidentFactory(program=world.here.program)
    said = {"cohort": world.there.cohort.pk, "on": "2026-11-23", "residents": [near.uid]}
    assert client.post("/p/cascade/cohorts/enrol/", said).status_code == 422
    assert not Membership.objects.filter(resident__in=[far, near]).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_cohorts_takes_the_same_queries_for_one_and_for_three(
    client, director, world, count, django_assert_num_queries
):
    ResidentFactory.create_batch(count, program=world.here.program)
    for number in range(count - 1):
        Cohort.objects.create(
            program=world.here.program,
            version=world.here.cohort.version,
            name=f"{number}",
            starts_on=date(2026, 7, 1),
        )
    client.get("/p/cascade/cohorts/")
    with django_assert_num_queries(13):
        client.get("/p/cascade/cohorts/")


def test_an_operator_s_grant_names_no_program(monday):
    with pytest.raises(Exception, match="operators_alone_are_of_no_program"):
        User.objects.create_user("a@example.org", given_name="A").grants.create(
            role=Role.DIRECTOR, since=date(2026, 1, 1)
        )
