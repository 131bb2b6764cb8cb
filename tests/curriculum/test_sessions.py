"""What was announced may be moved or cancelled until it starts, and nobody is left behind."""

from datetime import UTC, date, datetime, time

import pytest
from psycopg2.extras import DateTimeTZRange

from curriculum.models import Booking, Session
from curriculum.reminders import CLASS_CANCELLED, CLASS_MOVED, CLASS_UPCOMING
from curriculum.services import book_session, cancel_session, move_session
from curriculum.states import BookingState, SessionState
from qipathway.core.lib.states import IllegalMove
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.notices.querysets import still_true
from qipathway.core.timeline.models import Event
from tests.curriculum.evidence import nothing_written, refused
from tests.factories.curriculum import BookingFactory, SessionFactory
from tests.factories.residents import ClinicPatternFactory

TUESDAY = {"day": date(2026, 12, 8), "starts": time(8), "ends": time(12), "place": "Buck 4 East"}
AS_IT_IS = {
    "day": date(2026, 12, 3),
    "starts": time(13),
    "ends": time(17),
    "place": "Lindeman 201",
}


@pytest.fixture
def booked(here, session, at):
    """Both residents of the program hold a seat."""
    return [
        book_session(session, resident=resident, by=resident.person, at=at)
        for resident in (here.resident, here.other)
    ]


def test_move_session_changes_day_clock_place_and_the_instants(here, session, at):
    moved = move_session(session, by=here.coordinator, at=at, **TUESDAY)
    stored = Session.objects.get()
    assert stored == moved
    assert {name: getattr(stored, name) for name in TUESDAY} == TUESDAY
    assert stored.starts_at == datetime(2026, 12, 8, 16, 0, tzinfo=UTC)
    assert stored.ends_at == datetime(2026, 12, 8, 20, 0, tzinfo=UTC)
    assert (stored.revision, stored.state) == (2, SessionState.SCHEDULED)


def test_a_clock_time_means_what_people_there_read_on_the_wall_on_that_day(here, session, at):
    in_july = {**TUESDAY, "day": date(2027, 7, 6)}
    moved = move_session(session, by=here.coordinator, at=at, **in_july)
    assert moved.starts_at == datetime(2027, 7, 6, 15, 0, tzinfo=UTC)


def test_move_session_moves_every_seat_and_owes_each_holder_one_new_reminder(
    here, session, booked, at
):
    moved = move_session(session, by=here.coordinator, at=at, **TUESDAY)
    spans = set(Booking.objects.values_list("during", flat=True))
    assert spans == {DateTimeTZRange(moved.starts_at, moved.ends_at)}
    fresh = Notice.objects.filter(revision=2, kind=CLASS_UPCOMING)
    assert {(n.recipient, n.object_id) for n in fresh} == {
        (here.resident.person, booked[0].pk),
        (here.other.person, booked[1].pk),
    }
    assert {(n.kind, n.due_at, n.expires_at) for n in fresh} == {
        (CLASS_UPCOMING, datetime(2026, 12, 7, 16, 0, tzinfo=UTC), moved.starts_at)
    }
    assert Notice.objects.filter(kind=CLASS_UPCOMING).count() == 4


@pytest.mark.parametrize(
    ("deed", "kind", "word"),
    [
        (lambda s, by, at: move_session(s, by=by, at=at, **TUESDAY), CLASS_MOVED, "was moved"),
        (lambda s, by, at: cancel_session(s, by=by, at=at), CLASS_CANCELLED, "does not take place"),
    ],
)
def test_everybody_booked_hears_at_once_and_nobody_else(
    here, session, booked, at, deed, kind, word
):
    deed(session, here.coordinator, at)
    told = Notice.objects.live().filter(kind=kind)
    assert {n.recipient for n in told} == {here.resident.person, here.other.person}
    assert Mail.objects.due().filter(notices__kind=kind).count() == 2
    letter = get_kind(kind).render([told[0]], told[0].recipient)
    assert word in letter.text
    Booking.objects.update(state=BookingState.WITHDRAWN)
    assert Notice.objects.live().filter(kind=CLASS_MOVED).count() == 0


def test_after_a_move_only_the_new_reminders_still_hold(here, session, booked, at):
    move_session(session, by=here.coordinator, at=at, **TUESDAY)
    holding = Mail.objects.filter(still_true())
    assert {notice.revision for mail in holding for notice in mail.notices.all()} == {2}


def test_a_seat_that_was_given_back_stays_where_it_was_and_is_not_reminded(
    here, session, booked, at
):
    Booking.objects.filter(pk=booked[1].pk).update(state=BookingState.WITHDRAWN)
    before = session.starts_at, session.ends_at
    move_session(session, by=here.coordinator, at=at, **TUESDAY)
    assert Booking.objects.get(pk=booked[1].pk).during == DateTimeTZRange(*before)
    fresh = Notice.objects.filter(revision=2)
    assert {notice.recipient for notice in fresh} == {here.resident.person}


def test_moving_is_told_once_on_the_timeline_of_each_holder(here, session, booked, at):
    move_session(session, by=here.kpo_lead, at=at, **TUESDAY)
    events = list(Event.objects.filter(action="curriculum.move_session").order_by("pk"))
    assert [(event.actor, event.about, event.subject) for event in events] == [
        (here.kpo_lead, booking.resident.person, session) for booking in booked
    ]
    event = events[0]
    assert event.data == {"course": "Value-stream mapping", "day": "2026-12-08"}


@pytest.mark.parametrize("change", [{"place": "Buck 2"}, {"ends": time(16, 30)}])
def test_another_room_or_end_is_a_move_too_and_is_told_afresh(here, session, booked, at, change):
    moved = move_session(session, by=here.coordinator, at=at, **{**AS_IT_IS, **change})
    assert moved.revision == 2
    assert Notice.objects.filter(revision=2, kind=CLASS_UPCOMING).count() == 2
    assert Notice.objects.filter(revision=2, kind=CLASS_MOVED).count() == 2


def test_moving_to_where_it_already_is_changes_nothing(here, session, booked, at):
    with nothing_written():
        move_session(session, by=here.coordinator, at=at, **AS_IT_IS)


def test_pressing_twice_moves_once(here, session, booked, at):
    move_session(session, by=here.coordinator, at=at, **TUESDAY)
    with nothing_written():
        move_session(session, by=here.coordinator, at=at, **TUESDAY)


def test_a_clash_of_anybody_booked_is_refused_with_their_names_and_nobody_is_moved(
    here, session, booked, at
):
    other = SessionFactory(program=here.program, day=TUESDAY["day"], starts=time(11))
    BookingFactory(session=other, resident=here.other)
    with refused(f"Not moved: another class is at that time for {here.other.person.name}."):
        move_session(session, by=here.coordinator, at=at, **TUESDAY)
    BookingFactory(session=other, resident=here.resident)
    people = sorted((here.resident.person, here.other.person), key=lambda p: p.family_name)
    names = ", ".join(person.name for person in people)
    with refused(f"Not moved: another class is at that time for {names}."):
        move_session(session, by=here.coordinator, at=at, **TUESDAY)


def test_a_move_to_time_that_is_not_protected_is_refused_with_the_names(here, session, booked, at):
    for resident in (here.resident, here.other):
        ClinicPatternFactory(program=here.program, resident=resident, weekday=1, half="AM")
    people = sorted((here.resident.person, here.other.person), key=lambda p: p.family_name)
    rest = (
        "Choose another time, or give their seats back and have a director book them by override."
    )
    names = ", ".join(person.name for person in people)
    with refused(f"Not moved: it is not protected time for {names}. {rest}"):
        move_session(session, by=here.coordinator, at=at, **TUESDAY)
    Booking.objects.filter(pk=booked[0].pk).update(override_note="Agreed with the ward.")
    name = here.other.person.name
    with refused(f"Not moved: it is not protected time for {name}. {rest}"):
        move_session(session, by=here.coordinator, at=at, **TUESDAY)
    Booking.objects.filter(pk=booked[1].pk).update(state=BookingState.WITHDRAWN)
    assert move_session(session, by=here.coordinator, at=at, **TUESDAY).revision == 2


def test_another_room_is_found_though_the_time_is_no_longer_protected(here, session, booked, at):
    ClinicPatternFactory(program=here.program, resident=here.resident, weekday=3, half="PM")
    moved = move_session(session, by=here.coordinator, at=at, **{**AS_IT_IS, "place": "Buck 2"})
    assert moved.place == "Buck 2"


def test_a_class_given_back_or_of_somebody_else_is_no_clash(here, session, booked, at):
    other = SessionFactory(program=here.program, day=TUESDAY["day"], starts=time(11))
    BookingFactory(session=other, resident=here.other, state=BookingState.WITHDRAWN)
    BookingFactory(session=other, resident=here.member("third"))
    assert move_session(session, by=here.coordinator, at=at, **TUESDAY).revision == 2


def test_the_new_time_may_overlap_the_old_one(here, session, booked, at):
    later = {**AS_IT_IS, "starts": time(13, 30)}
    assert move_session(session, by=here.coordinator, at=at, **later).revision == 2


def test_a_session_is_not_moved_onto_a_session_of_its_own_class(here, session, course, at):
    SessionFactory(program=here.program, course=course, **TUESDAY)
    with refused("Not moved: this class is already taught at that time and place."):
        move_session(session, by=here.coordinator, at=at, **TUESDAY)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": date(2026, 11, 20)}, "Not moved: the new time is in the past."),
        ({"starts": time(12)}, "Not moved: it would end before it starts."),
        ({"ends": time(7)}, "Not moved: it would end before it starts."),
    ],
)
def test_an_impossible_time_is_refused(here, session, booked, at, change, words):
    with refused(words):
        move_session(session, by=here.coordinator, at=at, **{**TUESDAY, **change})


@pytest.mark.parametrize("deed", ["move", "cancel"])
def test_what_has_started_can_no_longer_be_changed(here, session, booked, deed):
    at = session.starts_at
    with refused("This class has already started, so it can no longer be changed."):
        if deed == "move":
            move_session(session, by=here.coordinator, at=at, **TUESDAY)
        else:
            cancel_session(session, by=here.coordinator, at=at)


@pytest.mark.parametrize(("deed", "word"), [("move", "moved"), ("cancel", "cancelled")])
def test_what_is_cancelled_is_neither_moved_nor_cancelled_again(here, session, at, deed, word):
    cancel_session(session, by=here.coordinator, at=at)
    with refused(
        f"Nothing was changed: this is cancelled by now, so it cannot be {word}. "
        "Reload the page to see where it stands.",
        IllegalMove,
    ):
        if deed == "move":
            move_session(session, by=here.coordinator, at=at, **TUESDAY)
        else:
            cancel_session(session, by=here.coordinator, at=at)


def test_cancel_session_frees_everybody_and_takes_every_reminder_back(here, session, booked, at):
    cancelled = cancel_session(session, by=here.coordinator, at=at)
    assert Session.objects.get().state == cancelled.state == SessionState.CANCELLED
    assert set(Booking.objects.values_list("state", flat=True)) == {BookingState.WITHDRAWN}
    assert not Notice.objects.standing().filter(kind=CLASS_UPCOMING).exists()
    reminders = Mail.objects.filter(kind=CLASS_UPCOMING)
    assert set(reminders.values_list("state", flat=True)) == {"cancelled"}
    event = Event.objects.order_by("pk").last()
    assert (event.action, event.actor, event.subject) == (
        "curriculum.cancel_session",
        here.coordinator,
        session,
    )
    assert event.data == {"course": "Value-stream mapping", "day": "2026-12-03"}


def test_who_was_freed_can_book_another_date_of_the_class(here, session, course, booked, at):
    cancel_session(session, by=here.coordinator, at=at)
    other = SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    assert book_session(other, resident=here.resident, by=here.resident.person, at=at).pk


def test_a_move_into_the_next_hours_is_due_at_once(here, session, booked, at):
    today = {**TUESDAY, "day": date(2026, 11, 23), "starts": time(13), "ends": time(17)}
    move_session(session, by=here.coordinator, at=at, **today)
    due = Mail.objects.due().filter(kind=CLASS_UPCOMING, notices__revision=2)
    assert due.count() == 2
