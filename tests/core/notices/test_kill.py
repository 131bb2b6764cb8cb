"""``kill -9`` of real dispatchers, at every step and at random: nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import NamedTuple

import pytest

from qipathway.core.clock.services import now
from qipathway.core.notices.dispatch import tick
from qipathway.core.notices.locks import mail_lock
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import owe_each
from qipathway.core.notices.states import MailState, Result
from tests.core.notices.probe.kinds import HARMLESS, PERSONAL

pytestmark = pytest.mark.django_db(transaction=True)


def results(mail):
    return list(mail.attempts.order_by("id").values_list("result", flat=True))


def wait_until(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "this took too long"
        time.sleep(0.02)


def lock_is_free(mail):
    with mail_lock(mail.pk) as ours:
        return ours


class Kill(NamedTuple):
    """A step at which a dispatcher dies, what it leaves, and how the mail ends."""

    step: str
    left_as: MailState
    crossed: bool
    then: list[Result]
    copies: int


@pytest.mark.parametrize(
    "kill",
    [
        Kill("ehlo", MailState.PENDING, False, [Result.SENT], 1),
        Kill("mail", MailState.SENDING, False, [Result.LOST, Result.SENT], 1),
        Kill("rcpt", MailState.SENDING, False, [Result.LOST, Result.SENT], 1),
        Kill("data", MailState.SENDING, True, [Result.DOUBT, Result.SENT], 1),
        Kill("after", MailState.SENDING, True, [Result.DOUBT, Result.SENT], 2),
    ],
    ids=lambda kill: kill.step,
)
def test_a_dispatcher_killed_at_any_step_loses_nothing(
    kill, relay, dispatchers, owed, fresh, impatient
):
    gate = relay.block(kill.step)
    mail = owed(HARMLESS)
    process = dispatchers.start("--once")
    assert gate.reached.wait(20)
    dispatchers.kill(process)
    gate.open()
    relay.behave()
    assert (fresh(mail).state, fresh(mail).ponr_at is not None) == (
        kill.left_as,
        kill.crossed,
    )
    wait_until(lambda: lock_is_free(mail))
    tick()
    assert (fresh(mail).state, results(mail)) == (MailState.SENT, kill.then)
    assert relay.copies() == {mail.message_id: kill.copies}


def test_a_dispatcher_killed_after_the_outcome_is_written_sends_nothing_twice(
    relay, dispatchers, owed, fresh, impatient
):
    gate = relay.block("rset")
    first, second = owed(PERSONAL), owed(PERSONAL)
    process = dispatchers.start("--once")
    assert gate.reached.wait(20)
    dispatchers.kill(process)
    gate.open()
    relay.behave()
    wait_until(lambda: lock_is_free(second))
    tick()
    assert fresh(first).state == fresh(second).state == MailState.SENT
    assert relay.copies() == {first.message_id: 1, second.message_id: 1}


def test_personal_news_in_doubt_after_a_kill_waits_for_a_person(
    relay, dispatchers, owed, fresh, impatient
):
    gate = relay.block("after")
    mail = owed(PERSONAL)
    process = dispatchers.start("--once")
    assert gate.reached.wait(20)
    dispatchers.kill(process)
    gate.open()
    wait_until(lambda: lock_is_free(mail))
    tick()
    assert fresh(mail).state == MailState.UNKNOWN
    assert relay.copies() == {mail.message_id: 1}


@pytest.fixture
def command(relay, dispatcher_environment):
    """The command as an operator runs it, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "dispatch", "--once"],
        env=os.environ | dispatcher_environment | {"EMAIL_URL": f"smtp://127.0.0.1:{relay.port}"},
        stdout=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait(10)


def test_a_paused_dispatcher_keeps_its_mail_and_finishes_when_it_wakes(
    relay, owed, fresh, impatient, request
):
    gate = relay.block("rcpt")
    mail = owed(HARMLESS)
    process = request.getfixturevalue("command")
    assert gate.reached.wait(20)
    process.send_signal(signal.SIGSTOP)
    gate.open()
    relay.behave()
    assert tick() == 0
    assert (fresh(mail).state, fresh(mail).attempt) == (MailState.SENDING, 1)
    process.send_signal(signal.SIGCONT)
    assert process.wait(20) == 0
    assert (fresh(mail).state, results(mail)) == (MailState.SENT, [Result.SENT])


def test_two_hundred_mails_under_random_kills_are_all_sent_within_the_policy(
    relay, dispatchers, person
):
    chance = random.Random(20170701)
    total, kills = 200, 12
    owe_two_hundred(person, total)
    relay.on("dot", lambda _: time.sleep(0.005))
    loops = [dispatchers.start("--loop", "--every", "0.2") for _ in range(2)]
    for number in range(kills):
        relay.wait_for((number + 1) * total // (kills + 2))
        time.sleep(chance.uniform(0, 0.05))
        victim = loops.pop(chance.randrange(2))
        dispatchers.kill(victim)
        loops.append(dispatchers.start("--loop", "--every", "0.2"))
    unsettled = Mail.objects.filter(state__in=[MailState.PENDING, MailState.SENDING])
    wait_until(lambda: not unsettled.exists(), 60)
    check_against_the_policy(relay, total, kills)


def owe_two_hundred(person, total):
    people = [person() for _ in range(total // 2)]
    about, at = person("Ines"), now()
    for kind in (HARMLESS, PERSONAL):
        owe_each(kind, people, about, scope=1, due=at, expires=at + timedelta(days=1))


def check_against_the_policy(relay, total, kills):
    copies = relay.copies()
    mails = list(Mail.objects.all())
    assert len(mails) == total
    for mail in mails:
        if mail.kind == HARMLESS:
            assert mail.state == MailState.SENT
            assert copies[mail.message_id] in (1, 2)
        else:
            assert mail.state in (MailState.SENT, MailState.UNKNOWN)
            assert copies[mail.message_id] == 1 or mail.state == MailState.UNKNOWN
            assert copies[mail.message_id] <= 1
    in_doubt = sum(mail.state == MailState.UNKNOWN for mail in mails)
    doubled = sum(number - 1 for number in copies.values() if number > 1)
    assert in_doubt + doubled <= kills
