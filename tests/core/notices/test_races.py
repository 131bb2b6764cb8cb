"""What happens when processes, people and connections meet, on committed rows."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.notices import limits, locks
from qipathway.core.notices.dispatch import reap, tick
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import (
    dismiss_mail,
    retry_mail,
    settle_mail,
    withdraw_all,
    withdraw_notices,
)
from qipathway.core.notices.states import MailState, Reason, Result
from tests.core.notices.probe.kinds import HARMLESS, PERSONAL
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(deed):
    """Run ``deed`` to its end in a thread with a database session of its own."""
    answer = []

    def run():
        try:
            answer.append(deed())
        except Exception as error:  # noqa: BLE001 handed to the test
            answer.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(90)
    return answer[0]


def session():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end_session(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def results(mail):
    return list(mail.attempts.order_by("id").values_list("result", flat=True))


def test_three_dispatchers_share_the_work_and_never_a_mail(relay, owed):
    mails = [owed(kind) for kind in (HARMLESS, PERSONAL) for _ in range(10)]
    taken = together(tick, tick, tick)
    assert sum(taken) == 20
    assert relay.copies() == {mail.message_id: 1 for mail in mails}
    assert set(Mail.objects.values_list("state", "attempt")) == {(MailState.SENT, 1)}


def test_what_ends_between_planning_and_the_claim_is_never_sent(relay, owed, person, fresh):
    about = person("Ines")
    first, second = owed(), owed(about=about)
    ended = User.objects.filter(pk=about.pk)
    relay.on("after", lambda _: elsewhere(lambda: ended.update(is_staff=True)) and None)
    tick()
    assert relay.copies() == {first.message_id: 1}
    second = fresh(second)
    assert (second.state, second.closed_reason) == (MailState.CANCELLED, Reason.SOURCE)


def test_what_is_withdrawn_while_others_are_sent_is_never_sent(relay, owed, person, fresh):
    about = person("Ines")
    first, second = owed(), owed(about=about)
    withdraw = lambda: withdraw_notices(about, kinds=[HARMLESS])  # noqa: E731
    relay.on("after", lambda _: elsewhere(withdraw) and None)
    tick()
    assert relay.copies() == {first.message_id: 1}
    assert fresh(second).closed_reason == Reason.WITHDRAWN


def test_what_somebody_is_owed_is_withdrawn_while_others_are_sent(relay, owed, person, fresh):
    leaver = person("Ines")
    first, second = owed(), owed(to=leaver)
    relay.on("after", lambda _: elsewhere(lambda: withdraw_all(leaver)) and None)
    tick()
    assert relay.copies() == {first.message_id: 1}
    assert fresh(second).closed_reason == Reason.WITHDRAWN


def test_the_outcome_outlives_the_database_session_that_claimed(relay, owed, fresh):
    mail = owed(PERSONAL)
    pid = session()
    relay.on("after", lambda _: elsewhere(lambda: end_session(pid)))
    tick()
    assert session() != pid
    assert (fresh(mail).state, results(mail)) == (MailState.SENT, [Result.SENT])


def test_no_body_goes_out_once_the_session_is_lost(relay, owed, fresh, impatient):
    mail = owed(PERSONAL)
    pid = session()
    relay.on("rcpt", lambda _: elsewhere(lambda: end_session(pid)))
    with pytest.raises(OperationalError):
        tick()
    connection.close()
    assert (fresh(mail).state, fresh(mail).ponr_at) == (MailState.SENDING, None)
    assert relay.received == []
    relay.behave()
    tick()
    assert (fresh(mail).state, results(mail)) == (MailState.SENT, [Result.LOST, Result.SENT])
    assert relay.copies() == {mail.message_id: 1}


def test_a_sender_whose_claim_was_taken_sends_no_body_and_goes_on(relay, owed, fresh):
    taken, other = owed(PERSONAL), owed(PERSONAL)
    away = {"state": MailState.PENDING, "next_attempt_at": now() + timedelta(minutes=5)}

    def take_over(_):
        relay.behave()
        elsewhere(lambda: Mail.objects.filter(pk=taken.pk).update(**away))

    relay.on("rcpt", take_over)
    tick()
    assert (fresh(taken).state, results(taken)) == (MailState.PENDING, [])
    assert relay.copies() == {other.message_id: 1}


def test_the_relays_late_yes_settles_a_mail_that_was_in_doubt(relay, owed, fresh, impatient):
    mail = owed(PERSONAL)
    pid = session()
    seen = []

    def lose_the_session_and_reap(_):
        elsewhere(lambda: end_session(pid))
        elsewhere(reap)
        seen.append(elsewhere(lambda: fresh(mail).state))

    relay.on("after", lose_the_session_and_reap)
    tick()
    assert seen == [MailState.UNKNOWN]
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.SENT, "")
    assert results(mail) == [Result.DOUBT, Result.SENT]


def test_the_reaper_leaves_a_claim_alone_while_its_session_lives(relay, owed, fresh, impatient):
    mail = owed()
    relay.on("rcpt", lambda _: elsewhere(reap))
    tick()
    assert (fresh(mail).attempt, results(mail)) == (1, [Result.SENT])


def test_the_reaper_leaves_a_young_claim_alone(relay, owed, fresh, monkeypatch):
    mail = owed()
    Mail.objects.filter(pk=mail.pk).update(state=MailState.SENDING, send_started_at=mail.not_before)
    monkeypatch.setattr(limits, "GRACE", timedelta(minutes=2))
    reap()
    assert fresh(mail).state == MailState.SENDING


def test_no_more_than_three_talk_to_the_relay_at_once(relay, owed):
    owed()
    done, held = threading.Event(), threading.Event()

    def hold_all():
        for slot in range(limits.SLOTS):
            locks._ask("SELECT pg_try_advisory_lock(%s, %s)", locks.RELAY, slot)
        held.set()
        done.wait(10)

    holder = threading.Thread(target=elsewhere, args=[hold_all])
    holder.start()
    held.wait(10)
    try:
        assert tick() == 0
        assert relay.steps == {}
    finally:
        done.set()
        holder.join()
    assert tick() == 1


def test_of_two_people_who_settle_a_stuck_mail_the_second_is_told(relay, owed, person, fresh):
    relay.answer("rcpt", "550 no such person")
    mail, by, at = owed(), person(), now()
    tick()
    answers = together(
        lambda: retry_mail(mail, by=by, at=at), lambda: settle_mail(mail, by=by, at=at)
    )
    assert sorted(isinstance(answer, DomainError) for answer in answers) == [False, True]
    assert len(mail.attempts.filter(by=by)) == 1


def test_of_three_who_deal_with_a_stuck_mail_the_first_has_dealt_with_it(
    relay, owed, person, fresh
):
    relay.answer("rcpt", "550 no such person")
    mail, by = owed(), person()
    tick()
    answers = together(
        lambda: dismiss_mail(mail, by=by, at=now()),
        lambda: dismiss_mail(mail, by=by, at=now()),
        lambda: settle_mail(mail, by=by, at=now()),
    )
    assert sorted(isinstance(answer, DomainError) for answer in answers) == [False, True, True]
    [attempt] = mail.attempts.filter(by=by)
    dismissed = attempt.result == Result.DISMISSED
    assert fresh(mail).closed_reason == (Reason.DISMISSED if dismissed else "")
