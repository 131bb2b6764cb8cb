"""The page of rotations: what each allows, what another kind would change, and taking it back."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from curriculum.models import Booking, Homework
from qipathway.cockpit.services import change_rotation
from qipathway.core.lib.dates import Half
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Rotation
from residents.reads import schedule_of
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.residents import BlockFactory, RotationFactory


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def office(client, here):
    client.force_login(here.coordinator)
    return here.coordinator


def address(name, *uids):
    return reverse(f"residents:{name}", args=["cascade", *uids])


def words(response):
    return unescape(" ".join(response.content.decode().split()))


def booked(here, resident=None):
    session = SessionFactory(program=here.program, day=date(2026, 12, 3))
    return BookingFactory(session=session, resident=resident or here.resident)


@pytest.mark.requirement(8)
def test_every_rotation_says_what_it_allows_and_how_many_blocks_use_it(client, here, office):
    here.rotation(RotationKind.NIGHTS, "Night Float")
    RotationFactory(name="Of another program")
    shown = words(client.get(address("rotations")))
    assert 'Elective: Cardiology</a> <span class="q-small q-quiet">2 blocks</span>' in shown
    assert "Half days without clinic are protected: classes can be booked." in shown
    assert "No half day is protected, nor the rest after it. Nothing is sent; clocks wait." in shown
    assert "Of another program" not in shown


@pytest.mark.requirement(8, 17)
def test_looking_at_another_kind_counts_half_days_names_collisions_and_writes_nothing(
    client, here, office
):
    seat = booked(here)
    page = client.get(address("rotation", here.elective.uid), {"kind": "inpatient"})
    shown = words(page)
    assert "<dt>Blocks from today on</dt><dd>2 of 2 residents</dd>" in shown
    assert "<dt>Protected half days on them</dt><dd>0 instead of 60</dd>" in shown
    nights = here.rotation(RotationKind.NIGHTS, "Night Float")
    mine = {"resident": here.resident, "rotation": nights}
    BlockFactory(**mine, start=date(2026, 12, 14), end=date(2026, 12, 15))
    BlockFactory(**mine, start=date(2026, 12, 21), end=date(2026, 12, 21))
    looked = client.get(address("rotation", nights.uid), {"kind": "elective"})
    assert "<dd>6 instead of 0</dd>" in words(looked)
    name = here.resident.person.name
    assert (
        f"{name}, {seat.course.title} on Thu Dec 3: Resident is on Elective: Cardiology until "
        "Dec 13" in shown
    )
    assert Rotation.objects.get(pk=here.elective.pk).kind == RotationKind.ELECTIVE
    same = client.get(address("rotation", here.elective.uid), {"kind": "elective"})
    assert same.context["preview"] is None


@pytest.mark.requirement(8)
def test_a_changed_kind_changes_what_is_protected_and_is_taken_back(client, here, office):
    seat = booked(here)
    change = address("rotation-change", here.elective.uid)
    answer = client.post(change, {"kind": "inpatient"}, follow=True)
    assert "Elective: Cardiology is Inpatient now." in words(answer)

    def protected():
        day = date(2026, 12, 3)
        return schedule_of(here.resident, day, day).half_day(day, Half.PM).is_protected

    assert not protected()
    assert Booking.objects.get(pk=seat.pk).state == "booked"
    answer = client.post(address("rotation-restore", here.elective.uid), follow=True)
    assert "Elective: Cardiology is as it was." in words(answer)
    assert protected()
    answer = client.post(address("rotation-restore", here.elective.uid), follow=True)
    assert "There is nothing to take back." in words(answer)
    told = tell(Event.objects.order_by("pk"), zone="America/Los_Angeles")
    assert [line.text for line in told] == [
        f"{office.name} said that Elective: Cardiology is Inpatient; it was Elective.",
        f"{office.name} took it back: Elective: Cardiology is Elective again.",
    ]


def test_due_dates_follow_the_kind(client, here, office):
    later = here.rotation(RotationKind.INPATIENT, "Consults")
    BlockFactory(
        resident=here.resident, rotation=later, start=date(2027, 1, 4), end=date(2027, 1, 31)
    )
    past = SessionFactory(program=here.program, day=date(2026, 11, 20))
    seat = BookingFactory(session=past, resident=here.resident, state="attended")
    HomeworkFactory(booking=seat, due_on=date(2026, 12, 18))
    answer = client.post(address("rotation-change", later.uid), {"kind": "sbp"}, follow=True)
    assert "Consults is Systems-Based Practice now. One due date moved." in words(answer)
    assert Homework.objects.get().due_on == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("elective", "Elective: Cardiology is Elective already."),
        ("leave", "Elective: Cardiology has 2 blocks, and leave lies over other blocks"),
        ("holiday", "Select a valid choice."),
        ("", "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_with_why_and_writes_nothing(client, here, office, kind, why):
    answer = client.post(address("rotation-change", here.elective.uid), {"kind": kind})
    assert answer.status_code == 422
    assert why in words(answer)
    assert Rotation.objects.get(pk=here.elective.pk).kind == RotationKind.ELECTIVE


def test_looking_at_leave_says_that_it_cannot_be(client, here, office):
    shown = words(client.get(address("rotation", here.elective.uid), {"kind": "leave"}))
    assert "This cannot be." in shown
    assert "Change it" not in shown


def test_a_rotation_that_is_leave_stays_it_while_blocks_use_it(here):
    away = here.rotation(RotationKind.LEAVE, "Vacation")
    day = date(2026, 12, 1)
    block = BlockFactory(resident=here.resident, rotation=away, start=day, end=day, overrides=True)
    with pytest.raises(DomainError, match="Vacation has 1 block"):
        change_rotation(away, kind=RotationKind.ELECTIVE, by=here.director)
    block.delete()
    change_rotation(away, kind=RotationKind.ELECTIVE, by=here.director)
    away.refresh_from_db()
    assert (away.kind, away.kind_before) == ("elective", "leave")


def test_a_chief_reads_rotations_and_changes_none(client, here):
    client.force_login(here.chief)
    page = client.get(address("rotations"))
    assert address("rotation", here.elective.uid) not in page.text
    answer = client.post(address("rotation-change", here.elective.uid), {"kind": "icu"})
    assert answer.status_code == 403
    client.force_login(here.coach)
    assert client.get(address("rotations")).status_code == 403


def test_the_rotation_of_another_program_is_not_found(world, client, office):
    far = world.there.elective
    assert client.get(address("rotation", far.uid)).status_code == 404
    assert client.post(address("rotation-change", far.uid), {"kind": "icu"}).status_code == 404
    far.refresh_from_db()
    assert far.kind == RotationKind.ELECTIVE


@pytest.mark.parametrize("more", [0, 2])
def test_looking_costs_the_same_for_any_number(
    client, here, office, more, django_assert_num_queries
):
    booked(here)
    for number in range(more):
        booked(here, here.member(f"more{number}"))
    asked = (address("rotation", here.elective.uid), {"kind": "inpatient"})
    client.get(*asked)
    with django_assert_num_queries(18):
        page = client.get(*asked)
    assert len(page.context["preview"].collisions) == 1 + more
    with django_assert_num_queries(6):
        client.get(address("rotations"))
