"""Letters that wait for a person: whose they are, and who may decide."""

import pytest
from django.urls import reverse

from qipathway.core.notices.states import MailState
from tests.factories.notices import MORNING, MailFactory

DEEDS = ["mail-retry", "mail-settle", "mail-dismiss"]


def address(program, deed, mail):
    return reverse(f"reminders:{deed}", args=[program.slug, mail.uid])


@pytest.mark.parametrize("deed", DEEDS)
def test_a_letter_of_another_program_is_not_there(world, client, deed):
    far = MailFactory(scope_id=world.there.program.pk)
    client.force_login(world.here.director)
    assert client.post(address(world.here.program, deed, far)).status_code == 404
    assert client.post(address(world.there.program, deed, far)).status_code == 404
    far.refresh_from_db()
    assert far.state == MailState.DEAD


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", ["chief", "kpo_lead", "coach"])
def test_only_the_program_office_decides_on_a_letter(world, client, deed, role):
    mail = MailFactory(scope_id=world.here.program.pk)
    client.force_login(getattr(world.here, role))
    assert client.post(address(world.here.program, deed, mail)).status_code == 403
    mail.refresh_from_db()
    assert mail.state == MailState.DEAD


def test_the_coordinator_sends_a_letter_again(world, client):
    mail = MailFactory(scope_id=world.here.program.pk)
    client.force_login(world.here.coordinator)
    client.post(address(world.here.program, "mail-retry", mail))
    mail.refresh_from_db()
    assert mail.state == MailState.PENDING


def test_a_letter_that_went_out_waits_for_nobody(world, client):
    mail = MailFactory(
        scope_id=world.here.program.pk,
        state=MailState.SENT,
        sent_at=MORNING,
        closed_at=None,
        closed_reason="",
    )
    client.force_login(world.here.director)
    assert client.post(address(world.here.program, "mail-retry", mail)).status_code == 404
