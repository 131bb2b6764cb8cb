"""The page of what is asked of a resident: crediting, waiving and taking back, one or several."""

from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from curriculum.requirements import class_key
from residents.models import Settlement
from tests.factories.curriculum import ActivityFactory, CourseFactory
from tests.factories.residents import SettlementFactory

WHY = "No tours took place that year."
WAIVED = {"requirement": "flow-tours", "reason": WHY, "sign": "on"}
CREDITED = {**WAIVED, "requirement": "quality-leaders", "amount": "2", "done_on": "2025-07-03"}


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def director(client, here):
    client.force_login(here.director)
    return client


def address(name, uid):
    return reverse(f"residents:{name}", args=["cascade", uid])


def words(response):
    return " ".join(response.content.decode().split())


def page(client, here, **asked):
    return client.get(address("credits", here.resident.uid), asked)


@pytest.mark.requirement(24)
def test_a_waiver_is_signed_shown_with_its_reason_and_undone_from_the_message(director, here):
    assert WHY not in words(page(director, here))
    shown = words(page(director, here, waive="flow-tours"))
    assert "Why is it waived?" in shown
    assert "On which day was it done?" not in shown
    url = address("requirement-waive", here.resident.uid)
    answer = director.post(url, WAIVED, follow=True)
    assert "Waived: Flow tour." in words(answer)
    name = here.director.name
    assert f"; one was waived by {name}." in words(answer)
    assert WHY in words(answer)
    signed = Settlement.objects.get()
    assert (signed.kind, signed.amount, signed.signed_by) == ("waiver", 1, here.director)
    undo = address("settlement-withdraw", signed.uid)
    assert words(answer).count(undo) == 2, "in the message and beside what was signed"
    answer = director.post(undo, follow=True)
    assert "Taken back: Flow tour. It counts no more." in words(answer)
    assert f"taken back by {name}" in words(answer)
    assert "was waived by" not in words(answer)


@pytest.mark.requirement(27)
def test_a_credit_is_signed_with_day_amount_and_copy_which_its_readers_can_open(
    director, client, here
):
    copy = SimpleUploadedFile("met.txt", b"Whom and when", "text/plain")
    url = address("requirement-credit", here.resident.uid)
    answer = director.post(url, CREDITED | {"upload": copy}, follow=True)
    assert "two were credited by" in words(answer)
    signed = Settlement.objects.get()
    assert (signed.amount, signed.done_on) == (2, date(2025, 7, 3))
    for person, status in (
        (here.resident.person, 200),
        (here.coach, 200),
        (here.kpo_lead, 200),
        (here.chief, 404),
        (here.other_coach, 404),
        (here.other.person, 404),
    ):
        client.force_login(person)
        opened = client.get(address("settlement-file", signed.uid))
        assert opened.status_code == status
        assert (opened.getvalue() == b"Whom and when") == (status == 200)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": " "}, "This field is required."),
        ({"sign": ""}, "Nothing is recorded without your signature."),
        ({"done_on": "2026-11-24"}, "Not credited: Nov 24, 2026 is still to come."),
        ({"amount": "4"}, "Not credited: 3 left of this: Meetings with quality leaders."),
        ({"reason": "As the list of MRN 12345678 says"}, "looks like it holds a record number"),
    ],
)
def test_a_credit_that_cannot_be_is_refused_with_why_and_writes_nothing(director, here, said, why):
    url = address("requirement-credit", here.resident.uid)
    answer = director.post(url, CREDITED | said)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not Settlement.objects.exists()


def test_a_waiver_of_nothing_known_or_of_what_was_done_meanwhile_is_refused(director, here):
    url = address("requirement-waive", here.resident.uid)
    assert director.post(url, WAIVED | {"requirement": "early-rising"}).status_code == 404
    ActivityFactory(resident=here.resident, kind="flow_tour")
    assert page(director, here, waive="flow-tours").context["form"] is None
    answer = director.post(url, WAIVED)
    assert answer.status_code == 422
    assert "nothing is left for" in words(answer)
    assert not Settlement.objects.exists()


@pytest.mark.requirement(12)
def test_the_first_sentence_counts_what_is_left_and_every_requirement_is_a_row(director, here):
    course = CourseFactory(program=here.program, title="Flow", homework_brief="Watch a flow.")
    first = page(director, here).context["credits"]
    assert first.lead == f"{here.resident.person.given_name} needs {first.left} more things."
    assert [name for name, _ in first.groups] == [
        "Classes",
        "Homework",
        "Systems-Based Practice",
        "Over the three years",
        "Capstone",
    ]
    SettlementFactory(resident=here.resident, requirement=class_key(course.uid))
    assert page(director, here).context["credits"].left == first.left - 2


@pytest.mark.parametrize("who", ["resident", "coach", "kpo_lead", "coordinator"])
def test_its_readers_see_what_was_signed_and_no_button(client, here, who):
    SettlementFactory(resident=here.resident)
    person = getattr(here, who)
    client.force_login(getattr(person, "person", person))
    shown = words(page(client, here, waive="quality-leaders"))
    assert "No tours took place that year." in shown
    assert not {"?waive=", "?credit=", "Take back"} & set(shown.split())
    assert "Why is it waived?" not in shown
    assert address("credits", here.resident.uid) in words(
        client.get(here.resident.get_absolute_url())
    )


def test_a_chief_resident_is_not_told_of_the_page(client, here):
    client.force_login(here.chief)
    shown = words(client.get(here.resident.get_absolute_url()))
    assert address("credits", here.resident.uid) not in shown
    assert page(client, here).status_code == 403


@pytest.mark.requirement(24)
def test_board_record_home_and_log_say_that_it_is_waived(client, here):
    SettlementFactory(resident=here.resident)
    client.force_login(here.resident.person)
    for name, args in (
        ("cockpit:record", ["cascade", here.resident.uid]),
        ("curriculum:activities", ["cascade", here.resident.uid]),
    ):
        assert "0 of 1, 1 waived" in words(client.get(reverse(name, args=args)))
    home = words(client.get(reverse("cockpit:today", args=["cascade"])))
    assert "1 of them credited or waived" in home


def test_the_board_shows_a_waived_class_with_a_sign_of_its_own(client, here):
    course = CourseFactory(program=here.program, short_title="Flow")
    client.force_login(here.director)
    board = reverse("cockpit:board", args=["cascade"])
    first = client.get(board)
    SettlementFactory(resident=here.resident, requirement=class_key(course.uid))
    assert client.get(board, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
    assert f"{here.resident.person.name}, Flow: waived" in words(client.get(board))


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number_of_signatures(
    director, here, more, django_assert_num_queries
):
    for _ in range(1 + more):
        SettlementFactory(resident=here.resident, requirement="quality-leaders")
    page(director, here)
    with django_assert_num_queries(19):
        assert words(page(director, here)).count("Take back:") == 1 + more


# Several at once


def look(client, here, **said):
    asked = {"cohort": here.cohort.uid, "requirement": "flow-tours"}
    return client.get(reverse("residents:waivers", args=["cascade"]), asked | said)


def sign(client, here, *residents, **said):
    sent = WAIVED | {"cohort": here.cohort.uid, "residents": [each.uid for each in residents]}
    return client.post(
        reverse("residents:requirements-waive", args=["cascade"]), sent | said, follow=True
    )


@pytest.mark.requirement(24)
def test_looking_says_for_whom_it_would_be_waived_and_for_whom_not_and_writes_nothing(
    director, here, world
):
    ActivityFactory(resident=here.other, kind="flow_tour")
    found = look(director, here)
    assert [each.resident for each in found.context["open"]] == [here.resident]
    assert [each.resident for each in found.context["others"]] == [here.other]
    assert "Nothing is left, 1 of 1 done" in words(found)
    assert world.there.resident.person.name not in words(found)
    assert not Settlement.objects.exists()


@pytest.mark.requirement(24)
def test_it_is_waived_for_those_who_are_ticked_and_taken_back_at_once(director, here):
    third = here.member("third")
    answer = sign(director, here, here.resident, here.other)
    assert "Waived for 2 residents: Flow tour." in words(answer)
    assert {each.resident for each in Settlement.objects.standing()} == {here.resident, here.other}
    assert [each.resident for each in look(director, here).context["open"]] == [third]
    undo = address("settlements-withdraw", Settlement.objects.first().batch)
    assert undo in words(answer)
    assert "Taken back for 2 residents." in words(director.post(undo, follow=True))
    assert not Settlement.objects.standing().exists()
    assert director.post(undo, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": ""}, "This field is required."),
        ({"sign": ""}, "Nothing is recorded without your signature."),
        ({"residents": []}, "Choose at least one resident."),
        ({"requirement": "early-rising"}, "Select a valid choice."),
        ({"cohort": UUID(int=0)}, "Select a valid choice."),
    ],
)
def test_a_waiver_for_several_is_refused_with_why_and_writes_nothing(director, here, said, why):
    answer = sign(director, here, here.resident, **said)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not Settlement.objects.exists()


def test_a_resident_of_another_program_is_no_choice(director, here, world):
    answer = sign(director, here, here.resident, world.there.resident)
    assert answer.status_code == 422
    assert not Settlement.objects.exists()


@pytest.mark.parametrize("who", ["coordinator", "kpo_lead", "coach"])
def test_nobody_but_a_director_waives_for_several(client, here, who):
    client.force_login(getattr(here, who))
    assert look(client, here).status_code == 403
    assert sign(client, here, here.resident).status_code == 403


@pytest.mark.parametrize("more", [0, 2])
def test_looking_costs_the_same_for_any_number_of_members(
    director, here, more, django_assert_num_queries
):
    for number in range(more):
        here.member(f"more{number}")
    look(director, here)
    with django_assert_num_queries(21):
        assert len(look(director, here).context["open"]) == 2 + more
