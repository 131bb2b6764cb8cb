"""A session of somebody signed out has room for one charter."""

import uuid

import pytest
from django.urls import reverse

from capstone.services import CHARTER_FIELDS
from capstone.unsaved import LONGEST, SLOT
from tests.browser import Browser

from .evidence import written_fields


def send(client, uid, **fields):
    return client.post(reverse("capstone:charter-write", args=["cascade", uid]), fields)


@pytest.mark.django_db
def test_however_much_a_stranger_sends_the_session_holds_the_last_charter_only():
    client, uids = Browser(), [uuid.uuid4() for _ in range(5)]
    for uid in uids:
        send(client, uid, more="m" * 50_000, **dict.fromkeys(CHARTER_FIELDS, "x" * 50_000))
    kept = client.session[SLOT]
    assert set(client.session.keys()) == {SLOT}
    assert kept["uid"] == str(uids[-1])
    assert {name: len(words) for name, words in kept["words"].items()} == dict.fromkeys(
        CHARTER_FIELDS, LONGEST
    )


def test_words_for_one_charter_are_not_shown_in_another(project, here, owner):
    client = Browser()
    send(client, uuid.uuid4(), aim="Meant for another charter")
    client.force_login(here.resident.person)
    page = client.get(reverse("capstone:charter", args=["cascade", project.uid]))
    assert "Meant for another charter" not in page.content.decode()
    fields = written_fields(owner) | {"process_owner": owner.pk, "version": 1}
    assert send(client, project.uid, **fields).status_code == 302
    assert client.session[SLOT]["words"]["aim"] == "Meant for another charter"
