"""The invariants of the dispatcher, each against a real database and a real mail server."""

import re
import time
from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.clock.models import Offset
from qipathway.core.clock.services import now
from qipathway.core.notices import limits
from qipathway.core.notices.dispatch import (
    Superseded,
    claim,
    converse,
    cross,
    tick,
)
from qipathway.core.notices.kinds import Kind, Message, register, unregister
from qipathway.core.notices.models import DeliveryAttempt, Heartbeat, Mail, Notice
from qipathway.core.notices.outcomes import settle
from qipathway.core.notices.services import withdraw_notices
from qipathway.core.notices.smtp import Courier, Outcome
from qipathway.core.notices.states import MailState, Reason, Result
from tests.core.notices.probe.kinds import HARMLESS, PERSONAL, about_people

pytestmark = pytest.mark.django_db


def results(mail):
    return list(mail.attempts.order_by("id").values_list("result", flat=True))


def test_a_mail_that_is_due_is_sent_once_and_its_attempt_is_written_down(relay, owed, fresh):
    mail = owed()
    assert tick() == 1
    assert tick() == 0
    mail = fresh(mail)
    assert (mail.state, mail.attempt, mail.smtp_code) == (MailState.SENT, 1, 250)
    assert mail.sent_at is not None
    attempt = mail.attempts.get()
    assert (attempt.result, attempt.attempt, attempt.phase) == (Result.SENT, 1, "dot")
    assert attempt.started_at <= attempt.ponr_at <= attempt.ended_at
    assert relay.copies() == {mail.message_id: 1}


def test_the_letter_carries_a_stable_id_and_says_that_a_machine_wrote_it(relay, owed, person):
    to = person("Zoë", family_name="Śmith")
    mail = owed(to=to)
    tick()
    letter = relay.received[0]
    assert letter["To"] == f"Zoë Śmith <{to.email}>"
    assert letter["Message-ID"] == mail.message_id
    assert letter["X-QI-Delivery"] == str(mail.uid)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["Subject"] == "About Ines"
    assert letter.get_content().splitlines() == ["See the site."]


def test_a_batch_goes_over_one_connection(relay, owed):
    for _ in range(3):
        owed()
    assert tick() == 3
    assert relay.steps["ehlo"] == 1
    assert relay.steps["rset"] == 2


def test_nothing_goes_before_it_is_due_and_no_connection_is_opened(relay, owed, fresh):
    mail = owed(due=timedelta(minutes=5))
    assert tick() == 0
    assert fresh(mail).state == MailState.PENDING
    assert relay.steps == {}


def test_dueness_follows_the_application_clock(relay, owed, fresh):
    mail = owed(due=timedelta(hours=3))
    Offset.objects.create(amount=timedelta(hours=3, minutes=1))
    tick()
    assert fresh(mail).state == MailState.SENT


def test_claims_are_judged_by_the_real_clock(relay, owed, fresh):
    mail = owed(lasts=timedelta(days=2))
    claim(mail.pk, 0)
    Offset.objects.create(amount=timedelta(days=1))
    tick()
    assert fresh(mail).state == MailState.SENDING


def test_late_but_not_expired_goes_once(relay, owed, fresh):
    mail = owed(due=timedelta(hours=-2), lasts=timedelta(hours=3))
    assert (tick(), tick()) == (1, 0)
    assert fresh(mail).state == MailState.SENT
    assert relay.copies() == {mail.message_id: 1}


def test_expired_is_closed_and_never_sent_even_when_the_relay_is_down(relay, owed, fresh):
    relay.answer("ehlo", "554 closed")
    mail = owed(due=timedelta(hours=-2), lasts=timedelta(hours=1))
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.EXPIRED, Reason.LATE)
    assert relay.received == []


def test_what_no_longer_holds_is_cancelled_with_the_reason(relay, owed, person, fresh):
    about = person("Ines")
    mail = owed(about=about)
    User.objects.filter(pk=about.pk).update(is_staff=True)
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.CANCELLED, Reason.SOURCE)
    assert (mail.attempt, relay.received) == (0, [])


def test_what_ends_between_the_claim_and_the_writing_is_not_sent(relay, owed, person, fresh):
    about = person("Ines")
    mail = owed(about=about)
    claim(mail.pk, 0)
    mail = fresh(mail)
    User.objects.filter(pk=about.pk).update(is_staff=True)
    with Courier() as courier:
        settle(mail, converse(mail, courier))
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.CANCELLED, Reason.SOURCE)
    assert (results(mail), relay.steps) == ([Result.STALE], {})


def test_nothing_is_sent_to_a_closed_account(relay, owed, person, fresh):
    to = person()
    mail = owed(to=to)
    User.objects.filter(pk=to.pk).update(is_active=False)
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.CANCELLED, Reason.PERSON)
    assert relay.received == []


def test_the_address_is_read_when_the_mail_goes_out(relay, owed, person):
    to = person()
    owed(to=to)
    User.objects.filter(pk=to.pk).update(email="new@example.org")
    tick()
    assert relay.received[0]["X-To"] == "new@example.org"


def test_a_digest_names_only_what_still_holds(relay, owed, person):
    to, ended = person(), person("Tobias")
    digest = owed(to=to)
    second = owed(to=to, about=ended)
    Notice.objects.filter(mail=second).update(mail=digest)
    third = owed(to=to, about=person("Noor"))
    Notice.objects.filter(mail=third).update(mail=digest)
    Mail.objects.exclude(pk=digest.pk).delete()
    User.objects.filter(pk=ended.pk).update(is_staff=True)
    tick()
    assert [letter["Subject"] for letter in relay.received] == ["About Ines and Noor"]


def test_a_kind_of_a_newer_release_is_left_for_a_newer_process(relay, owed, fresh):
    mail = owed()
    Mail.objects.filter(pk=mail.pk).update(kind="probe.newer")
    assert tick() == 0
    assert fresh(mail).state == MailState.PENDING


def test_the_claim_is_one_update_whose_row_conditions_are_tested_again_under_the_lock(
    owed, django_assert_num_queries
):
    mail = owed()
    with django_assert_num_queries(1) as captured:
        assert claim(mail.pk, 0)
    sql = captured[0]["sql"]
    assert sql.startswith("UPDATE")
    assert re.search(r'"notices_mail"\."id" IN \(SELECT', sql) is None


def test_a_claim_fences_out_whoever_counted_the_attempts_earlier(relay, owed, fresh):
    mail = owed()
    early = fresh(mail)
    relay.answer("rcpt", "450 not now")
    tick()
    Mail.objects.filter(pk=mail.pk).update(next_attempt_at=mail.not_before)
    assert not claim(mail.pk, early.attempt)
    assert claim(mail.pk, early.attempt + 1)
    assert not claim(mail.pk, early.attempt + 2)
    with pytest.raises(Superseded):
        cross(early)
    cross(fresh(mail))


def test_an_outcome_of_an_earlier_attempt_is_kept_as_evidence_and_moves_nothing(owed, fresh):
    mail = owed()
    claim(mail.pk, 0)
    first = fresh(mail)
    settle(first, Outcome(Result.LATER, "rcpt"))
    Mail.objects.filter(pk=mail.pk).update(next_attempt_at=mail.not_before)
    claim(mail.pk, 1)
    settle(first, Outcome(Result.SENT, "dot", 250))
    mail = fresh(mail)
    assert (mail.state, mail.attempt) == (MailState.SENDING, 2)
    assert results(mail) == [Result.LATER, Result.SENT]


def test_an_outcome_is_recorded_once_however_often_it_is_offered(owed, fresh):
    mail = owed()
    claim(mail.pk, 0)
    for _ in range(2):
        settle(fresh(mail), Outcome(Result.SENT, "dot", 250))
    assert results(mail) == [Result.SENT]


@pytest.mark.parametrize("step", ["rcpt", "data", "dot"])
@pytest.mark.parametrize("code", [421, 451])
def test_not_now_waits_at_least_five_minutes_and_goes_later(
    step, code, relay, owed, fresh, monkeypatch
):
    relay.answer(step, f"{code} 4.7.1 not now")
    mail = owed()
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.smtp_code) == (MailState.PENDING, code)
    assert mail.next_attempt_at - now() > timedelta(minutes=4, seconds=50)
    assert mail.ponr_at is None
    assert results(mail) == [Result.LATER]
    relay.behave()
    Offset.objects.create(amount=timedelta(minutes=10))
    tick()
    assert (fresh(mail).state, fresh(mail).attempt) == (MailState.SENT, 2)


@pytest.mark.parametrize("step", ["rcpt", "data", "dot"])
@pytest.mark.parametrize("code", [550, 554])
def test_refused_for_good_is_dead_and_the_others_go(step, code, relay, owed, fresh):
    bad = owed()
    relay.answer(step, f"{code} 5.1.1 no such person")
    tick()
    relay.behave()
    good = owed()
    tick()
    bad = fresh(bad)
    assert (bad.state, bad.closed_reason) == (MailState.DEAD, Reason.REFUSED)
    assert (bad.smtp_code, bad.smtp_reply) == (code, "5.1.1 no such person")
    assert fresh(good).state == MailState.SENT


def test_a_refusal_of_the_sender_is_our_trouble_and_kills_no_mail(relay, owed, fresh):
    relay.answer("mail", "550 5.7.1 who are you")
    mail = owed()
    tick()
    assert fresh(mail).state == MailState.PENDING


def test_a_mail_is_given_up_after_ten_tries(relay, owed, fresh, impatient):
    relay.answer("rcpt", "450 not now")
    mail = owed()
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.DEAD, Reason.TRIES)
    assert (mail.tries, results(mail)) == (10, [Result.LATER] * 10)


def test_while_the_relay_is_down_no_attempt_is_spent(relay, owed, fresh):
    relay.answer("ehlo", "421 try later")
    mail = owed()
    assert tick() == 0
    assert (fresh(mail).state, fresh(mail).attempt) == (MailState.PENDING, 0)


def test_a_connection_that_the_relay_closed_between_two_mails_is_opened_again(relay, owed, fresh):
    first, second = owed(), owed()
    relay.drop("rset")
    assert tick() == 2
    assert fresh(first).state == fresh(second).state == MailState.SENT
    assert relay.steps["ehlo"] == 2


def test_a_relay_that_says_goodbye_is_greeted_anew_for_the_next_mail(relay, owed, fresh):
    first, second = owed(), owed()

    def goodbye(_):
        relay.behave()
        return "421 4.3.2 restarting"

    relay.on("rcpt", goodbye)
    assert tick() == 2
    assert (fresh(first).state, fresh(second).state) == (MailState.PENDING, MailState.SENT)
    assert relay.steps["ehlo"] == 2


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_connection_lost_before_the_body_is_certain_and_goes_again(
    step, relay, owed, fresh, impatient
):
    relay.drop(step)
    mail = owed(PERSONAL)
    relay.on("ehlo", lambda _: relay.behave() if relay.steps["ehlo"] == 2 else None)
    tick()
    mail = fresh(mail)
    assert results(mail) == [Result.LATER, Result.SENT]
    assert (mail.state, relay.copies()) == (MailState.SENT, {mail.message_id: 1})


@pytest.mark.parametrize("kept", ["dot", "after"])
def test_a_lost_answer_about_a_reminder_is_sent_once_more_under_the_same_id(
    kept, relay, owed, fresh, impatient
):
    relay.drop(kept)
    mail = owed(HARMLESS)
    relay.on("ehlo", lambda _: relay.behave() if relay.steps["ehlo"] == 2 else None)
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.doubts) == (MailState.SENT, 1)
    assert results(mail) == [Result.DOUBT, Result.SENT]
    assert relay.copies() == {mail.message_id: 2 if kept == "after" else 1}


def test_a_reminder_whose_answer_is_lost_twice_is_shown_to_a_person(relay, owed, fresh, impatient):
    relay.drop("after")
    mail = owed(HARMLESS)
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.UNKNOWN, Reason.DOUBT)
    assert relay.copies() == {mail.message_id: 2}


def test_a_lost_answer_about_personal_news_is_shown_to_a_person_at_once(
    relay, owed, fresh, impatient
):
    relay.drop("after")
    mail = owed(PERSONAL)
    tick()
    mail = fresh(mail)
    assert (mail.state, mail.closed_reason) == (MailState.UNKNOWN, Reason.DOUBT)
    assert relay.copies() == {mail.message_id: 1}


def test_an_answer_that_takes_too_long_is_a_lost_one(relay, owed, fresh, settings):
    settings.EMAIL_TIMEOUT = 0.3
    relay.on("after", lambda _: time.sleep(0.6))
    mail = owed(PERSONAL)
    tick()
    assert fresh(mail).state == MailState.UNKNOWN


def test_a_letter_that_cannot_be_written_waits_an_hour_is_given_up_and_stops_nobody(
    relay, owed, person, fresh
):
    poisoned = owed(about=person("Poison"), lasts=timedelta(days=1))
    healthy = owed()
    tick()
    mail = fresh(poisoned)
    assert (mail.state, results(mail)) == (MailState.PENDING, [Result.LETTER])
    assert mail.next_attempt_at - now() > timedelta(minutes=59)
    assert fresh(healthy).state == MailState.SENT
    Offset.objects.create(amount=timedelta(hours=1, minutes=1))
    tick()
    mail = fresh(poisoned)
    assert (mail.state, mail.closed_reason) == (MailState.DEAD, Reason.LETTER)
    assert mail.attempts.last().reply == "KeyError"


@pytest.mark.parametrize(
    "broken",
    [{"given_name": "Two\nlines"}, {"email": "söme@example.org"}, {"email": "a b@example.org"}],
)
def test_a_name_or_address_that_no_header_can_hold_stops_only_its_own_mail(
    broken, relay, owed, person, fresh
):
    to = person()
    User.objects.filter(pk=to.pk).update(**broken)
    bad, good = owed(to=to), owed()
    tick()
    assert (fresh(bad).state, results(bad)) == (MailState.PENDING, [Result.LETTER])
    assert fresh(good).state == MailState.SENT


def test_a_domain_outside_ascii_is_written_to_in_its_ascii_form(relay, owed, person):
    to = person()
    User.objects.filter(pk=to.pk).update(email="ines@bücher.example")
    owed(to=to)
    tick()
    assert relay.received[0]["X-To"] == "ines@xn--bcher-kva.example"


def test_lines_that_begin_with_a_dot_arrive_as_they_were(relay, owed, monkeypatch):
    unregister(HARMLESS)
    text = ".\n..two\nend\n.\n"
    register(Kind(HARMLESS, about_people, lambda notices, to: Message("Dots", text)))
    owed()
    tick()
    assert relay.received[0].get_content().splitlines() == text.splitlines()


def test_a_tick_shows_that_it_is_going_even_with_nothing_to_do(relay, db):
    tick()
    first = Heartbeat.objects.get().at
    tick()
    assert Heartbeat.objects.get().at > first


def test_a_tick_ends_with_its_budget_and_the_next_goes_on(relay, owed, monkeypatch):
    monkeypatch.setattr(limits, "BUDGET", timedelta(0))
    owed()
    assert tick() == 0
    monkeypatch.setattr(limits, "BUDGET", timedelta(seconds=5))
    assert tick() == 1


def test_the_evidence_cannot_be_changed_or_removed(relay, owed):
    owed()
    tick()
    for deed in (lambda a: a.update(reply="nothing"), lambda a: a.delete()):
        with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
            deed(DeliveryAttempt.objects.all())


def test_withdrawing_a_mail_in_conversation_lets_it_go_out(owed, person, fresh):
    about = person("Ines")
    mail = owed(about=about)
    claim(mail.pk, 0)
    assert withdraw_notices(about, kinds=[HARMLESS]) == 0
    assert fresh(mail).state == MailState.SENDING
