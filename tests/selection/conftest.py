import pytest
from django.urls import reverse

from residents.states import Role, Track
from tests.factories.accounts import UserFactory
from tests.factories.residents import ResidentFactory
from tests.factories.selection import ApplicationFactory, RoundFactory
from tests.selection.evening import Evening


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILES_SCANNER = ""


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def at(monday):
    """Monday morning of the tests' week, when the window of ``round_`` is open."""
    return monday


@pytest.fixture
def round_(here):
    return RoundFactory(program=here.program, cohort__name="Class of 2030")


@pytest.fixture
def newcomer(here):
    """Make a resident of the program who has no place on the pathway."""

    def make(given_name="Aino", **fields):
        person = UserFactory(given_name=given_name, family_name="Newcomer")
        return ResidentFactory(
            program=here.program, person=person, **{"track": Track.CATEGORICAL, **fields}
        )

    return make


@pytest.fixture
def apply_to(round_, newcomer):
    """Make an application to the round, as its factory's traits say."""
    return lambda **fields: ApplicationFactory(
        round=round_, **{"resident": fields.pop("resident", None) or newcomer(), **fields}
    )


@pytest.fixture
def sign_in(client):
    """Sign a person (or a resident's person) in and return the client."""

    def as_person(user):
        client.force_login(getattr(user, "person", user))
        return client

    return as_person


@pytest.fixture
def address(here):
    return lambda name, *uids: reverse(f"selection:{name}", args=[here.slug, *uids])


@pytest.fixture
def evening(world):
    here = world.here
    round_ = RoundFactory(
        program=here.program,
        cohort__name="Class of 2030",
        seats=2,
    )
    ana, ben = (here.person(name, Role.REVIEWER) for name in ("ana", "ben"))
    return Evening(here, round_, ana, ben)
