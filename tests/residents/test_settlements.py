"""Credits and waivers: signed for a reason, never for more than is left, and taken back."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from qipathway.core.files.models import StoredFile
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Resident, Settlement
from residents.requirements import Requirement, Settled
from residents.services import (
    Waiver,
    credit_requirement,
    waive_requirement,
    waive_requirements,
    withdraw_settlement,
    withdraw_settlements,
)
from tests.factories.residents import SettlementFactory

DAY = date(2025, 7, 3)
WHY = "No tours took place that year."


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def at():
    return datetime(2026, 11, 23, 20, tzinfo=UTC)


def tours(**fields):
    said = {"key": "flow-tours", "text": "Flow tour", "group": "Practice", "wanted": 3, "done": 1}
    return Requirement(**said | fields)


def credit(here, at, *, amount=1, done_on=DAY, reason=WHY, asked=None, upload=None):
    return credit_requirement(
        here.resident,
        requirement=asked or tours(),
        amount=amount,
        done_on=done_on,
        reason=reason,
        upload=upload,
        by=here.director,
        at=at,
    )


def waive(here, at, *, amount=1, reason=WHY, asked=None):
    return waive_requirement(
        here.resident,
        requirement=asked or tours(),
        amount=amount,
        reason=reason,
        by=here.director,
        at=at,
    )


def settled(resident):
    return Resident.objects.get(pk=resident.pk).settled


def sentences(resident):
    events = Event.objects.about(resident.person).order_by("pk")
    return [line.text for line in tell(events, zone=resident.program.zone)]


@pytest.mark.requirement(4)
def test_a_credit_holds_day_reason_copy_and_signature_and_is_told_without_the_reason(here, at):
    copy = SimpleUploadedFile("tour.txt", b"A list of those who took part", "text/plain")
    signed = credit(here, at, upload=copy)
    signed.refresh_from_db()
    stored = (signed.done_on, signed.reason, signed.signed_by, signed.signed_at, signed.file.name)
    assert stored == (DAY, WHY, here.director, at, "tour.txt")
    assert settled(here.resident) == {"flow-tours": Settled(credited=1)}
    [told] = sentences(here.resident)
    name, who = here.director.name, here.resident.person.name
    assert told == f"{name} credited {who} with 1 × Flow tour."
    assert WHY not in str(Event.objects.get().data)


@pytest.mark.requirement(24)
def test_a_waiver_is_no_credit_and_both_are_added_up_apart(here, at):
    credit(here, at)
    waive(here, at)
    assert settled(here.resident) == {"flow-tours": Settled(credited=1, waived=1)}
    assert settled(here.other) == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": "  "}, "Not waived: give the reason; it stands beside your signature."),
        ({"amount": 3}, "Not waived: 2 left of this: Flow tour."),
        ({"amount": 0}, "Not waived: 2 left of this: Flow tour."),
        ({"asked": tours(refusal="a seat is booked")}, "Not waived: a seat is booked."),
        (
            {"asked": tours(is_waivable=False)},
            "Not waived: nobody can waive this: Flow tour.",
        ),
        (
            {"asked": tours(done=4)},
            "Not waived: nothing is left for Resident {family} of this: Flow tour.",
        ),
        ({"asked": tours(shared=1), "amount": 2}, "Not waived: 1 left of this: Flow tour."),
    ],
)
def test_a_refused_waiver_says_why_and_writes_nothing(here, at, said, words):
    with pytest.raises(DomainError) as told:
        waive(here, at, **said)
    assert str(told.value) == words.format(family=here.resident.person.family_name)
    assert not Settlement.objects.exists()
    assert not Event.objects.exists()


def test_a_credit_is_refused_ahead_of_its_day_and_where_it_has_a_page_of_its_own(here, at):
    copy = SimpleUploadedFile("tour.txt", b"Text", "text/plain")
    with pytest.raises(DomainError, match="Not credited: Nov 24, 2026 is still to come"):
        credit(here, at, done_on=date(2026, 11, 24), upload=copy)
    with pytest.raises(DomainError, match="Flow tour is entered on a page of its own"):
        credit(here, at, asked=tours(entered_at="curriculum:completions"))
    assert not Settlement.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_was_settled_since_the_page_was_read_counts_against_what_is_left(here, at):
    asked = tours(wanted=1, done=0)
    waive(here, at, asked=asked)
    with pytest.raises(DomainError, match="nothing is left"):
        credit(here, at, asked=asked)
    assert Settlement.objects.count() == 1


@pytest.mark.requirement(4)
def test_what_is_taken_back_counts_no_more_and_stays_with_who_took_it_back(here, at):
    signed = waive(here, at)
    withdraw_settlement(signed, by=here.director, at=at)
    signed.refresh_from_db()
    assert (signed.withdrawn_by, signed.withdrawn_at, signed.reason) == (here.director, at, WHY)
    assert settled(here.resident) == {}
    with pytest.raises(DomainError, match="This was already taken back"):
        withdraw_settlement(signed, by=here.director, at=at)
    assert sentences(here.resident)[1].endswith(
        f"took back a waiver of {here.resident.person.name}: 1 × Flow tour."
    )


def test_what_is_left_is_waived_for_several_and_taken_back_at_once(here, at):
    kept = waive(here, at)
    waivers = [Waiver(here.resident, tours(settled=Settled(waived=1))), Waiver(here.other, tours())]
    signed = waive_requirements(waivers, reason=WHY, by=here.director, at=at)
    assert [each.amount for each in signed] == [1, 2]
    assert len({each.batch for each in signed}) == 1
    assert settled(here.other) == {"flow-tours": Settled(waived=2)}
    withdraw_settlement(signed[0], by=here.director, at=at)
    taken = withdraw_settlements(signed, by=here.director, at=at)
    assert [each.resident for each in taken] == [here.other]
    assert list(Settlement.objects.standing()) == [kept]
    with pytest.raises(DomainError, match="This was already taken back"):
        withdraw_settlements(signed, by=here.director, at=at)


def test_of_several_all_are_waived_or_none(here, at):
    waivers = [Waiver(here.resident, tours()), Waiver(here.other, tours(done=3))]
    with pytest.raises(DomainError, match="nothing is left for Other"):
        waive_requirements(waivers, reason=WHY, by=here.director, at=at)
    with pytest.raises(DomainError, match="choose at least one resident"):
        waive_requirements([], reason=WHY, by=here.director, at=at)
    assert not Settlement.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_waiving_for_several_costs_the_same_for_any_number(
    here, at, more, django_assert_num_queries
):
    people = [here.resident, *(here.member(f"more{number}") for number in range(more))]
    waivers = [Waiver(each, tours()) for each in people]
    Event.objects.exists()
    waive_requirements(waivers[:1], reason=WHY, by=here.director, at=at)
    Settlement.objects.update(withdrawn_at=at, withdrawn_by=here.director)
    with django_assert_num_queries(7):
        waive_requirements(waivers, reason=WHY, by=here.director, at=at)


@pytest.mark.parametrize(
    ("promise", "fields"),
    [
        ("a_credit_has_a_day_and_a_waiver_has_none", {"kind": "credit"}),
        ("a_credit_has_a_day_and_a_waiver_has_none", {"done_on": DAY}),
        ("a_credit_has_a_day_and_a_waiver_has_none", {"kind": "pardon"}),
        ("settlement_names_its_requirement", {"requirement": ""}),
        ("settlement_has_a_reason", {"reason": ""}),
        ("settlement_settles_at_least_one", {"amount": 0}),
        (
            "settlement_is_withdrawn_by_somebody_after_it_was_signed",
            {"withdrawn_at": datetime(2026, 11, 21, tzinfo=UTC)},
        ),
    ],
)
def test_the_database_keeps_what_a_settlement_promises(here, promise, fields):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        SettlementFactory(resident=here.resident, **fields)
