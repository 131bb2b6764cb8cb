"""The record: one story, told in sentences, page by page, to those who may read it."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from curriculum.models import HomeworkFile
from qipathway.core.clock.services import now
from qipathway.core.files.models import StoredFile
from qipathway.core.files.states import ScanState
from qipathway.core.timeline.models import Event
from qipathway.core.timeline.services import record
from residents.services import grant_role
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.curriculum import CompletionFactory, CourseFactory, HomeworkFactory


@pytest.fixture
def page(client):
    def get(user, resident, query=""):
        client.force_login(user)
        slug = resident.program.slug
        return client.get(reverse("cockpit:record", args=[slug, resident.uid]) + query)

    return get


def happen(world, times):
    for _ in range(times):
        record(
            world.here.director,
            "curriculum.attend_stand_up",
            world.here.resident,
            about=world.here.resident.person,
            scope=world.here.program.pk,
            place="7 East",
        )


def test_what_happened_is_told_in_a_sentence_with_the_names_of_today(page, world, today):
    grant_role(
        world.here.coach,
        role=Role.MENTOR,
        program=world.here.program,
        resident=world.here.resident,
        since=today,
        by=world.here.director,
    )
    text = unescape(page(world.here.director, world.here.resident).text)
    assert f"{world.here.director.name} recorded {world.here.coach.name} as mentor." in text


def test_points_written_on_one_day_are_one_line_of_the_story(page, world):
    for day in ("2026-11-02", "2026-11-09", "2026-11-16"):
        record(
            world.here.resident.person,
            "capstone.add_point",
            world.here.resident,
            about=world.here.resident.person,
            scope=world.here.program.pk,
            day=day,
        )
    [line, *_] = page(world.here.director, world.here.resident).context["record"].story.lines
    assert line.text.endswith("added a data point of Nov 16. And 2 more that day.")


def test_the_story_pages_by_key_and_misses_nothing(page, world):
    happen(world, 65)
    url, lines = "", 0
    for _ in range(5):
        found = page(world.here.director, world.here.resident, url)
        lines += len(found.context["record"].story.lines)
        url = "?" + found.context["record"].story.older_url.partition("?")[2]
    assert (lines, found.context["record"].story.older_url) == (Event.objects.count(), "")


@pytest.mark.parametrize("place", ["Unit-7 bay", "2026-13-45", "2026-11-2x", "{actor}", "<b>x"])
def test_a_place_that_looks_like_something_else_is_told_as_it_was_typed(page, world, place):
    record(
        world.here.director,
        "curriculum.attend_stand_up",
        world.here.resident,
        about=world.here.resident.person,
        scope=world.here.program.pk,
        place=place,
    )
    found = page(world.here.director, world.here.resident)
    assert found.context["record"].story.lines[0].text.endswith(f"was at the stand-up at {place}.")


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30, "1e9", "٣"])
def test_an_odd_page_key_is_no_error(page, world, before):
    assert page(world.here.director, world.here.resident, f"?before={before}").status_code == 200


def test_who_may_see_a_record_and_who_may_read_its_story(page, world):
    here = world.here
    readers = {}
    for role in ("director", "coordinator", "kpo_lead", "coach", "chief"):
        found = page(getattr(here, role), here.resident)
        readers[role] = (found.status_code, found.context["record"].story is not None)
    assert readers == {
        "director": (200, True),
        "coordinator": (200, True),
        "kpo_lead": (200, True),
        "coach": (200, True),
        "chief": (200, False),
    }
    for stranger in (
        here.sponsor,
        here.other_coach,
        here.instructor,
        here.other.person,
        world.there.director,
    ):
        assert page(stranger, here.resident).status_code == 404


def test_a_resident_is_spoken_to_on_their_own_record(page, world):
    here = world.here
    own = page(here.resident.person, here.resident).text
    assert "Where you stand" in own
    assert "You, your coach and everybody who oversees the program can read this." in own
    assert "their coach" not in own
    coached = page(here.coach, here.resident).text
    assert "Where they stand" in coached
    assert f"{here.resident.person.given_name}, their coach and everybody" in coached


def test_the_record_costs_the_same_for_a_short_and_a_long_story(
    page, world, django_assert_num_queries
):
    happen(world, 1)
    page(world.here.director, world.here.resident)
    with django_assert_num_queries(38):
        page(world.here.director, world.here.resident)
    happen(world, 2)
    with django_assert_num_queries(38):
        page(world.here.director, world.here.resident)


def test_a_story_is_never_changed(world, db):
    happen(world, 1)
    from django.db import DatabaseError, transaction

    for change in (lambda e: e.delete(), lambda e: Event.objects.filter(pk=e.pk).update(at=now())):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            change(Event.objects.get())


PARTS = {
    "director": "plan classes sbp contributions documents standing story",
    "coordinator": "plan classes sbp contributions documents standing story",
    "chief": "plan classes sbp contributions standing",
    "kpo_lead": "plan classes sbp contributions documents standing story",
    "coach": "plan classes sbp contributions documents standing story",
    "resident": "plan classes sbp contributions documents standing story",
}
FILES = {
    "director": {"sheet.jpg", "copy.pdf"},
    "coordinator": {"sheet.jpg", "copy.pdf"},
    "chief": set(),
    "kpo_lead": {"copy.pdf"},
    "coach": {"sheet.jpg", "copy.pdf"},
    "resident": {"sheet.jpg", "copy.pdf", "draft.jpg"},
}


def stored(program, name, state=ScanState.CLEAN):
    said = {"sha256": "0" * 64, "media_type": "image/jpeg", "size": 1, "state": state}
    return StoredFile.objects.create(
        name=name, uploaded_by=UserFactory(), scope_id=program.pk, **said
    )


@pytest.fixture
def papers(world):
    """A sheet that was handed in, one of a draft, a copy of a certificate, and one set aside."""
    here = world.here
    for name, is_in, day in (("sheet.jpg", True, 11), ("draft.jpg", False, 12)):
        homework = HomeworkFactory(
            booking__resident=here.resident,
            booking__session__program=here.program,
            booking__session__day=date(2026, 11, day),
            submitted=is_in,
        )
        file = stored(here.program, name)
        HomeworkFile.objects.create(program=here.program, homework=homework, file=file)
    for name, state in (("copy.pdf", ScanState.CLEAN), ("virus.pdf", ScanState.QUARANTINED)):
        course = CourseFactory(program=here.program)
        file = stored(here.program, name, state)
        CompletionFactory(resident=here.resident, course=course, file=file)


@pytest.mark.parametrize("role", PARTS)
def test_each_role_finds_the_parts_and_documents_that_it_may_read_and_no_other(
    page, world, papers, role
):
    person = getattr(world.here, role)
    found = page(getattr(person, "person", person), world.here.resident)
    main = found.text.partition("<main")[2]
    assert re.findall(r'<section class="q-card[^>]*id="(.*?)"', main) == PARTS[role].split()
    assert {each.name for each in found.context["record"].documents} == FILES[role]
    cards = main.split('<section class="q-card')[1:]
    assert [card for card in cards if "q-reader" not in card.partition("</section>")[0]] == []
