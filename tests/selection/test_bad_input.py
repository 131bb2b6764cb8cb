"""Names and words are shown as they were written, and what nobody asked for is ignored."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from qipathway.core.files.services import keep
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Notice
from residents.models import Membership
from residents.selection.models import Application, Rating
from residents.selection.outcomes import OFFERED, write_outcome
from residents.selection.reminders import preview_invitation
from residents.selection.services import (
    accept_offer,
    enrol_accepted,
    propose_decisions,
    start_application,
    submit_application,
    withdraw_application,
)
from residents.selection.states import ApplicationState as S
from tests.selection.evidence import curriculum_vitae, nothing_written

NAMES = {
    "Zalgo": ("Z̷̢̧̛̳͙͛̓̓̽͌a̶̧̡̛̘̰̖͔̾̋́̓͌l̸͍̤̦̙̈́̅̌̀͋g̷o", "N̸̛̬̣͎̓̾ame"),
    "right to left": ("محمد", "عبد الله"),
    "an override of direction": ("gpj\u202eexe", "Reversed"),
    "a joined emoji": ("İpek 👩🏽‍⚕️", "Işık"),
    "an apostrophe and accents": ("Aoife", "O'Brien-Śmith"),
    "one name": ("Sukarno", ""),
    "one letter": ("O", ""),
    "a script": ("<script>alert(1)</script>", "<b>Bold</b>"),
    "templates": ("{{7*7}}", "${7*7} {% now 'Y' %}"),
}
WORDS = "<script>alert(1)</script> {{7*7}} ${7*7} =1+1 \u202e'; DROP TABLE"


@pytest.fixture
def look(evening, client):
    """Open a page of the selection as somebody; return its text."""

    def page(person, name, *uids):
        client.force_login(person)
        answer = client.get(reverse(f"selection:{name}", args=[evening.here.slug, *uids]))
        assert answer.status_code == 200
        return answer.text

    return page


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_page_and_letter_shows_a_name_and_words_as_they_were_written(evening, look, name):
    ada = evening.apply("Ada", passion=WORDS)
    person = ada.resident.person
    person.given_name, person.family_name = name
    person.save()
    evening.assign(ada)
    evening.rate(ada, 5, 5)
    uid, rating = evening.round.uid, Rating.objects.get(reviewer=evening.ana)
    propose_decisions(evening.round, wait=0, replace=False, by=evening.director, at=evening.at)
    read = [look(evening.ana, "rating", rating.uid), look(evening.director, "application", ada.uid)]
    pages = [
        *read,
        look(evening.ana, "ratings"),
        *(
            look(evening.director, each, uid)
            for each in ("round", "reviewers", "ranking", "release")
        ),
    ]
    evening.release()
    evening.passes(10)
    accept_offer(ada, by=person, at=evening.at)
    pages.append(look(evening.director, "enrolment", uid))
    assert [escape(person.name) in page for page in pages] == [True] * 8
    assert [escape(WORDS) in page for page in read] == [True] * 2
    assert not any("<script>alert(1)" in page or "<b>Bold" in page for page in pages)
    offer = Notice.objects.filter(recipient=person, kind=OFFERED)
    for letter in (preview_invitation(evening.round, person), write_outcome(offer, person)):
        assert letter.text.startswith(f"{person.given_name}, ")


def test_a_scanner_that_opens_every_link_of_a_letter_changes_nothing(evening, client):
    ada = evening.ranked(ada=5)["ada"]
    evening.release(of={ada: "offer"})
    evening.passes(10)
    client.force_login(ada.resident.person)
    links = [
        reverse("selection:own-application", args=[evening.here.slug]),
        ada.get_absolute_url(),
    ]
    with nothing_written():
        for link in links:
            client.get(link, follow=True)
            client.head(link)
    client.logout()
    with nothing_written():
        assert {client.get(link).status_code for link in links} == {302}


def test_who_withdraws_applies_again_and_accepts_twice_has_one_place(evening):
    ada = evening.apply("Ada")
    person = ada.resident.person
    ada.cv = keep(curriculum_vitae(), by=person, scope=ada.program_id)
    ada.save()
    evening.assign(ada)
    evening.rate(ada, 5, 5)
    withdraw_application(ada, by=person, at=evening.at)
    start_application(ada, by=person, at=evening.at)
    submit_application(ada, by=person, at=evening.at)
    assert Rating.objects.count() == 0
    evening.assign(ada)
    evening.rate(ada, 4, 4)
    evening.release(of={ada: "offer"})
    evening.passes(10)
    accept_offer(ada, by=person, at=evening.at)
    with pytest.raises(DomainError):
        accept_offer(ada, by=person, at=evening.at)
    enrol_accepted(evening.round, by=evening.director, at=evening.at)
    with pytest.raises(DomainError):
        enrol_accepted(evening.round, by=evening.director, at=evening.at)
    assert Application.objects.get().state == S.ENROLLED
    assert Membership.objects.filter(resident=ada.resident).count() == 1
