"""Two people bring in the same file at the same moment: it comes in once, and both are told."""

import pytest

from qipathway.core.sheets import read_sheet
from qipathway.imports.drafting import draft
from qipathway.imports.kinds import KINDS
from qipathway.imports.models import Import
from qipathway.imports.reads import desk_of
from qipathway.imports.services import answer_question, bring_in, import_file, upload_file
from residents.models import Resident
from tests.imports.conftest import sample
from tests.together import done, forget_everything, together, told


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


def test_of_four_who_bring_in_the_same_roster_one_changes_something(world, monday):
    here = world.here
    desk = desk_of(here.program, here.director, at=monday)
    sheet = read_sheet(sample("roster"))
    before = Resident.objects.count()
    deed = lambda: bring_in(KINDS["roster"], sheet, desk, name="roster.csv")[0]  # noqa: E731
    results = together(deed, deed, deed, deed)
    assert sorted(len(plan.changes) for plan in done(results)) == [0] * (3 - len(told(results))) + [
        13
    ]
    assert (Resident.objects.count() - before, Import.objects.count()) == (13, 1)


def test_a_button_that_is_pressed_twice_at_once_brings_in_one_file(world, monday):
    here = world.here
    waiting = upload_file("r.csv", sample("roster"), program=here.program, by=here.director)
    desk = desk_of(here.program, here.director, at=monday)
    seen = digest_of(desk)

    def press():
        return import_file(waiting, seen=seen, by=here.director, at=monday)

    results = together(press, press)
    assert len(done(results)) == Import.objects.count() == 1
    assert "Nothing was brought in" in told(results)[0]


def test_what_two_say_of_one_file_at_once_is_all_kept(world):
    here = world.here
    waiting = upload_file("r.csv", sample("roster"), program=here.program, by=here.director)

    def say(key):
        said = {"order": {key: "dmy"}}
        return lambda: answer_question(waiting, kind="roster", answers=said, by=here.director)

    together(say("first"), say("second"), say("third"))
    waiting.refresh_from_db()
    assert waiting.answers == {"order": dict.fromkeys(("first", "second", "third"), "dmy")}


def digest_of(desk):
    return draft(KINDS["roster"], read_sheet(sample("roster")), desk, {}).digest
