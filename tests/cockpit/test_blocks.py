"""Blocks changed by hand: two residents swap, one is set, vacation is added, and all is undone."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from curriculum.models import Booking, Homework
from residents.models import Block, BlockChange
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.residents import BlockFactory

DAYS = {"first": "2026-11-23", "last": "2026-12-06"}


@pytest.fixture
def here(world):
    """``other`` is on wards while ``resident`` is on an elective, until December 13."""
    hospital = world.here
    wards = hospital.rotation(RotationKind.INPATIENT, "Wards A")
    hospital.other.blocks.update(rotation=wards)
    return hospital


@pytest.fixture
def chief(client, here):
    client.force_login(here.chief)
    return here.chief


def address(name, *uids):
    return reverse(f"residents:{name}", args=["cascade", *uids])


def words(response):
    return unescape(" ".join(response.content.decode().split()))


def swap(here, **said):
    asked = {**DAYS, "other": here.other.uid, **said}
    return {f"swap-{name}": value for name, value in asked.items()}


def block(rotation, **said):
    asked = {**DAYS, "rotation": rotation.uid, **said}
    return {f"set-{name}": value for name, value in asked.items()}


def where(resident):
    rows = Block.objects.filter(resident=resident).order_by("start", "overrides")
    return [f"{b.rotation} {b.start:%m-%d}..{b.end:%m-%d}" for b in rows.select_related("rotation")]


def booked(here, day=date(2026, 12, 3)):
    session = SessionFactory(program=here.program, day=day)
    return BookingFactory(session=session, resident=here.resident)


@pytest.mark.requirement(8, 17)
def test_looking_at_a_swap_says_what_goes_comes_and_collides_and_writes_nothing(
    client, here, chief
):
    seat = booked(here)
    booked(here, date(2026, 12, 10))
    page = client.get(address("blocks", here.resident.uid), {"ask": "swap", **swap(here)})
    mine, theirs = here.resident.person.name, here.other.person.name
    preview = page.context["preview"]
    assert preview.removed == (
        f"{mine}, Elective: Cardiology, Nov 16, 2026 to Dec 13, 2026",
        f"{theirs}, Wards A, Nov 16, 2026 to Dec 13, 2026",
    )
    assert preview.added == (
        f"{mine}, Elective: Cardiology, Nov 16, 2026 to Nov 22, 2026",
        f"{mine}, Wards A, Nov 23, 2026 to Dec 6, 2026",
        f"{mine}, Elective: Cardiology, Dec 7, 2026 to Dec 13, 2026",
        f"{theirs}, Wards A, Nov 16, 2026 to Nov 22, 2026",
        f"{theirs}, Elective: Cardiology, Nov 23, 2026 to Dec 6, 2026",
        f"{theirs}, Wards A, Dec 7, 2026 to Dec 13, 2026",
    )
    assert preview.collisions == (
        f"{mine}, {seat.course.title} on Thu Dec 3: Resident is on Wards A until Dec 6",
    )
    assert not BlockChange.objects.exists()
    assert where(here.resident) == ["Elective: Cardiology 11-16..12-13"]


@pytest.mark.requirement(17)
def test_a_swap_is_done_whole_and_taken_back_whole(client, here, chief):
    seat = booked(here)
    answer = client.post(address("blocks-swap", here.resident.uid), swap(here), follow=True)
    assert f"The blocks are swapped with {here.other.person.name}." in words(answer)
    assert where(here.resident) == [
        "Elective: Cardiology 11-16..11-22",
        "Wards A 11-23..12-06",
        "Elective: Cardiology 12-07..12-13",
    ]
    assert where(here.other)[1] == "Elective: Cardiology 11-23..12-06"
    assert "booked, but Resident is on Wards A until Dec 6" in words(answer)
    assert Booking.objects.get(pk=seat.pk).state == "booked"
    change = BlockChange.objects.get()
    answer = client.post(address("blocks-undo", change.uid), follow=True)
    assert "The blocks are as they were." in words(answer)
    assert where(here.resident) == ["Elective: Cardiology 11-16..12-13"]
    assert where(here.other) == ["Wards A 11-16..12-13"]
    answer = client.post(address("blocks-undo", change.uid), follow=True)
    assert "This was taken back already." in words(answer)


def test_a_block_is_set_and_vacation_lies_over_what_is_there(client, here, chief):
    icu = here.rotation(RotationKind.ICU, "ICU")
    away = here.rotation(RotationKind.LEAVE, "Vacation")
    client.post(address("block-set", here.resident.uid), block(icu, first="2026-12-07"))
    assert where(here.resident) == ["Elective: Cardiology 11-16..12-13"], "it ends before it starts"
    client.post(address("block-set", here.resident.uid), block(icu, last="2026-11-29"))
    client.post(address("block-set", here.resident.uid), block(away, last="2026-11-24"))
    assert where(here.resident) == [
        "Elective: Cardiology 11-16..11-22",
        "ICU 11-23..11-29",
        "Vacation 11-23..11-24",
        "Elective: Cardiology 11-30..12-13",
    ]
    answer = client.post(address("block-set", here.resident.uid), block(away))
    assert answer.status_code == 422
    assert "Resident has Vacation from Nov 23, 2026 already." in words(answer)


def test_due_dates_follow(client, here, chief):
    past = SessionFactory(program=here.program, day=date(2026, 11, 20))
    seat = BookingFactory(session=past, resident=here.resident, state="attended")
    HomeworkFactory(booking=seat, due_on=date(2026, 12, 18))
    days = {"first": "2027-01-04", "last": "2027-01-31"}
    client.post(address("block-set", here.resident.uid), block(here.elective, **days))
    assert Homework.objects.get().due_on == date(2027, 1, 31)
    client.post(address("blocks-undo", BlockChange.objects.get().uid))
    assert Homework.objects.get().due_on == date(2026, 12, 18)


def test_a_change_is_not_taken_back_once_the_schedule_has_moved_on(client, here, chief):
    client.post(address("blocks-swap", here.resident.uid), swap(here))
    first = BlockChange.objects.get()
    icu = here.rotation(RotationKind.ICU, "ICU")
    client.post(address("block-set", here.resident.uid), block(icu, last="2026-11-29"))
    before = where(here.resident)
    answer = client.post(address("blocks-undo", first.uid), follow=True)
    assert "Not taken back: the schedule has been changed since." in words(answer)
    assert where(here.resident) == before


def test_a_swap_is_not_taken_back_over_what_was_set_since_where_nothing_was(client, here, chief):
    here.other.blocks.all().delete()
    client.post(address("blocks-swap", here.resident.uid), swap(here))
    first = BlockChange.objects.get()
    assert where(here.resident) == [
        "Elective: Cardiology 11-16..11-22",
        "Elective: Cardiology 12-07..12-13",
    ]
    icu = here.rotation(RotationKind.ICU, "ICU")
    client.post(address("block-set", here.resident.uid), block(icu))
    before = where(here.resident), where(here.other)
    answer = client.post(address("blocks-undo", first.uid), follow=True)
    assert "Not taken back: the schedule has been changed since." in words(answer)
    assert (where(here.resident), where(here.other)) == before


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"last": "2026-11-01"}, "The last day is before the first."),
        ({"last": "2028-11-01"}, "Change at most a year in one go."),
        ({"first": "2030-01-01", "last": "2030-01-02"}, "There is nothing to swap"),
        ({"other": ""}, "This field is required."),
    ],
)
def test_a_swap_that_cannot_be_is_refused_with_why_and_writes_nothing(
    client, here, chief, said, why
):
    looked = client.get(address("blocks", here.resident.uid), {"ask": "swap", **swap(here, **said)})
    assert (looked.context["preview"], why in words(looked)) == (None, True)
    answer = client.post(address("blocks-swap", here.resident.uid), swap(here, **said))
    assert answer.status_code == 422
    assert why in words(answer)
    assert not BlockChange.objects.exists()


def test_nobody_swaps_with_a_resident_or_a_rotation_of_another_program(world, client, here, chief):
    far = swap(here, other=world.there.resident.uid)
    assert client.post(address("blocks-swap", here.resident.uid), far).status_code == 422
    odd = block(world.there.elective)
    assert client.post(address("block-set", here.resident.uid), odd).status_code == 422
    client.force_login(world.there.chief)
    assert client.post(address("blocks-swap", here.resident.uid), swap(here)).status_code == 404
    assert not BlockChange.objects.exists()


def test_a_resident_and_a_coach_change_no_blocks(client, here):
    for person in (here.resident.person, here.coach, here.kpo_lead):
        client.force_login(person)
        assert client.get(address("blocks", here.resident.uid)).status_code == 403
        answer = client.post(address("blocks-swap", here.resident.uid), swap(here))
        assert answer.status_code == 403
    assert not BlockChange.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_looking_costs_the_same_for_any_number(
    client, here, chief, more, django_assert_num_queries
):
    icu = here.rotation(RotationKind.ICU, "ICU")
    booked(here)
    for number in range(more):
        start = date(2026, 12, 14 + 7 * number)
        end = date(2026, 12, 20 + 7 * number)
        BlockFactory(resident=here.resident, rotation=here.elective, start=start, end=end)
        booked(here, end.replace(day=end.day - 3))
    asked = {"ask": "set", **block(icu, last="2026-12-31")}
    client.get(address("blocks", here.resident.uid), asked)
    with django_assert_num_queries(16):
        page = client.get(address("blocks", here.resident.uid), asked)
    assert len(page.context["preview"].collisions) == 1 + more
