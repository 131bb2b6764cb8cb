"""An application: kept without losing a word, handed in once, put off, withdrawn, erased."""

from datetime import date, timedelta

import pytest

from qipathway.core.clock.services import travel_to
from qipathway.core.files.models import StoredFile
from qipathway.core.lib.states import IllegalMove
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.rules import forget_ties
from residents.selection.models import Application, Rating
from residents.selection.reads.applications import latest_application, shown_state
from residents.selection.services import (
    defer_application,
    remove_cv,
    reopen_application,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from residents.selection.services.applications import Overtaken, TooLate, erase_applications
from residents.selection.states import (
    APPLICATION_MOVES,
    JUDGED,
    ApplicationState,
)
from residents.states import CareerInterest, Role
from tests.factories.residents import CohortFactory, RoleGrantFactory
from tests.factories.selection import (
    CLOSES,
    OPENS,
    ApplicationFactory,
    RatingFactory,
    RoundFactory,
)
from tests.selection.evidence import curriculum_vitae, nothing_written, refused

WORDS = {"passion": "Waits.", "initiative": "Counted.", "independence": "Kept."}
NOT_OPEN = (
    "Not saved: this application is not open for writing any more. "
    "Reload the page to see where it stands."
)
HUSHED = (
    "Nothing was changed: decisions are being released at this moment. Look again in ten minutes."
)


def save(application, at, **change):
    said = {"words": WORDS, "version": application.version, **change}
    return save_application(application, by=application.resident.person, at=at, **said)


def do(deed, application, at):
    return deed(application, by=application.resident.person, at=at)


@pytest.fixture
def complete(apply_to, at):
    return save(apply_to(), at, cv=curriculum_vitae())


@pytest.mark.requirement(56)
def test_a_first_save_starts_an_application_and_keeps_the_words_and_the_cv(apply_to, at):
    saved = save(apply_to(), at, cv=curriculum_vitae())
    kept = Application.objects.get()
    assert (kept.state, kept.passion, kept.cv.name) == ("started", "Waits.", "cv.pdf")
    assert (kept.version, kept.saved_at) == (saved.version, at)
    assert [each.action for each in Event.objects.all()] == ["selection.start_application"]


def test_a_draft_tells_nobody_and_opening_the_page_with_nothing_typed_starts_nothing(apply_to, at):
    one = apply_to()
    with nothing_written():
        save(one, at, words=dict.fromkeys(WORDS, ""))
    save(one, at)
    assert not Notice.objects.exists()


@pytest.mark.requirement(5)
def test_the_career_interest_is_kept_on_the_resident_and_on_no_application(apply_to, at):
    one = apply_to()
    said = {**WORDS, "career_interest": CareerInterest.HOSPITALIST, "specialty": "nights"}
    save(one, at, words=said)
    one.resident.refresh_from_db()
    assert (one.resident.career_interest, one.resident.specialty) == ("hospitalist", "nights")
    assert not [f.name for f in Application._meta.fields if "interest" in f.name]


def test_a_version_that_was_overtaken_writes_nothing_and_brings_the_newer_text(apply_to, at):
    one = apply_to()
    save(one, at, words={**WORDS, "passion": "On the phone."})
    with nothing_written(), pytest.raises(Overtaken) as caught:
        save(one, at, words={**WORDS, "passion": "At the desk."}, cv=curriculum_vitae())
    assert caught.value.current.passion == "On the phone."


def test_the_same_words_again_are_no_conflict(apply_to, at):
    one = apply_to()
    save(one, at)
    with nothing_written():
        assert save(one, at).version == 2


def test_a_new_cv_takes_the_place_of_the_old_one_and_can_be_taken_out(complete, at):
    again = save(complete, at, cv=curriculum_vitae("newer.pdf"))
    assert [each.name for each in StoredFile.objects.all()] == ["newer.pdf"]
    assert do(remove_cv, again, at).cv is None
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (OPENS - timedelta(minutes=1), "Not saved: the window opens on Monday, Nov 16, 00:00."),
        (CLOSES, "Not saved: the window closed on Friday, Dec 11, 23:59."),
    ],
)
def test_outside_the_window_nothing_is_saved(apply_to, when, words):
    one = apply_to()
    with refused(words, TooLate):
        save(one, when)


WRITABLE = {ApplicationState.INVITED, ApplicationState.STARTED}


@pytest.mark.parametrize("state", sorted(set(ApplicationState) - WRITABLE - {"enrolled"}))
def test_nothing_is_written_into_an_application_in_any_other_state(apply_to, at, state):
    one = apply_to(submitted=True, state=state, judged_at=at)
    with refused(NOT_OPEN, TooLate):
        save(one, at)


@pytest.mark.requirement(56)
def test_submit_application_hands_in_what_is_complete(complete, at):
    sent = do(submit_application, complete, at)
    assert (sent.state, sent.submitted_at) == ("submitted", at)
    event = Event.objects.get(action="selection.submit_application")
    assert (event.actor, event.about) == (complete.resident.person, None)


def test_what_is_missing_is_named_and_nothing_is_handed_in(apply_to, at):
    one = save(apply_to(), at, words={**WORDS, "initiative": " "})
    with refused("Not handed in yet; still missing: something you started yourself, your CV."):
        do(submit_application, one, at)


def test_handing_in_twice_is_told(complete, at):
    do(submit_application, complete, at)
    with refused(
        "Nothing was changed: this is submitted by now, so it cannot be submitted. "
        "Reload the page to see where it stands."
    ):
        do(submit_application, complete, at)


def test_what_was_handed_in_can_be_opened_again_until_the_window_closes(complete, at):
    sent = do(submit_application, complete, at)
    assert do(reopen_application, sent, at).state == "started"
    again = do(submit_application, sent, at)
    with refused("Nothing was changed: the window closed on Friday, Dec 11, 23:59."):
        do(reopen_application, again, CLOSES)


@pytest.mark.requirement(56)
def test_not_now_is_taken_back_with_nothing_lost(complete, at):
    put_off = do(defer_application, complete, at)
    assert put_off.state == "not_now"
    back = do(start_application, put_off, at)
    assert (back.state, back.passion) == ("started", "Waits.")


def test_who_withdrew_can_apply_again_while_the_window_is_open_and_is_judged_afresh(
    here, apply_to, at
):
    meant = {"decision": "decline", "reason": "no", "decided_by": here.director, "decided_at": at}
    one = apply_to(submitted=True, state="in_review", **meant)
    RatingFactory(application=one, judged=True)
    gone = do(withdraw_application, one, at)
    assert (gone.state, gone.expires_on) == ("withdrawn", date(2027, 11, 23))
    assert (gone.decision, gone.reason, gone.decided_by) == ("", "", None)
    with refused("Nothing was changed: the window closed on Friday, Dec 11, 23:59."):
        do(start_application, gone, CLOSES)
    again = do(start_application, gone, at)
    assert (again.state, again.expires_on, Rating.objects.count()) == ("started", None, 0)


def test_who_was_declined_can_be_invited_to_a_later_round(round_, apply_to, here, at):
    before = apply_to(submitted=True, state="declined", judged_at=at - timedelta(days=400))
    later = RoundFactory(
        program=here.program,
        cohort=CohortFactory(program=here.program, version=here.cohort.version),
        opens_at=OPENS + timedelta(days=1),
    )
    now = ApplicationFactory(round=later, resident=before.resident)
    assert latest_application(before.resident) == now
    assert do(defer_application, now, at).state == "not_now"


DEEDS = {
    "submit": submit_application,
    "reopen": reopen_application,
    "defer": defer_application,
    "withdraw": withdraw_application,
    "start": start_application,
}


@pytest.mark.parametrize("state", [s for s in ApplicationState if s != "enrolled"])
@pytest.mark.parametrize("name", sorted(DEEDS))
def test_each_deed_moves_exactly_the_states_that_the_table_names(apply_to, at, name, state):
    one = apply_to(submitted=True, state=state, judged_at=at - timedelta(minutes=10))
    Application.objects.update(cv=save_file(one))
    if state == ApplicationState.DECLINED:
        with refused("Nothing was changed: this application is no longer kept here."):
            do(DEEDS[name], one, at)
    elif state in APPLICATION_MOVES[name].sources:
        assert do(DEEDS[name], one, at).state == APPLICATION_MOVES[name].target
    else:
        with nothing_written(), pytest.raises(IllegalMove):
            do(DEEDS[name], one, at)


def save_file(application):
    from qipathway.core.files.services import keep

    return keep(curriculum_vitae(), by=application.resident.person, scope=application.program_id)


@pytest.mark.parametrize("state", JUDGED)
@pytest.mark.parametrize("name", sorted(DEEDS))
def test_for_ten_minutes_no_refusal_tells_what_was_decided(apply_to, at, name, state):
    one = apply_to(submitted=True, state=state, judged_at=at - timedelta(minutes=9))
    assert shown_state(one, at) == "in_review"
    with refused(HUSHED, IllegalMove):
        do(DEEDS[name], one, at)


@pytest.mark.requirement(54)
def test_a_declined_application_is_seen_by_nobody_once_it_cannot_be_taken_back(
    here, apply_to, at, sign_in
):
    one = apply_to(submitted=True, state="declined", judged_at=at)
    RatingFactory(application=one, reviewer=here.chief)
    assert not Application.objects.visible_to(here.chief).exists()
    RoleGrantFactory(person=here.chief, program=here.program, role=Role.REVIEWER)
    forget_ties(here.chief)
    people = [one.resident.person, here.director, here.coordinator, here.chief]
    seen = [Application.objects.visible_to(each).count() for each in people]
    travel_to(at + timedelta(minutes=10, seconds=1))
    left = [Application.objects.visible_to(each).count() for each in people]
    assert (seen, left) == ([1, 1, 1, 1], [0, 0, 0, 0])


def test_drafts_are_seen_by_their_writer_alone(here, apply_to, at):
    one = apply_to(written=True)
    RatingFactory(application=one, reviewer=here.chief)
    assert Application.objects.visible_to(one.resident.person).get() == one
    for other in (here.director, here.coordinator, here.chief, here.resident.person):
        assert not Application.objects.visible_to(other).exists()


@pytest.mark.requirement(54)
def test_what_expired_is_erased_and_the_count_stays(apply_to, complete, at):
    old = apply_to(submitted=True, state="declined", judged_at=at, expires_on=date(2026, 11, 23))
    Application.objects.filter(pk=old.pk).update(cv=save_file(old), reason="no seat")
    RatingFactory(application=old, judged=True)
    fresh = apply_to(submitted=True, state="declined", judged_at=at, expires_on=date(2026, 11, 24))
    assert erase_applications() == 1
    old.refresh_from_db()
    assert (old.passion, old.initiative, old.independence, old.reason, old.cv) == (
        "", "", "", "", None,
    )  # fmt: skip
    assert (old.erased_at is not None, Rating.objects.count()) == (True, 0)
    assert [each.pk for each in StoredFile.objects.all()] == [complete.cv_id]
    fresh.refresh_from_db()
    assert fresh.passion
    assert Application.objects.count() == 3
    with nothing_written():
        assert erase_applications() == 0


def test_a_draft_that_was_never_sent_is_erased_a_year_after_its_window(apply_to, at):
    draft = apply_to(written=True)
    travel_to(CLOSES + timedelta(days=364))
    assert erase_applications() == 0
    travel_to(CLOSES + timedelta(days=366))
    assert erase_applications() == 1
    draft.refresh_from_db()
    assert draft.passion == ""
