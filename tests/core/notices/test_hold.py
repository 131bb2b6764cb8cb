"""After a restore nothing that may have gone out goes out again by itself."""

from datetime import timedelta

from django.core.management import call_command

from qipathway.core.clock.services import now
from qipathway.core.notices.dispatch import tick
from qipathway.core.notices.reads import troubled_mails
from qipathway.core.notices.services import retry_mail
from qipathway.core.notices.states import MailState


def test_what_is_due_waits_for_a_person_and_what_is_to_come_goes_out_in_time(
    owed, fresh, relay, person, capsys
):
    due, later = owed(), owed(due=timedelta(minutes=5))
    call_command("hold_due_mail")
    assert capsys.readouterr().out == "1 mails wait for a person's decision.\n"
    assert tick() == 0
    assert relay.received == []
    assert (fresh(due).state, fresh(later).state) == (MailState.UNKNOWN, MailState.PENDING)
    assert [mail.pk for mail in troubled_mails()] == [due.pk]
    assert fresh(later).next_attempt_at > now()


def test_a_held_mail_goes_out_once_when_a_person_says_so(owed, fresh, relay, person):
    mail = owed()
    call_command("hold_due_mail", verbosity=0)
    retry_mail(fresh(mail), by=person(), at=now())
    assert tick() == 1
    assert fresh(mail).state == MailState.SENT
