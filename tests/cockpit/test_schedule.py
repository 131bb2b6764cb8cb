"""The page of a resident's year: what is protected, what is not and why, and what is held."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from curriculum.models import Homework
from qipathway.core.timeline.models import Event
from residents.models import HalfDayHold
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.residents import (
    BlockFactory,
    ClinicPatternFactory,
    HalfDayHoldFactory,
    LeaveFactory,
)

ASKED = {"first": "2026-12-03", "last": "", "half": "PM", "reason": "a board examination"}


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def page(client, here):
    """Open the page of a resident as somebody."""

    def opened(by=None, whose=None, **said):
        client.force_login(by or here.resident.person)
        return client.get(address("schedule", (whose or here.resident).uid), said)

    return opened


def address(name, uid):
    return reverse(f"residents:{name}", args=["cascade", uid])


def words(response):
    return unescape(" ".join(response.content.decode().split()))


def booked(here, day=date(2026, 12, 3), **said):
    """The resident's seat in a class of that afternoon."""
    session = SessionFactory(program=here.program, day=day)
    return BookingFactory(session=session, resident=here.resident, **said)


@pytest.mark.requirement(8, 17)
def test_the_first_sentence_counts_what_is_protected_and_names_the_next(here, page):
    assert "30 protected half days until June 30; the next is Mon Nov 23, morning." in words(page())
    ClinicPatternFactory(resident=here.resident, weekday=0, half="AM")
    booked(here)
    shown = words(page())
    assert "27 protected half days until June 30; the next is Mon Nov 23, afternoon." in shown
    assert "1 of them has a class." in shown


@pytest.mark.requirement(8)
def test_every_half_day_that_is_not_protected_has_its_reason_on_the_page(here, page):
    wards = here.rotation(RotationKind.INPATIENT, "Wards A")
    nights = here.rotation(RotationKind.NIGHTS, "Night Float")
    mine = {"resident": here.resident}
    BlockFactory(**mine, rotation=nights, start=date(2026, 10, 19), end=date(2026, 11, 15))
    BlockFactory(**mine, rotation=wards, start=date(2026, 12, 14), end=date(2027, 1, 10))
    ClinicPatternFactory(**mine, weekday=3, half="AM")
    HalfDayHoldFactory(**mine, day=date(2026, 12, 4), half="PM", reason="a board examination")
    LeaveFactory(**mine, first=date(2026, 12, 7), last=date(2026, 12, 8))
    shown = words(page())
    assert 'You rest that day after nights: <span class="q-quiet">Mon Nov 16</span>' in shown
    clinic = "Thursday morning is your continuity clinic: "
    assert f'{clinic}<span class="q-quiet">Nov 19, Nov 26, Dec 3<' in shown
    assert "That half day is kept for a board examination" in shown
    assert "Fri Dec 4, afternoon" in shown
    assert "You are on leave that day" in shown
    assert "You are on Wards A until Jan 10" in shown
    assert shown.count("No block is scheduled on that day") == 0, "an empty part needs no reason"


def test_others_are_told_of_the_resident_by_name(here, page):
    LeaveFactory(resident=here.resident, first=date(2026, 12, 7), last=date(2026, 12, 8))
    for person in (here.coach, here.chief, here.kpo_lead):
        assert "Resident is on leave that day" in words(page(by=person))


def test_a_class_where_no_time_is_protected_is_named_with_the_reason(here, page):
    seat = booked(here)
    assert "booked where no time is protected" not in words(page())
    HalfDayHoldFactory(resident=here.resident, day=date(2026, 12, 3), half="PM")
    title = seat.session.course.title
    shown = words(page())
    assert (
        f"Thu Dec 3: {title}, 13:00–17:00: booked, but that half day is kept for "
        "a board examination." in shown
    )
    seat.override_note = "agreed with the clinic"
    seat.save()
    assert "booked where no time is protected" not in words(page())
    assert "the director allowed it" in words(page())


def test_the_years_can_be_turned_and_an_odd_one_shows_the_present(here, page):
    later = page(year="2027")
    assert "Schedule, 2027–28" in words(later)
    assert "No half day is protected until June 30." in words(later)
    past = words(page(year="2025"))
    assert "0 half days were protected in this year." in past
    for odd in ("x", "99999", "0001", "-1", ""):
        assert "Schedule, 2026–27" in words(page(year=odd))


def test_a_hold_is_recorded_and_taken_back_and_held_again(client, here, page):
    client.force_login(here.chief)
    seat = booked(here)
    answer = client.post(address("half-days-hold", here.resident.uid), ASKED, follow=True)
    shown = words(answer)
    assert "1 half day is held." in shown
    assert f"Thu Dec 3: {seat.session.course.title}, 13:00–17:00: booked, but" in shown
    hold = HalfDayHold.objects.get()
    answer = client.post(address("half-days-release", hold.together), follow=True)
    assert "The half days are released." in words(answer)
    assert not HalfDayHold.objects.standing().exists()
    answer = client.post(address("half-days-restore", hold.together), follow=True)
    assert "The half days are held again." in words(answer)
    assert HalfDayHold.objects.standing().count() == 1


def test_a_range_says_what_it_left_out(client, here):
    ClinicPatternFactory(resident=here.resident, weekday=3, half="AM")
    client.force_login(here.coordinator)
    said = ASKED | {"last": "2026-12-04", "half": "both"}
    answer = client.post(address("half-days-hold", here.resident.uid), said, follow=True)
    assert (
        "3 half days are held. Left out: Thu Dec 3, morning: Thursday morning is Resident's "
        "continuity clinic." in words(answer)
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"first": "2026-12-05"}, "Not held: it is a weekend."),
        ({"first": ""}, "This field is required."),
        ({"half": "noon"}, "Select a valid choice."),
        ({"reason": ""}, "This field is required."),
        ({"last": "2026-12-01"}, "The last day cannot be before the first."),
    ],
)
def test_what_cannot_be_held_is_refused_with_why_and_writes_nothing(client, here, said, why):
    client.force_login(here.director)
    answer = client.post(address("half-days-hold", here.resident.uid), ASKED | said)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not HalfDayHold.objects.exists()


def test_due_dates_follow_what_is_held(client, here):
    elective = here.rotation(RotationKind.ELECTIVE, "Elective: Renal")
    mine = {"resident": here.resident, "rotation": elective}
    here.resident.blocks.all().delete()
    BlockFactory(**mine, start=date(2026, 12, 3), end=date(2026, 12, 4))
    BlockFactory(**mine, start=date(2027, 2, 1), end=date(2027, 2, 28))
    past = SessionFactory(program=here.program, day=date(2026, 11, 5))
    seat = BookingFactory(session=past, resident=here.resident, state="attended")
    HomeworkFactory(booking=seat, due_on=date(2026, 12, 4))
    client.force_login(here.chief)
    said = ASKED | {"last": "2026-12-04", "half": "both"}
    client.post(address("half-days-hold", here.resident.uid), said)
    assert Homework.objects.get().due_on == date(2027, 2, 28)
    client.post(address("half-days-release", HalfDayHold.objects.first().together))
    assert Homework.objects.get().due_on == date(2026, 12, 4)


def test_a_resident_and_a_coach_see_what_is_held_and_cannot_change_it(client, here, page):
    hold = HalfDayHoldFactory(resident=here.resident)
    for person in (here.resident.person, here.coach, here.kpo_lead):
        shown = words(page(by=person))
        assert "a board examination" in shown
        assert "Release" not in shown
        for name, uid in (("hold", here.resident.uid), ("release", hold.together)):
            assert client.post(address(f"half-days-{name}", uid), ASKED).status_code == 403
    assert HalfDayHold.objects.standing().count() == 1


def test_the_chief_of_another_program_finds_nothing(world, client, here):
    hold = HalfDayHoldFactory(resident=here.resident)
    client.force_login(world.there.chief)
    assert client.get(address("schedule", here.resident.uid)).status_code == 404
    assert client.post(address("half-days-release", hold.together)).status_code == 404
    assert HalfDayHold.objects.standing().count() == 1


def test_record_and_home_lead_to_the_schedule(client, here):
    link = f'href="{address("schedule", here.resident.uid)}"'
    client.force_login(here.coach)
    assert link in words(client.get(here.resident.get_absolute_url()))
    client.force_login(here.resident.person)
    assert link in words(client.get(reverse("cockpit:today", args=["cascade"])))


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(
    client, here, page, more, django_assert_num_queries
):
    for number in range(1 + more):
        booked(here, date(2026, 12, 1 + number))
        HalfDayHoldFactory(resident=here.resident, day=date(2026, 12, 8 + number))
        ClinicPatternFactory(resident=here.resident, weekday=number)
    page(by=here.chief)
    with django_assert_num_queries(13):
        shown = words(client.get(address("schedule", here.resident.uid)))
    assert shown.count(">Release</button>") == 1 + more


def clinic(client, here, **said):
    asked = {"clinic-weekday": "3", "clinic-half": "AM", "clinic-kinds": ["elective", "sbp"]}
    where = address("clinic-set", here.resident.uid)
    return client.post(where, asked | {f"clinic-{k}": v for k, v in said.items()}, follow=True)


@pytest.mark.requirement(8)
def test_a_clinic_half_day_is_set_changed_and_taken_out(client, here):
    client.force_login(here.chief)
    shown = words(clinic(client, here))
    assert "The clinic pattern is changed." in shown
    assert "<dt>Thursday morning</dt><dd>Elective, Systems-Based Practice</dd>" in shown
    assert "Thursday morning is Resident's continuity clinic" in shown
    shown = words(clinic(client, here, kinds=["ambulatory"]))
    assert "<dt>Thursday morning</dt><dd>Ambulatory</dd>" in shown
    assert "No weekly half day of clinic is known." in words(clinic(client, here, kinds=[]))
    assert not here.resident.clinics.exists()
    assert Event.objects.filter(action="residents.set_clinic").count() == 3


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"weekday": "7"}, "Select a valid choice."),
        ({"half": ""}, "This field is required."),
        ({"kinds": ["leave"]}, "Select a valid choice."),
        ({"kinds": []}, "No clinic is then."),
    ],
)
def test_a_clinic_that_cannot_be_is_refused_and_writes_nothing(client, here, said, why):
    client.force_login(here.coordinator)
    answer = clinic(client, here, **said)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not here.resident.clinics.exists()


def test_a_clinic_names_the_class_that_it_collides_with(client, here):
    seat = booked(here)
    client.force_login(here.chief)
    shown = words(clinic(client, here, half="PM"))
    assert f"Thu Dec 3: {seat.course.title}, 13:00–17:00: booked, but Thursday afternoon" in shown


def test_a_resident_and_a_coach_change_no_clinic(client, here):
    for person in (here.resident.person, here.coach, here.kpo_lead):
        client.force_login(person)
        assert clinic(client, here).status_code == 403
    assert not here.resident.clinics.exists()
