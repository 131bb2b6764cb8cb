"""What people see of stuck mails, and do about them."""

from datetime import timedelta

import pytest

from qipathway.core.clock.models import Offset
from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError, IllegalMove
from qipathway.core.notices import reads
from qipathway.core.notices.dispatch import tick
from qipathway.core.notices.models import Heartbeat, Mail
from qipathway.core.notices.services import dismiss_mail, owe, retry_mail, settle_mail
from qipathway.core.notices.states import MAIL_MOVES, MailState, Reason, Result
from tests.core.notices.probe.kinds import HARMLESS, PERSONAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(relay, owed, fresh):
    """A mail about personal news whose answer was lost."""
    relay.drop("after")
    mail = owed(PERSONAL, lasts=timedelta(days=2))
    tick()
    relay.behave()
    mail = fresh(mail)
    assert mail.state == MailState.UNKNOWN
    return mail


@pytest.fixture
def dead(relay, owed, fresh):
    relay.answer("rcpt", "550 5.1.1 <b>no</b> such person")
    mail = owed(lasts=timedelta(days=2))
    tick()
    relay.behave()
    return fresh(mail)


def test_a_retried_mail_goes_out_under_the_same_id_with_all_its_tries(relay, dead, person, fresh):
    by = person()
    retry_mail(dead, by=by, at=now())
    waiting = fresh(dead)
    assert (waiting.state, waiting.tries, waiting.attempt) == (MailState.PENDING, 0, 1)
    tick()
    assert fresh(dead).state == MailState.SENT
    assert relay.copies() == {dead.message_id: 1}
    marks = dead.attempts.order_by("id").values_list("result", "by")
    assert list(marks) == [(Result.REFUSED, None), (Result.RETRIED, by.pk), (Result.SENT, None)]


def test_a_retry_after_the_occasion_is_refused_in_words_and_writes_nothing(dead, person, fresh):
    Offset.objects.create(amount=timedelta(days=3))
    with pytest.raises(DomainError, match="over by now"):
        retry_mail(dead, by=person(), at=now())
    assert fresh(dead).state == MailState.DEAD
    assert dead.attempts.count() == 1


def test_a_mail_marked_as_sent_is_never_sent_again(relay, stuck, person, fresh):
    by = person()
    settle_mail(stuck, by=by, at=now())
    assert tick() == 0
    mail = fresh(stuck)
    assert (mail.state, mail.closed_reason) == (MailState.SENT, "")
    assert mail.sent_at is not None
    assert mail.attempts.last().by == by
    assert relay.copies() == {stuck.message_id: 1}


def test_a_dismissed_mail_rests_and_leaves_the_list(dead, person, fresh):
    dismiss_mail(dead, by=person(), at=now())
    mail = fresh(dead)
    assert (mail.state, mail.closed_reason) == (MailState.CANCELLED, Reason.DISMISSED)
    assert list(reads.troubled_mails()) == []


@pytest.mark.parametrize("service", [retry_mail, settle_mail, dismiss_mail])
@pytest.mark.parametrize("state", [MailState.PENDING, MailState.SENDING, MailState.SENT])
def test_only_stuck_mails_can_be_settled_by_hand(service, state, owed, person, fresh):
    mail = owed()
    times = {"send_started_at": now(), "sent_at": now() if state == MailState.SENT else None}
    Mail.objects.filter(pk=mail.pk).update(state=state, **times)
    with pytest.raises(IllegalMove):
        service(mail, by=person(), at=now())
    assert fresh(mail).state == state
    assert mail.attempts.count() == 0


def test_every_state_has_a_way_in_and_every_arrow_starts_and_ends_in_a_known_state():
    reached = {move.target for move in MAIL_MOVES.values()}
    assert reached == set(MailState)
    assert {state for move in MAIL_MOVES.values() for state in move.sources} <= set(MailState)


def test_troubled_mails_are_shown_newest_first_within_their_scope(
    stuck, dead, person, django_assert_num_queries
):
    at = now()
    other = owe(HARMLESS, person(), person("Ines"), scope=2, due=at, expires=at + timedelta(1))
    closed = {"state": MailState.DEAD, "closed_at": at, "closed_reason": Reason.TRIES}
    Mail.objects.filter(pk=other.mail_id).update(**closed)
    with django_assert_num_queries(1):
        shown = [(mail.pk, mail.recipient.name) for mail in reads.troubled_mails(scope=1)]
    assert shown == [(dead.pk, dead.recipient.name), (stuck.pk, stuck.recipient.name)]
    assert reads.troubled_mails().count() == 3


def test_health_is_two_queries_and_well_while_ticks_go_on(relay, owed, django_assert_num_queries):
    owed()
    tick()
    with django_assert_num_queries(2):
        health = reads.mail_health()
    assert (health.reasons, health.is_well) == ((), True)
    assert (health.dead, health.unknown, health.oldest_overdue) == (0, 0, None)


def test_health_says_what_is_wrong_in_words(relay, owed, stuck, dead):
    relay.answer("ehlo", "421 not today")
    owed(lasts=timedelta(days=3))
    tick()
    Offset.objects.create(amount=timedelta(days=1, minutes=1))
    Heartbeat.objects.update(at=Heartbeat.objects.get().at - timedelta(minutes=5))
    health = reads.mail_health()
    assert health.reasons == (
        "The dispatcher was last seen 5 minutes ago.",
        "A mail has been due for 24 hours.",
        "A mail that failed has waited for a person for more than a day.",
    )
    assert (health.dead, health.unknown, health.is_well) == (1, 1, False)


def test_health_notices_that_no_dispatcher_ever_ran(db):
    assert reads.mail_health().reasons == ("No dispatcher has ever run.",)


def test_a_mail_that_waits_for_its_time_or_its_next_attempt_is_not_overdue(relay, owed):
    owed(due=timedelta(hours=1))
    relay.answer("rcpt", "450 not now")
    owed(due=timedelta(hours=-1), lasts=timedelta(hours=2))
    tick()
    assert reads.mail_health().oldest_overdue is None
