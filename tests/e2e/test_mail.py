"""Reminders of the three kinds, and a worker that is killed while it delivers."""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

from .people import COACH, KPO_LEAD
from .stack import Demo

pytestmark = pytest.mark.e2e
WITHIN = 30_000
UNSETTLED = """
from qipathway.core.notices.models import Mail
print(Mail.objects.filter(attempt__gt=0).exclude(state="sent").count())
"""
PLACE = "Endoscopy visibility wall"
REMINDERS = (
    ("Tue Dec 29, 13:00: Set-up, flow", "Ji-woo Kim"),
    ("Tue Dec 29, 07:30: stand-up at 7 East visibility wall", "Mila Petrov"),
)
CHECK_IN = (
    ("Check-in with Renée Delacroix: Tue Dec 29, 11:30", "Mila Petrov"),
    ("Check-in with Mila Petrov: Tue Dec 29, 11:30", "Renée Delacroix"),
)


@pytest.mark.parametrize(("subject", "reader"), REMINDERS)
def test_a_reminder_arrives_within_half_a_minute_and_opens(visit, subject, reader):
    opens(visit(), subject, reader)


def test_a_check_in_that_is_moved_to_tomorrow_reminds_both_within_half_a_minute(visit):
    coach = visit(COACH)
    card = coach.page.locator(".q-attention-card").filter(has_text="Mila Petrov")
    coach.go(card.get_by_role("link", name="Open check-in"))
    glance = coach.page.locator("details").filter(has_text="Move or cancel")
    glance.get_by_text("Move or cancel").click()
    glance.get_by_label("Day").fill("2026-12-29")
    glance.get_by_label("Time").fill("11:30")
    coach.go(glance.get_by_role("button", name="Move")).told("Now on Tue Dec 29, 11:30.")

    reader = visit()
    for subject, name in CHECK_IN:
        opens(reader, subject, name)


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
    wait_until_all_that_was_tried_is_sent(demo)
    visitor.page.reload()
    expect(letters(visitor, PLACE)).to_have_count(1)


def opens(visitor, subject, reader):
    wait_for_letters(visitor, subject, reader)
    letters(visitor, subject, reader).get_by_role("link").click()
    visitor.headed(subject)
    expect(visitor.card("Letter")).to_contain_text(f"{reader.split()[0]}, ")


def letters(visitor, subject, reader=""):
    rows = visitor.page.get_by_role("listitem").filter(has_text=subject)
    return rows.filter(has_text=f"To {reader}")


def wait_for_letters(visitor, subject, reader=""):
    """Look again and again, as somebody would who waits for a mail."""
    deadline = time.monotonic() + WITHIN / 1000
    visitor.page.goto("/demo/outbox/")
    while not letters(visitor, subject, reader).count() and time.monotonic() < deadline:
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    assert letters(visitor, subject, reader).count() == 1


def wait_until_it_delivers(demo: Demo, mailbox: int) -> list[int]:
    """Return the worker's processes once one of them speaks to the mailbox, which is silent."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        worker = demo.pids("celery", "worker")
        if worker and demo.speak(worker, mailbox):
            return worker
        time.sleep(0.05)
    raise AssertionError("The worker never turned to the mailbox.")


def wait_until_all_that_was_tried_is_sent(demo: Demo) -> None:
    """Return once the ledger would send nothing again; what is sent there is never claimed."""
    deadline = time.monotonic() + 60
    while demo.manage("shell", "--no-imports", "-c", UNSETTLED).strip() != "0":
        assert time.monotonic() < deadline
