"""Reminders of the three kinds, and a worker that is killed while it delivers."""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

from .people import KPO_LEAD
from .stack import Demo

pytestmark = pytest.mark.e2e
WITHIN = 30_000
PLACE = "Endoscopy visibility wall"
REMINDERS = (
    ("Tue Dec 29, 13:00: Set-up, flow", "Ji-woo Kim"),
    ("Tue Dec 29, 07:30: stand-up at 7 East visibility wall", "Mila Petrov"),
    ("Check-in with Renée Delacroix: Tue Dec 29, 10:00", "Yusuf Abdel-Rahman"),
    ("Check-in with Yusuf Abdel-Rahman: Tue Dec 29, 10:00", "Renée Delacroix"),
)


@pytest.mark.parametrize(("subject", "reader"), REMINDERS)
def test_a_reminder_arrives_within_half_a_minute_and_opens(visit, subject, reader):
    visitor = visit()
    wait_for_letters(visitor, subject)
    letters(visitor, subject).filter(has_text=f"To {reader}").get_by_role("link").click()
    visitor.headed(subject)
    expect(visitor.card("Letter")).to_contain_text(f"{reader.split()[0]}, ")


def test_a_worker_killed_while_it_delivers_loses_no_mail_and_sends_none_twice(visit, demo):
    [mailbox] = demo.pids("outbox_sink")
    os.kill(mailbox, signal.SIGSTOP)
    try:
        lead = visit(KPO_LEAD).open("stand-ups/")
        lead.write("Day", "2026-12-29").write("Starts", "11:00").write("Place", PLACE)
        lead.press("Announce").told("Announced.")
        worker = wait_until_it_delivers(demo, mailbox)
        for number in worker:
            os.kill(number, signal.SIGKILL)
    finally:
        os.kill(mailbox, signal.SIGCONT)

    visitor = visit()
    wait_for_letters(visitor, PLACE)
    assert not set(worker) & set(demo.pids("worker"))
    visitor.page.wait_for_timeout(7_000)
    visitor.page.reload()
    expect(letters(visitor, PLACE)).to_have_count(1)


def letters(visitor, subject):
    return visitor.page.get_by_role("listitem").filter(has_text=subject)


def wait_for_letters(visitor, subject):
    """Look again and again, as somebody would who waits for a mail."""
    deadline = time.monotonic() + WITHIN / 1000
    visitor.page.goto("/demo/outbox/")
    while not letters(visitor, subject).count() and time.monotonic() < deadline:
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    assert letters(visitor, subject).count() == 1


def wait_until_it_delivers(demo: Demo, mailbox: int) -> list[int]:
    """Return the worker's processes once one of them speaks to the mailbox, which is silent."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        worker = demo.pids("celery", "worker")
        if worker and demo.speak(worker, mailbox):
            return worker
        time.sleep(0.05)
    raise AssertionError("The worker never turned to the mailbox.")
