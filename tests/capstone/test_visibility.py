"""Who sees which capstone: the list and the rule agree, and there is always one that could leak."""

import pytest

from capstone.models import Project
from residents.models import Resident
from residents.rules import forget_ties
from tests.factories.accounts import UserFactory
from tests.factories.capstone import ProjectFactory

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
]
SEEN = {
    "director": {"resident", "other"},
    "coordinator": {"resident", "other"},
    "chief": set(),
    "kpo_lead": {"resident", "other"},
    "coach": {"resident"},
    "other_coach": {"other"},
    "instructor": set(),
    "sponsor": {"resident"},
    "resident": {"resident"},
    "other": {"other"},
}


@pytest.fixture
def projects(world):
    """One of each resident here, and two elsewhere."""
    return {
        "resident": ProjectFactory(resident=world.here.resident),
        "other": ProjectFactory(resident=world.here.other),
        "far": ProjectFactory(resident=world.there.resident),
        "far other": ProjectFactory(resident=world.there.other),
    }


def user_of(hospital, role):
    person = getattr(hospital, role)
    return person.person if isinstance(person, Resident) else person


def names(projects, found):
    keys = {project.pk: name for name, project in projects.items()}
    return {keys[project.pk] for project in found}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_listed_exactly_these(world, projects, role):
    user = user_of(world.here, role)
    assert names(projects, Project.objects.visible_to(user)) == SEEN[role]


@pytest.mark.parametrize("role", ROLES)
def test_the_list_and_the_view_rule_agree_on_every_project(world, projects, role):
    user = user_of(world.here, role)
    allowed = {n for n, p in projects.items() if user.has_perm("capstone.view_project", p)}
    assert names(projects, Project.objects.visible_to(user)) == allowed


def test_a_sponsor_whose_tie_ended_yesterday_sees_nothing(world, projects, today):
    sponsor = world.here.sponsor
    assert Project.objects.visible_to(sponsor).count() == 1
    sponsor.grants.update(until=today.replace(day=22))
    forget_ties(sponsor)
    assert not Project.objects.visible_to(sponsor).exists()
    assert not sponsor.has_perm("capstone.view_project", projects["resident"])


def test_a_person_without_any_role_sees_nothing(world, projects):
    assert not Project.objects.visible_to(UserFactory()).exists()
