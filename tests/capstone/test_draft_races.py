"""Words that are still being written meet those that are saved: none of them are lost unseen."""

import pytest

from capstone.models import Charter
from capstone.services import (
    Conflict,
    ask_sponsor,
    drop_draft,
    keep_draft,
    sign_charter,
    write_charter,
)
from qipathway.core.lib.states import IllegalMove
from qipathway.core.notices.models import Notice
from tests.together import behind, done, together, told

pytestmark = pytest.mark.django_db(transaction=True)


def keeping(project, at, aim, version=1):
    return lambda: keep_draft(project, at=at, fields={"aim": aim}, version=version)


def test_of_two_drafts_kept_at_once_one_is_kept_whole(project, at):
    results = together(keeping(project, at, "Left tab"), keeping(project, at, "Right tab"))
    assert told(results) == []
    charter = Charter.objects.get()
    assert charter.draft in ({"aim": "Left tab"}, {"aim": "Right tab"})
    assert (charter.aim, charter.version, charter.drafted_at) == ("", 1, at)


def test_a_draft_that_waited_for_a_save_is_not_kept_over_it(project, resident, at):
    saved = {"aim": "Saved"}
    late = behind(
        lambda: write_charter(project, by=resident.person, at=at, fields=saved, version=1),
        keeping(project, at, "Typed before"),
    )
    assert isinstance(late, Conflict)
    charter = Charter.objects.get()
    assert (charter.aim, charter.draft, charter.drafted_at) == ("Saved", {}, None)


def test_a_draft_that_waited_for_a_signature_is_refused(ready, here, at):
    late = behind(
        lambda: sign_charter(ready, by=here.sponsor, at=at, version=2),
        keeping(ready, at, "Too late", version=2),
    )
    assert isinstance(late, IllegalMove)
    assert Charter.objects.get().draft == {}


def test_a_draft_let_go_while_it_is_saved_leaves_the_saved_words(project, resident, at):
    keep_draft(project, at=at, fields={"aim": "Faster"}, version=1)
    results = together(
        lambda: write_charter(
            project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1
        ),
        lambda: drop_draft(project),
        lambda: drop_draft(project),
    )
    assert len(done(results)) == 3
    charter = Charter.objects.get()
    assert (charter.aim, charter.draft, charter.version) == ("Faster", {}, 2)


def test_a_sponsor_who_is_asked_six_times_at_once_is_asked_once(ready, here, at):
    together(*[lambda: ask_sponsor(ready, at=at)] * 6)
    assert Notice.objects.get().recipient == here.sponsor
