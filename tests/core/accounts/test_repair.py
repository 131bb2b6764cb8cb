"""The repair pages have no door of their own."""

import pytest

from qipathway.core.accounts.models import User
from residents.models import RoleGrant

PASSWORD = "a-long-password-for-repair"


@pytest.fixture
def repairer(db):
    return User.objects.create_superuser("repair@example.org", PASSWORD, given_name="Repair")


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/repair/", "/repair/login/", "/repair/residents/rolegrant/"])
def test_a_stranger_is_sent_to_the_one_sign_in(client, where):
    answer = client.get(where, follow=True)
    assert answer.request["PATH_INFO"] == "/account/sign-in/"
    assert 'name="username"' not in answer.content.decode()


def test_a_password_sent_to_the_repair_pages_signs_nobody_in(client, repairer):
    answer = client.post("/repair/login/", {"username": repairer.email, "password": PASSWORD})
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/sign-in/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["director", "coordinator", "coach", "sponsor"])
def test_no_clinician_gets_to_the_repair_pages(client, world, role):
    client.force_login(getattr(world.here, role))
    for where in ("/repair/", "/repair/login/", "/repair/residents/rolegrant/"):
        assert client.get(where, follow=True).status_code == 403


def test_a_repair_account_grants_a_role_that_names_no_resident(client, world, repairer):
    client.force_login(repairer)
    here = world.here
    RoleGrant.objects.filter(person=here.chief).delete()
    given = {"person": here.chief.pk, "role": "kpo_lead", "program": here.program.pk}
    given |= {"since": "2026-11-01", "until": "", "resident": ""}
    assert client.get("/repair/residents/rolegrant/").status_code == 200
    assert client.get("/repair/residents/membership/").status_code == 200
    client.post("/repair/residents/rolegrant/add/", given)
    assert RoleGrant.objects.get(person=here.chief).resident is None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "america/los_angeles"])
def test_a_program_is_not_given_a_zone_that_no_clock_knows(client, world, repairer, zone):
    client.force_login(repairer)
    program = world.here.program
    given = {"slug": program.slug, "name": program.name, "mission": "", "methodology": "VMPS"}
    where = f"/repair/residents/program/{program.pk}/change/"
    given |= {"year_starts": 7, "working_days": "0,1,2,3,4"}
    assert client.post(where, given | {"zone": zone}).status_code == 200
    program.refresh_from_db()
    assert program.zone == "America/Los_Angeles"
    assert client.post(where, given | {"zone": "Europe/Zurich"}).status_code == 302
