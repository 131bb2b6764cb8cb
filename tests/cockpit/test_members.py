"""Many members changed together: the preview, doing it, what is refused, and putting all back."""

from datetime import date

import pytest
from django.urls import reverse

from curriculum.models import Booking
from curriculum.services import book_session
from curriculum.services.booking import remind
from curriculum.states import BookingState
from qipathway.cockpit.models import MemberChange
from qipathway.core.notices.models import Notice
from residents.models import Membership, Resident
from residents.services import move_start, withdraw_member
from residents.states import MembershipState, Track
from tests.factories.curriculum import BookingFactory, SessionFactory
from tests.factories.residents import CohortFactory, PathwayVersionFactory, YearOverrideFactory


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def office(client, here):
    client.force_login(here.coordinator)
    return client


@pytest.fixture
def both(here):
    return [here.resident.memberships.get(), here.other.memberships.get()]


@pytest.fixture
def seat(here):
    session = SessionFactory(program=here.program, day=date(2026, 12, 3), capacity=1, held_seats=0)
    booking = BookingFactory(session=session, resident=here.resident)
    remind(booking)
    return booking


def asked(deed, members, **more):
    return {"deed": deed, "members": [str(each.uid) for each in members], **more}


def words(response):
    return " ".join(response.content.decode().split())


def look(client, said):
    return client.get(reverse("residents:members", args=["cascade"]), said)


def confirm(client, said):
    """Look, then confirm what was seen; return the page to which that leads."""
    seen = look(client, said).context["plan"].seen
    address = reverse("cockpit:members-change", args=["cascade"])
    return client.post(address, said | {"seen": seen}, follow=True)


def undo(client):
    change = MemberChange.objects.standing().get()
    address = reverse("cockpit:change-undo", args=["cascade", change.uid])
    return client.post(address, follow=True)


def states():
    return list(Membership.objects.order_by("pk").values_list("state", flat=True))


def test_looking_says_what_withdrawing_does_to_each_and_writes_nothing(here, office, both, seat):
    withdraw_member(both[1], by=here.director, at=seat.session.starts_at)
    before = states()
    shown = words(look(office, asked("withdraw", both)))
    title = seat.session.course.short_title
    assert f"1 seat given back: {title} on Dec 3." in shown
    assert "Withdraw from the pathway: 1 member<" in shown
    assert "Is withdrawn by now." in shown
    assert states() == before
    assert not MemberChange.objects.exists()


@pytest.mark.requirement(4)
def test_withdrawing_gives_seats_back_silences_reminders_and_is_put_back_whole(
    here, office, both, seat, monday
):
    shown = words(confirm(office, asked("withdraw", both, source=str(here.cohort.uid))))
    assert "Two members were withdrawn from the pathway. 1 seat given back." in shown
    assert "None of two are on the pathway; two have left" in shown
    assert states() == [MembershipState.WITHDRAWN] * 2
    assert Booking.objects.get().state == BookingState.WITHDRAWN
    assert not Notice.objects.standing().filter(kind="curriculum.class_upcoming").exists()
    shown = words(undo(office))
    assert "Everybody stands as before." in shown
    assert "Two of two are on the pathway" in shown
    assert states() == [MembershipState.ACTIVE] * 2
    [booked] = Booking.objects.filter(state=BookingState.BOOKED)
    assert (booked.resident, booked.session) == (here.resident, seat.session)
    assert Notice.objects.standing().filter(kind="curriculum.class_upcoming").count() == 1


def test_a_seat_that_somebody_else_has_taken_is_named_and_the_rest_is_put_back(
    here, office, both, seat, monday
):
    confirm(office, asked("withdraw", both[:1]))
    book_session(
        seat.session, resident=here.other, by=here.director, at=monday, override_note="first come"
    )
    shown = words(undo(office))
    assert "A seat could not be taken again." in shown
    assert "the last seat is gone" in shown
    assert states() == [MembershipState.ACTIVE] * 2


@pytest.mark.requirement(4)
def test_everybody_of_a_cohort_moves_to_another_whose_version_then_holds(here, office, both):
    version = PathwayVersionFactory(
        program=here.program, name="2026", effective_from=date(2026, 7, 1)
    )
    into = CohortFactory(program=here.program, version=version, name="2026 intake")
    said = {"deed": "move", "everybody": "on", "source": str(here.cohort.uid)}
    assert look(office, said).context["field"].label == "Which cohort"
    said |= {"cohort": str(into.uid)}
    shown = words(look(office, said))
    assert "Version 2026 of the pathway holds, not 2024." in shown
    shown = words(confirm(office, said))
    assert "Two members were moved to another cohort." in shown
    assert {each.cohort for each in Membership.objects.all()} == {into}
    undo(office)
    assert {each.cohort for each in Membership.objects.all()} == {here.cohort}


@pytest.mark.requirement(4)
def test_another_first_day_is_previewed_done_and_put_back(here, office, both):
    YearOverrideFactory(resident=here.other, first=date(2025, 7, 2), pgy=2)
    said = asked("move_start", both)
    asking = look(office, said)
    assert asking.context["field"].label == "First day of residency"
    assert "(optional)" not in words(asking)
    said |= {"starts_on": "2026-02-01"}
    shown = words(look(office, said))
    assert (
        "Starts on Feb 1, 2026 instead of Jul 1, 2025: PGY-1 instead of PGY-2; the three years "
        "end on Feb 1, 2029, and all that is due moves along." in shown
    )
    assert "Has a year that was set by hand from Jul 2, 2025, before that day." in shown
    shown = words(confirm(office, said))
    assert "One member was given another first day. One stayed as before." in shown
    days = dict(Resident.objects.values_list("pk", "starts_on"))
    assert days == {here.resident.pk: date(2026, 2, 1), here.other.pk: date(2025, 7, 1)}
    undo(office)
    assert set(Resident.objects.values_list("starts_on", flat=True)) == {date(2025, 7, 1)}


def test_a_preliminary_track_says_that_the_place_ends_and_undo_gives_both_back(
    here, office, both, seat
):
    said = asked("change_track", both[:1], track="preliminary")
    shown = words(look(office, said))
    assert "Preliminary instead of categorical. Is not eligible any more" in shown
    assert "1 seat given back" in shown
    confirm(office, said)
    assert states()[0] == MembershipState.WITHDRAWN
    undo(office)
    assert states() == [MembershipState.ACTIVE] * 2
    here.resident.refresh_from_db()
    assert here.resident.track == Track.CATEGORICAL
    assert Booking.objects.filter(state=BookingState.BOOKED).count() == 1


def test_what_changed_since_the_preview_is_not_done(here, office, both, monday):
    said = asked("complete", both)
    seen = look(office, said).context["plan"].seen
    withdraw_member(both[0], by=here.director, at=monday)
    address = reverse("cockpit:members-change", args=["cascade"])
    answer = office.post(address, said | {"seen": seen}, follow=True)
    assert "this is no longer what you looked at" in words(answer)
    assert answer.context["plan"].refused[0].member == both[0]
    assert states() == [MembershipState.WITHDRAWN, MembershipState.ACTIVE]


def test_what_can_be_done_to_nobody_is_refused_even_if_it_was_seen(here, office, both, monday):
    withdraw_member(both[0], by=here.director, at=monday)
    shown = words(confirm(office, asked("withdraw", both[:1])))
    assert "Nothing was changed: it can be done to nobody of those you chose." in shown
    assert not MemberChange.objects.exists()


@pytest.mark.requirement(4)
def test_undo_is_refused_for_all_when_one_was_changed_since(here, office, both, monday):
    confirm(office, asked("withdraw", both))
    name = here.other.person.name
    move_start(here.other, starts_on=date(2025, 8, 1), by=here.director, at=monday)
    shown = words(undo(office)).replace("&#x27;", "'")
    assert f"Nothing was taken back: changed since: {name}." in shown
    assert states() == [MembershipState.WITHDRAWN] * 2


def test_undo_is_done_once(here, office, both):
    confirm(office, asked("withdraw", both))
    change = MemberChange.objects.get()
    undo(office)
    address = reverse("cockpit:change-undo", args=["cascade", change.uid])
    assert "This was already taken back." in words(office.post(address, follow=True))
    change.refresh_from_db()
    assert change.undone_by == here.coordinator


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"deed": "withdraw"}, "Choose at least one member."),
        ({"deed": "promote"}, "Select a valid choice."),
        ({"deed": "withdraw", "members": ["no"]}, "valid"),
        ({"deed": "move_start", "starts_on": "soon"}, "Enter a valid date."),
        ({"deed": "move_start", "starts_on": "9999-12-31"}, "9999"),
    ],
)
def test_what_cannot_be_read_is_refused_with_why(office, said, why):
    answer = look(office, said)
    assert answer.status_code == 422
    assert why in words(answer).replace("“", "").replace("”", "")


def test_a_nul_in_what_the_deed_does_not_ask_is_passed_over(office):
    address = reverse("cockpit:members-change", args=["cascade"])
    answer = office.post(address, {"deed": "withdraw", "cohort": "\x00"})
    assert (answer.status_code, "Choose at least one member." in words(answer)) == (422, True)


def test_members_and_cohorts_of_another_program_cannot_be_chosen(world, office, both):
    far = world.there.resident.memberships.get()
    assert look(office, asked("withdraw", [far])).status_code == 422
    said = asked("move", both, cohort=str(world.there.cohort.uid))
    assert look(office, said).status_code == 422
    said = {"deed": "withdraw", "everybody": "on", "source": str(world.there.cohort.uid)}
    assert look(office, said).status_code == 422


def test_a_change_of_another_program_is_not_there_and_a_chief_changes_nobody(world, client, both):
    there = world.there
    client.force_login(there.director)
    mine = there.resident.memberships.get()
    said = asked("withdraw", [mine])
    page = client.get(reverse("residents:members", args=["elsewhere"]), said)
    client.post(
        reverse("cockpit:members-change", args=["elsewhere"]),
        said | {"seen": page.context["plan"].seen},
    )
    change = MemberChange.objects.get()
    client.force_login(world.here.director)
    address = reverse("cockpit:change-undo", args=["cascade", change.uid])
    assert client.post(address).status_code == 404
    client.force_login(world.here.chief)
    assert look(client, asked("withdraw", both)).status_code == 403
    address = reverse("cockpit:members-change", args=["cascade"])
    assert client.post(address, asked("withdraw", both)).status_code == 403


def test_one_member_is_put_back_from_the_page_of_the_cohort(here, office, both, monday):
    withdraw_member(both[0], by=here.director, at=monday)
    address = reverse("residents:member-reinstate", args=["cascade", both[0].uid])
    shown = words(office.post(address, follow=True))
    assert f"{here.resident.person.name} is on the pathway again." in shown.replace("&#x27;", "'")
    assert states() == [MembershipState.ACTIVE] * 2


@pytest.mark.parametrize("more", [0, 2])
def test_the_preview_costs_the_same_for_any_number(here, office, more, django_assert_num_queries):
    for number in range(more):
        here.member(f"m{number}")
    said = {"deed": "withdraw", "everybody": "on", "source": str(here.cohort.uid)}
    look(office, said)
    with django_assert_num_queries(12):
        assert len(look(office, said).context["plan"].possible) == 2 + more
