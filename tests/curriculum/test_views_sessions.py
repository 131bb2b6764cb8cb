"""Pages and deeds of class sessions, as a browser meets them."""

from datetime import date

import pytest

from curriculum.models import Booking, Homework, Session
from curriculum.states import BookingState, SessionState
from residents.states import RotationKind
from tests.curriculum.evidence import everything, nothing_written, said
from tests.factories.curriculum import BookingFactory, CourseFactory, SessionFactory
from tests.factories.residents import BlockFactory, ClinicPatternFactory

TUESDAY = {"day": "2026-12-08", "starts": "08:00", "ends": "12:00", "place": "Buck 4 East"}
REFUSED = "Not booked: Thursday afternoon is your continuity clinic. "
CHOOSE = "Choose a date on a protected half day."


@pytest.fixture
def clinic(here):
    """Clinic takes the session's half day from ``here.resident``."""
    return ClinicPatternFactory(program=here.program, resident=here.resident, weekday=3, half="PM")


@pytest.fixture
def held(here):
    """A session that was held, with both residents in it."""
    session = SessionFactory(
        program=here.program, instructor=here.instructor, day=date(2026, 11, 19)
    )
    return [BookingFactory(session=session, resident=each) for each in (here.resident, here.other)]


@pytest.mark.requirement(8)
def test_booking_oneself_leads_back_with_an_undo(here, session, sign_in, address):
    response = sign_in(here.resident).post(address("session-book", session.uid))
    booking = Booking.objects.get()
    assert (response.status_code, response.url) == (302, session.get_absolute_url())
    assert said(response) == [("success", "Booked: Value-stream mapping.")]
    assert (booking.resident, booking.override_note) == (here.resident, "")
    page = sign_in(here.resident).get(response.url)
    assert address("booking-withdraw", booking.uid) in page.text


def test_the_undo_after_booking_is_a_button_that_posts(here, session, sign_in, address):
    client = sign_in(here.resident)
    page = client.post(address("session-book", session.uid), follow=True)
    undo = address("booking-withdraw", Booking.objects.get().uid)
    assert f'<form method="post" action="{undo}" data-undo>' in page.text
    response = client.post(undo)
    assert (response.status_code, response.url) == (302, session.get_absolute_url())
    assert ("success", "Your seat is free again for somebody else.") in said(response)


@pytest.mark.requirement(8)
def test_a_refusal_is_told_in_words_and_writes_nothing(here, session, clinic, sign_in, address):
    with nothing_written():
        response = sign_in(here.resident).post(address("session-book", session.uid))
    assert (response.status_code, response.url) == (302, session.get_absolute_url())
    assert said(response) == [("error", REFUSED + CHOOSE)]


def test_a_resident_cannot_override_by_sending_a_note(here, session, clinic, sign_in, address):
    with nothing_written():
        response = sign_in(here.resident).post(
            address("session-book", session.uid), {"note": "Please."}
        )
    assert said(response) == [("error", REFUSED + CHOOSE)]


def test_a_resident_books_nobody_else_and_not_even_themself_by_name(
    here, session, sign_in, address
):
    for chosen in (here.other, here.resident):
        with nothing_written():
            response = sign_in(here.resident).post(
                address("session-book", session.uid), {"resident": chosen.pk, "note": "Please."}
            )
        assert response.status_code == 403


def test_pressing_book_twice_books_once(here, session, sign_in, address):
    client = sign_in(here.resident)
    client.post(address("session-book", session.uid))
    with nothing_written():
        response = client.post(address("session-book", session.uid))
    assert said(response)[-1] == ("error", "Not booked: you are booked for this class on Dec 3.")


@pytest.mark.parametrize("role", ["director", "coordinator"])
def test_who_runs_the_program_books_a_resident(here, session, sign_in, address, role):
    client = sign_in(getattr(here, role))
    response = client.post(address("session-book", session.uid), {"resident": here.resident.pk})
    assert (response.status_code, response.url) == (302, session.get_absolute_url())
    assert Booking.objects.get().resident == here.resident


@pytest.mark.requirement(8)
def test_a_director_is_told_why_and_may_then_override_with_a_note(
    here, session, clinic, sign_in, address
):
    client = sign_in(here.director)
    path, chosen = address("session-book", session.uid), {"resident": here.resident.pk}
    with nothing_written():
        response = client.post(path, chosen)
    assert response.status_code == 422
    assert f"Thursday afternoon is {here.resident.person.given_name}&#x27;s" in response.text
    assert f'<option value="{here.resident.pk}" selected>' in response.text
    response = client.post(path, {**chosen, "note": "Agreed with the clinic."})
    assert response.status_code == 302
    assert Booking.objects.get().override_note == "Agreed with the clinic."


def test_a_coordinator_has_no_note_to_override_with(here, session, clinic, sign_in, address):
    client = sign_in(here.coordinator)
    assert 'name="note"' not in client.get(session.get_absolute_url()).text
    with nothing_written():
        response = client.post(
            address("session-book", session.uid),
            {"resident": here.resident.pk, "note": "Agreed with the clinic."},
        )
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"resident": ""}, "This field is required."),
        ({"resident": "999999999"}, "Select a valid choice."),
        ({"resident": "x"}, "Select a valid choice."),
        ({"note": "N" * 201}, "at most 200 characters"),
        ({"note": "NUL \x00 in it"}, "An invisible character"),
        ({"note": "Her MRN is 123456789."}, "a record number"),
    ],
)
def test_what_a_director_typed_is_kept_when_it_cannot_be_taken(
    here, session, sign_in, address, sent, words
):
    typed = {"resident": here.resident.pk, "note": "Agreed with the ward."} | sent
    with nothing_written():
        response = sign_in(here.director).post(address("session-book", session.uid), typed)
    assert response.status_code == 422
    assert words in response.text
    assert typed["note"].replace("\x00", "") in response.text


def test_a_resident_of_another_program_or_off_the_pathway_is_no_choice(
    world, here, session, sign_in, address
):
    off = here.member("gone")
    off.memberships.update(state="withdrawn")
    for chosen in (world.there.resident, off):
        with nothing_written():
            response = sign_in(here.director).post(
                address("session-book", session.uid), {"resident": chosen.pk}
            )
        assert response.status_code == 422
        assert chosen.person.name not in response.text


def test_giving_a_seat_back_twice_tells_the_second_press(here, session, sign_in, address):
    booking = BookingFactory(session=session, resident=here.resident)
    client = sign_in(here.resident)
    client.post(address("booking-withdraw", booking.uid))
    with nothing_written():
        response = client.post(address("booking-withdraw", booking.uid))
    assert said(response)[-1] == (
        "error",
        "Nothing was changed: this is withdrawn by now, so it cannot be withdrawn. "
        "Reload the page to see where it stands.",
    )


def marks(bookings, *values):
    return {f"mark-{each.uid}": value for each, value in zip(bookings, values, strict=True)}


@pytest.mark.requirement(13)
def test_the_instructor_saves_the_list_and_hears_how_many_changed(here, held, sign_in, address):
    session = held[0].session
    path = address("attendance-take", session.uid)
    client = sign_in(here.instructor)
    response = client.post(path, marks(held, "attended", "missed"))
    assert (response.status_code, response.url) == (302, session.get_absolute_url())
    assert said(response) == [("success", "Attendance saved: 2 changed.")]
    assert [booking.state for booking in Booking.objects.order_by("pk")] == ["attended", "missed"]
    with nothing_written():
        response = client.post(path, marks(held, "attended", "missed"))
    assert said(response)[-1] == ("success", "Attendance saved: 0 changed.")


def test_marks_that_nobody_knows_are_passed_over(here, held, sign_in, address):
    path = address("attendance-take", held[0].session.uid)
    with nothing_written():
        sign_in(here.instructor).post(
            path, marks(held, "withdrawn", "\x00") | {"mark-x": "attended"}
        )


def test_an_attendance_that_stands_is_told_in_words(here, held, sign_in, address):
    path = address("attendance-take", held[0].session.uid)
    client = sign_in(here.instructor)
    client.post(path, marks(held[:1], "attended"))
    Homework.objects.update(body="Fourteen steps.")
    with nothing_written():
        response = client.post(path, marks(held, "missed", "attended"))
    assert said(response)[-1] == (
        "error",
        f"{here.resident.person.name} has already worked on the homework of this class, "
        "so the attendance stands. Nothing was changed.",
    )


def test_the_list_offers_marks_only_once_the_class_has_started(here, session, held, sign_in):
    BookingFactory(session=session, resident=here.resident)
    client = sign_in(here.instructor)
    assert "Attendance opens when the class starts." in client.get(session.get_absolute_url()).text
    page = client.get(held[0].session.get_absolute_url()).text
    assert page.count('value="attended" checked') == 2
    assert f'name="mark-{held[0].uid}"' in page


def test_a_resident_sees_no_list_of_others(here, held, sign_in):
    page = sign_in(here.resident).get(held[0].session.get_absolute_url()).text
    assert here.other.person.name not in page
    assert "mark-" not in page


def test_moving_says_that_everybody_is_reminded(here, session, sign_in, address):
    response = sign_in(here.coordinator).post(address("session-move", session.uid), TUESDAY)
    assert (response.status_code, response.url) == (302, session.get_absolute_url())
    assert said(response) == [
        ("success", "Moved. Everybody who is booked is reminded of the new time.")
    ]
    moved = Session.objects.get()
    assert (moved.day, moved.place, moved.revision) == (date(2026, 12, 8), "Buck 4 East", 2)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"ends": "07:00"}, "It would end at 07:00, before it starts."),
        ({"day": ""}, "This field is required."),
        ({"day": "soon"}, "Enter a valid date."),
        ({"day": "0001-01-01"}, "Give a date between 1950 and 2100"),
        ({"place": "P" * 121}, "at most 120 characters"),
        ({"place": "Buck \x00"}, "An invisible character"),
    ],
)
def test_a_move_that_cannot_be_read_keeps_what_was_typed(
    here, session, sign_in, address, sent, words
):
    with nothing_written():
        response = sign_in(here.director).post(
            address("session-move", session.uid), {**TUESDAY, "place": "Buck 7 West", **sent}
        )
    assert response.status_code == 422
    assert words in response.text
    assert sent.get("place", "Buck 7 West").replace("\x00", "").strip() in response.text
    assert "Lindeman 201" in response.text


def test_a_move_that_is_refused_is_told(here, session, sign_in, address):
    other = SessionFactory(program=here.program, day=date(2026, 12, 8))
    BookingFactory(session=other, resident=here.resident)
    BookingFactory(session=session, resident=here.resident)
    afternoon = {**TUESDAY, "starts": "13:00", "ends": "17:00"}
    with nothing_written():
        response = sign_in(here.director).post(address("session-move", session.uid), afternoon)
    name = here.resident.person.name
    assert said(response) == [("error", f"Not moved: another class is at that time for {name}.")]


def test_pressing_move_or_cancel_twice_does_it_once(here, session, sign_in, address):
    BookingFactory(session=session, resident=here.resident)
    client = sign_in(here.director)
    client.post(address("session-move", session.uid), TUESDAY)
    with nothing_written():
        client.post(address("session-move", session.uid), TUESDAY)
    response = client.post(address("session-cancel", session.uid))
    assert said(response)[-1] == (
        "success",
        "Cancelled. Everybody who was booked is free to choose again.",
    )
    with nothing_written():
        response = client.post(address("session-cancel", session.uid))
    assert "this is cancelled by now" in said(response)[-1][1]
    assert Booking.objects.get().state == BookingState.WITHDRAWN


def test_a_cancelled_session_offers_nothing_but_the_news(here, session, sign_in):
    Session.objects.update(state=SessionState.CANCELLED)
    page = sign_in(here.resident).get(session.get_absolute_url()).text
    assert "This session does not take place." in page
    assert "Book my seat" not in page


@pytest.mark.requirement(8)
def test_classes_shows_what_fits_first_and_the_others_with_the_reason(
    here, session, sign_in, address
):
    BlockFactory(
        program=here.program,
        resident=here.resident,
        rotation=here.rotation(RotationKind.ICU, "ICU"),
        start=date(2026, 12, 14),
        end=date(2027, 1, 10),
    )
    SessionFactory(program=here.program, day=date(2026, 12, 16), course__title="Standard work")
    booked = SessionFactory(program=here.program, day=date(2026, 12, 1))
    BookingFactory(session=booked, resident=here.resident)
    response = sign_in(here.resident).get(address("classes"))
    assert [offer.session for offer in response.context["bookable"]] == [session]
    assert [offer.session for offer in response.context["booked"]] == [booked]
    assert [offer.refusal for offer in response.context["refused"]] == [
        "you are on ICU until Jan 10"
    ]
    assert "Not for you: you are on ICU until Jan 10." in response.text
    assert "0 of 3 classes complete. 1 session fits your protected half days." in response.text


def test_classes_says_so_when_nothing_fits_and_when_all_is_done(here, sign_in, address):
    client = sign_in(here.resident)
    page = client.get(address("classes")).text
    assert "No session fits your protected half days until Mar 23." in page
    course = CourseFactory(program=here.program, homework_brief="")
    BookingFactory(
        session=SessionFactory(program=here.program, course=course, day=date(2026, 11, 12)),
        resident=here.resident,
        state=BookingState.ATTENDED,
    )
    page = client.get(address("classes")).text
    assert "All required classes and their homework are done." in page


def test_session_list_counts_what_takes_place_and_shows_what_was_held(
    world, here, session, held, sign_in, address
):
    SessionFactory(program=here.program, day=date(2026, 12, 9), state=SessionState.CANCELLED)
    far = SessionFactory(program=world.there.program)
    response = sign_in(here.director).get(address("sessions"))
    assert "1 session to come until Mar 23." in response.text
    assert [each.pk for each in response.context["recent"]] == [held[0].session_id]
    assert str(far.uid) not in response.text
    assert "0 of 12 seats" in response.text


def test_the_list_says_whose_attendance_is_still_to_be_taken(here, held, sign_in, address):
    for booking in held:
        booking.state = BookingState.BOOKED
        booking.save()
    page = sign_in(here.director).get(address("sessions")).text
    assert "Attendance is to be taken of 1 session. 0 sessions to come" in page
    assert "Attendance open" in page


def test_an_instructor_sees_their_own_sessions_unless_all_are_asked_for(
    here, session, sign_in, address
):
    other = SessionFactory(program=here.program)
    client = sign_in(here.instructor)
    assert client.get(address("sessions")).context["coming"] == [session]
    assert set(client.get(address("sessions"), {"show": "all"}).context["coming"]) == {
        session,
        other,
    }


@pytest.mark.parametrize(
    ("name", "role", "queries"),
    [("sessions", "instructor", 8), ("sessions", "director", 7), ("classes", "resident", 23)],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(
    here, session, sign_in, address, django_assert_num_queries, name, role, queries
):
    client = sign_in(getattr(here, role))
    client.get(address(name))
    for rows in (1, 3):
        with django_assert_num_queries(queries):
            assert client.get(address(name)).status_code == 200, rows
        SessionFactory.create_batch(2, program=here.program, instructor=here.instructor)


def test_a_page_costs_the_same_with_one_seat_and_with_three(
    here, session, sign_in, django_assert_num_queries
):
    client = sign_in(here.instructor)
    for number in (1, 2, 3):
        BookingFactory(session=session, resident=here.member(f"person{number}"))
        if number != 2:
            with django_assert_num_queries(10):
                assert client.get(session.get_absolute_url()).status_code == 200
    assert everything()["Event"] == []
