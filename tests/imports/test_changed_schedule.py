"""A changed block schedule shows exactly its changes, and which bookings they collide with."""

from datetime import date
from html import unescape

import pytest

from curriculum.models import Booking
from qipathway.imports.models import Import
from qipathway.imports.reads import preview
from qipathway.imports.services import Overtaken, import_file, upload_file
from residents.models import Block, Resident
from tests.factories.curriculum import BookingFactory, SessionFactory
from tests.factories.residents import LeaveFactory
from tests.imports.conftest import sample
from tests.project.test_urls import digest

NAME = '"Lindqvist, Åsa",R2203,'
NGUYEN = '"Nguyen, Thi Mai Anh",R2104,'
EDITS = (
    (
        f"{NAME}Elective: Research,12/16/2026,01/12/2027",
        f"{NAME}Wards B,12/16/2026,01/12/2027",
    ),
    (f"{NAME}Vacation,04/28/2027,05/04/2027", f"{NAME}Vacation,05/05/2027,05/11/2027"),
    (
        f"{NGUYEN}Elective: Research,01/13/2027,02/09/2027",
        f"{NGUYEN}Elective: Cardiology,01/13/2027,02/09/2027",
    ),
    (
        f"{NGUYEN}Elective: Cardiology,02/10/2027,03/09/2027",
        f"{NGUYEN}Elective: Research,02/10/2027,03/09/2027",
    ),
    (f"{NGUYEN}Vacation,05/26/2027,06/01/2027\n", ""),
)
"""What the chief changed in the file: a block, two swapped ones, a vacation moved, one gone."""


def changed():
    text = sample("blocks").decode("utf-8-sig").replace("\r\n", "\n")
    for old, new in EDITS:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text.encode()


@pytest.fixture
def asa(here, send):
    """Åsa of the sample, on the pathway, with the schedule that was brought in before."""
    send("roster", sample("roster"))
    send("blocks", sample("blocks"))
    return Resident.objects.get(program=here.program, staff_id="R2203")


@pytest.fixture
def upload(here, asa):
    return upload_file("changed.csv", changed(), program=here.program, by=here.director)


@pytest.fixture
def seat(here, asa):
    """A class on the elective that becomes wards, and one on another that stays."""
    stays = SessionFactory(program=here.program, day=date(2027, 1, 19))
    BookingFactory(session=stays, resident=asa)
    session = SessionFactory(program=here.program, day=date(2026, 12, 28))
    return BookingFactory(session=session, resident=asa)


@pytest.mark.requirement(8, 17)
def test_a_changed_schedule_shows_exactly_what_was_changed_and_writes_nothing(upload, seat, monday):
    before = digest()
    plan = preview(upload, at=monday).plan
    assert plan.errors == []
    assert sorted((c.act.value, c.title, c.fields) for c in plan.changes) == [
        (
            "changed",
            "Thi Mai Anh Nguyen, Feb 10, 2027 to Mar 9, 2027",
            (("Rotation", "Elective: Cardiology", "Elective: Research"),),
        ),
        (
            "changed",
            "Thi Mai Anh Nguyen, Jan 13, 2027 to Feb 9, 2027",
            (("Rotation", "Elective: Research", "Elective: Cardiology"),),
        ),
        (
            "changed",
            "Åsa Lindqvist, Dec 16, 2026 to Jan 12, 2027",
            (("Rotation", "Elective: Research", "Wards B"),),
        ),
        (
            "changed",
            "Åsa Lindqvist, Vacation",
            (("Days", "Apr 28, 2027 to May 4, 2027", "May 5, 2027 to May 11, 2027"),),
        ),
        ("removed", "Thi Mai Anh Nguyen, Vacation, May 26, 2027 to Jun 1, 2027", ()),
    ]
    assert plan.counts == {"new": 0, "changed": 4, "removed": 1, "unchanged": 379}
    assert plan.collisions == [
        f"Åsa Lindqvist, {seat.course.title} on Mon Dec 28: Åsa is on Wards B until Jan 12"
    ]
    assert digest() == before


@pytest.mark.requirement(17)
def test_the_page_names_the_collisions_before_and_the_log_after(client, here, upload, seat, monday):
    client.force_login(here.director)
    page = client.get(upload.get_absolute_url())
    words = f"{seat.course.title} on Mon Dec 28: Åsa is on Wards B until Jan 12"
    assert words in unescape(page.text)
    assert "Rotation: Elective: Research → Wards B" in unescape(page.text)
    seen = preview(upload, at=monday).plan.digest
    done = import_file(upload, seen=seen, by=here.director, at=monday)
    assert words in unescape(client.get(done.get_absolute_url()).text)
    assert Booking.objects.get(pk=seat.pk).state == "booked", "a person decides"
    again = upload_file("again.csv", changed(), program=here.program, by=here.director)
    assert preview(again, at=monday).plan.counts["unchanged"] == 383


def test_a_seat_that_was_booked_since_the_look_sends_the_file_back_for_another(
    here, upload, asa, monday
):
    seen = preview(upload, at=monday).plan.digest
    session = SessionFactory(program=here.program, day=date(2026, 12, 29))
    BookingFactory(session=session, resident=asa)
    blocks = Block.objects.filter(resident=asa, rotation__name="Wards B").count()
    with pytest.raises(Overtaken):
        import_file(upload, seen=seen, by=here.director, at=monday)
    assert Block.objects.filter(resident=asa, rotation__name="Wards B").count() == blocks
    assert Import.objects.count() == 2


def test_what_collided_before_what_was_allowed_and_what_is_over_is_not_named(
    here, upload, asa, monday
):
    LeaveFactory(resident=asa, first=date(2026, 12, 29), last=date(2026, 12, 29))
    days = {"past": (2026, 11, 20), "leave": (2026, 12, 29), "allowed": (2026, 12, 30)}
    for name, day in days.items():
        session = SessionFactory(program=here.program, day=date(*day))
        note = "agreed" if name == "allowed" else ""
        BookingFactory(session=session, resident=asa, override_note=note)
    assert preview(upload, at=monday).plan.collisions == []
