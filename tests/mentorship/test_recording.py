from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from mentorship.models import CheckIn, CoachNote, Commitment
from mentorship.reminders import ASK_DIRECTOR, CHECK_IN_REMINDER
from mentorship.services import (
    Conflict,
    Outcome,
    Promise,
    Reading,
    Slot,
    Words,
    record_check_in,
    save_check_in,
)
from mentorship.states import Mood, NoteLevel
from qipathway.core.lib.states import DomainError, IllegalMove
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.states import Role
from tests.factories.mentorship import (
    CheckInFactory,
    CoachNoteFactory,
    CommitmentFactory,
    UpdateFactory,
)
from tests.mentorship.evidence import everything

AFTER = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
MOVING = Words(Mood.MOVING, "Watched one discharge from order to door.")
NEXT = Slot(date(2026, 12, 17), time(9), "by video")


@pytest.fixture
def check_in(here):
    return CheckInFactory(resident=here.resident, coach=here.coach)


def fresh(check_in):
    return Reading(CheckIn.objects.get(pk=check_in.pk).version, uuid4())


def record(check_in, by, *, at=AFTER, words=MOVING, reading=None, **outcome):
    return record_check_in(
        check_in,
        by=by,
        at=at,
        reading=reading or fresh(check_in),
        words=words,
        outcome=Outcome(**outcome),
    )


def save(check_in, by, *, words=MOVING, reading=None, rest=None):
    reading = reading or fresh(check_in)
    return save_check_in(check_in, by=by, at=AFTER, reading=reading, words=words, rest=rest or {})


@pytest.mark.requirement(49)
def test_record_check_in_keeps_words_promises_note_and_the_next_date(here, check_in):
    earlier = CheckInFactory(
        resident=here.resident, coach=here.coach, held=True, day=date(2026, 11, 19)
    )
    kept = CommitmentFactory(made_in=earlier, text="Invite pharmacy")
    late = CommitmentFactory(made_in=earlier, text="Shadow one discharge")
    left = CommitmentFactory(made_in=earlier, text="Post the tally", due_on=date(2026, 12, 9))
    wrote = UpdateFactory(resident=here.resident)

    held = record(
        check_in,
        here.coach,
        words=Words(Mood.NEEDS_A_HAND, "41 of 168 minutes.", "Ask again.", NoteLevel.US_TWO),
        answered=frozenset({wrote.uid}),
        done=frozenset({kept.uid}),
        carried={late.uid: date(2026, 12, 17)},
        promised=(Promise("Ask for a transport lead", date(2026, 12, 10)),),
        next_slot=NEXT,
    )

    assert (held.state, held.mood, held.learned) == ("held", "needs_a_hand", "41 of 168 minutes.")
    assert held.held_at == check_in.starts_at
    assert held.held_on == date(2026, 12, 3)
    promises = Commitment.objects.order_by("pk").values_list("text", "state", "due_on", "done_on")
    assert list(promises) == [
        ("Invite pharmacy", "done", kept.due_on, date(2026, 12, 3)),
        ("Shadow one discharge", "open", date(2026, 12, 17), None),
        ("Post the tally", "open", left.due_on, None),
        ("Ask for a transport lead", "open", date(2026, 12, 10), None),
    ]
    note = CoachNote.objects.get()
    assert (note.author, note.level, note.body) == (here.coach, "us_two", "Ask again.")
    assert note.given_at == AFTER
    wrote.refresh_from_db()
    assert wrote.answered_in == held
    following = CheckIn.objects.scheduled().get()
    assert (following.day, following.clock, following.medium) == (NEXT.day, NEXT.clock, NEXT.medium)
    owed = Notice.objects.filter(kind=CHECK_IN_REMINDER, object_id=following.pk)
    assert {notice.recipient for notice in owed} == {here.coach, here.resident.person}


def test_record_check_in_tells_the_story_without_free_text(here, check_in):
    record(check_in, here.coach, next_slot=NEXT)
    events = Event.objects.order_by("pk").values_list("action", "about", "scope_id", "data")
    about, scope = here.resident.person_id, here.program.pk
    assert list(events) == [
        ("mentorship.record_check_in", about, scope, {"mood": "Moving"}),
        ("mentorship.schedule_check_in", about, scope, {"day": "2026-12-17"}),
    ]


def test_a_check_in_recorded_before_its_time_was_held_now(here, check_in):
    early = check_in.starts_at - timedelta(days=1)
    held = record(check_in, here.coach, at=early)
    assert (held.held_at, held.held_on) == (early, date(2026, 12, 2))


def test_whoever_records_was_the_coach(here, check_in):
    CheckIn.objects.update(coach=here.other_coach)
    assert record(check_in, here.coach).coach == here.coach


def test_words_that_came_in_while_the_coach_wrote_wait_for_the_next_check_in(here, check_in):
    read = UpdateFactory(resident=here.resident)
    unread = UpdateFactory(resident=here.resident, text="One more thing.")
    record(check_in, here.coach, answered=frozenset({read.uid}))
    read.refresh_from_db()
    unread.refresh_from_db()
    assert (read.answered_in, unread.answered_in) == (check_in, None)


def test_a_promise_ticked_off_meanwhile_stays_as_its_resident_left_it(here, check_in):
    done = CommitmentFactory(made_in=check_in, done=True, due_on=date(2026, 12, 1))
    record(check_in, here.coach, carried={done.uid: date(2027, 1, 5)}, done=frozenset())
    done.refresh_from_db()
    assert (done.state, done.due_on) == ("done", date(2026, 12, 1))


def test_promises_of_another_resident_are_out_of_reach(here, check_in):
    theirs = CheckInFactory(resident=here.other, coach=here.other_coach, held=True)
    promise = CommitmentFactory(made_in=theirs)
    words = UpdateFactory(resident=here.other)
    uids = {"done": frozenset({promise.uid}), "answered": frozenset({words.uid})}
    record(check_in, here.coach, **uids)
    promise.refresh_from_db()
    words.refresh_from_db()
    assert (promise.state, words.answered_in) == ("open", None)


def test_record_check_in_asks_every_director_of_the_program_and_nobody_else(here, world, check_in):
    second = here.person("second", Role.DIRECTOR)
    former = here.person("former", Role.DIRECTOR)
    former.grants.update(until=date(2025, 12, 31))
    record(check_in, here.coach, ask_director=True)
    owed = Notice.objects.filter(kind=ASK_DIRECTOR)
    assert {n.recipient for n in owed} == {here.director, second}
    assert {n.due_at for n in owed} == {AFTER}


def test_without_the_question_no_director_is_written_to(here, check_in):
    record(check_in, here.coach)
    assert not Notice.objects.filter(kind=ASK_DIRECTOR).exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": Words("", "Something.")}, "choose how the project is going"),
        ({"words": Words("splendid", "Something.")}, "choose how the project is going"),
        ({"next_slot": Slot(date(2026, 12, 3), time(18))}, "must come after Dec 3"),
        ({"next_slot": Slot(date(2062, 12, 3), time(9))}, "more than a year ahead"),
    ],
)
def test_a_refused_record_writes_nothing_at_all(here, check_in, change, reason):
    made = CommitmentFactory(made_in=check_in)
    before = everything()
    with pytest.raises(DomainError, match=reason):
        record(check_in, here.coach, **{"done": frozenset({made.uid}), **change})
    assert everything() == before


@pytest.mark.parametrize("trait", ["held", "cancelled"])
def test_what_is_over_is_neither_recorded_nor_saved_again(here, trait):
    over = CheckInFactory(resident=here.resident, coach=here.coach, **{trait: True})
    before = everything()
    with pytest.raises(IllegalMove):
        record(over, here.coach)
    with pytest.raises(IllegalMove):
        save(over, here.coach)
    assert everything() == before


def test_save_check_in_keeps_the_draft_and_makes_no_story(here, check_in):
    rest = {"promise_0": "Ask for a transport lead", "due_0": "2026-12-10", "done": []}
    words = Words("", "Half a sent", "Not for others")
    saved = save(check_in, here.coach, words=words, rest=rest)
    assert (saved.state, saved.mood, saved.learned) == ("scheduled", "", "Half a sent")
    assert (saved.version, saved.saved_at, saved.saved_by) == (1, AFTER, here.coach)
    assert CheckIn.objects.get().draft == rest
    assert CoachNote.objects.get().given_at is None
    assert not Event.objects.exists()


def test_an_emptied_note_leaves_no_draft_behind(here, check_in):
    save(check_in, here.coach, words=Words("", "", "Not for others"))
    save(check_in, here.coach, words=Words("", "", ""))
    assert not CoachNote.objects.exists()


def test_recording_clears_the_draft_and_keeps_the_draft_of_another_coachs_note(here, check_in):
    CoachNoteFactory(check_in=check_in, author=here.other_coach, drafted=True)
    save(check_in, here.coach, rest={"promise_0": "Half"})
    assert record(check_in, here.coach).draft == {}
    assert CoachNote.objects.get().given_at is None


def test_a_page_may_save_again_and_again_though_its_version_grows_old(here, check_in):
    page = Reading(0, uuid4())
    for text in ("One", "One two", "One two three"):
        save(check_in, here.coach, words=Words("", text), reading=page)
    held = record(check_in, here.coach, reading=page)
    assert (held.version, held.learned) == (4, MOVING.learned)


def test_save_check_in_shows_both_texts_instead_of_overwriting(here, check_in):
    mine, theirs = Reading(0, uuid4()), Reading(0, uuid4())
    save(check_in, here.other_coach, words=Words("", "Theirs"), reading=theirs)
    before = everything()
    name = here.other_coach.name
    with pytest.raises(Conflict, match=f"{name} saved this check-in") as caught:
        save(check_in, here.coach, words=Words("", "Mine"), reading=mine)
    assert (caught.value.theirs.learned, caught.value.mine.learned) == ("Theirs", "Mine")
    assert everything() == before


def test_two_pages_of_one_person_are_two_writers(here, check_in):
    save(check_in, here.coach, words=Words("", "On the phone"), reading=Reading(0, uuid4()))
    with pytest.raises(Conflict):
        save(check_in, here.coach, words=Words("", "At the desk"), reading=Reading(0, uuid4()))


def test_a_page_that_was_overtaken_stays_refused(here, check_in):
    mine, theirs = Reading(0, uuid4()), Reading(1, uuid4())
    save(check_in, here.coach, words=Words("", "Mine"), reading=mine)
    save(check_in, here.other_coach, words=Words("", "Theirs"), reading=theirs)
    with pytest.raises(Conflict):
        save(check_in, here.coach, words=Words("", "Mine, longer"), reading=mine)


def test_the_second_of_two_who_record_gets_both_texts(here, check_in):
    mine = Reading(0, uuid4())
    record(check_in, here.other_coach, words=Words(Mood.STALLED, "Theirs"))
    before = everything()
    with pytest.raises(Conflict) as caught:
        record(check_in, here.coach, reading=mine)
    assert caught.value.theirs.state == "held"
    assert everything() == before


def test_a_double_press_is_told_that_it_is_held_and_writes_once(here, check_in):
    page = Reading(0, uuid4())
    record(check_in, here.coach, reading=page, next_slot=NEXT)
    before = everything()
    with pytest.raises(IllegalMove, match="held by now"):
        record(check_in, here.coach, reading=page, next_slot=NEXT)
    assert everything() == before


@pytest.mark.parametrize(
    "wrong",
    [{"state": "done", "done_on": None}, {"state": "open", "done_on": date(2026, 12, 3)}],
)
def test_the_database_ties_a_done_commitment_to_its_day(check_in, wrong):
    with pytest.raises(IntegrityError, match="done_commitment"), transaction.atomic():
        CommitmentFactory(made_in=check_in, **wrong)


def test_the_database_keeps_one_note_per_check_in_and_author(check_in):
    CoachNoteFactory(check_in=check_in)
    with pytest.raises(IntegrityError, match="one_note_per"), transaction.atomic():
        CoachNoteFactory(check_in=check_in)
