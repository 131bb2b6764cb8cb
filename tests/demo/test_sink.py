"""The demo's mail server keeps every mail whole, and the outbox shows it as text."""

import asyncio
import os
import smtplib
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.urls import reverse

from qipathway.demo.outbox import read_letter
from qipathway.demo.sink import keep, listen

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def sink(folder):
    """Run the sink in a thread; yield its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(listen(folder, "127.0.0.1", 0), loop).result(5)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(end(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def end(server):
    server.close()
    own = asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not own]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()


def mail(subject="Wednesday at eight", text="Hello Amaya.\n", html=None):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "qipathway@example.org"
    message["To"] = "amaya@example.org"
    message["Date"] = "Mon, 23 Nov 2026 07:40:00 -0800"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def send(port, *messages):
    with smtplib.SMTP("127.0.0.1", port, local_hostname="test", timeout=5) as smtp:
        for message in messages:
            smtp.send_message(message)


@pytest.fixture
def outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.OUTBOX_DIR.mkdir()
    return settings.OUTBOX_DIR


def test_every_mail_becomes_one_whole_private_file_in_the_order_it_came(tmp_path):
    folder = tmp_path / "outbox"
    with sink(folder) as port:
        send(port, mail("First"), mail("Second", text=".\nZoë waits\n"))
    kept = sorted(folder.iterdir())
    assert [read_letter(path).subject for path in kept] == ["First", "Second"]
    assert read_letter(kept[1]).text == ".\nZoë waits"
    assert {path.suffix for path in kept} == {".eml"}
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_mail_that_cannot_be_kept_is_not_confirmed(tmp_path):
    folder = tmp_path / "outbox"
    with sink(folder) as port:
        folder.rmdir()
        with pytest.raises(smtplib.SMTPDataError) as refused:
            send(port, mail())
    assert refused.value.smtp_code // 100 in (4, 5)


def test_the_command_takes_mails_and_ends_when_asked(tmp_path, free_port):
    environment = {"QIP_VAR": str(tmp_path), "QIP_DEMO": "1"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "outbox_sink", "--host", "127.0.0.1", "--port", free_port],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(int(free_port))
        send(int(free_port), mail())
        assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
        process.terminate()
        process.wait(10)
    finally:
        process.kill()
        process.wait(10)


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def wait_for(port):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def test_the_outbox_lists_the_newest_first_without_signing_in(client, db, outbox):
    for subject in ("Older", "Newer <b>bold</b>"):
        keep(outbox, mail(subject).as_bytes())
    (outbox / "half.part").write_bytes(b"Subject: half")
    page = client.get(reverse("demo:outbox")).content.decode()
    assert page.index("Newer &lt;b&gt;bold&lt;/b&gt;") < page.index("Older")
    assert "half" not in page


def test_an_empty_outbox_says_what_will_be_there(client, db, settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "none"
    assert "No mail yet" in client.get(reverse("demo:outbox")).content.decode()


def test_a_letter_is_shown_as_text_with_links_that_work_and_html_that_does_not(client, db, outbox):
    text = "Look: http://127.0.0.1:8000/p/lqi/\n<script>alert(1)</script>\n"
    path = keep(outbox, mail(text=text, html="<p onclick='x()'>Hello</p>").as_bytes())
    page = client.get(reverse("demo:outbox-letter", args=[path.stem])).content.decode()
    assert 'href="http://127.0.0.1:8000/p/lqi/"' in page
    assert "<script>alert(1)" not in page
    assert "&lt;p onclick=" in page
    assert "amaya@example.org" in page


@pytest.mark.parametrize("name", ["00000000000000000000-00000000", "..", "settings", "half.part"])
def test_a_name_that_is_no_kept_mail_is_not_found(name, client, db, outbox):
    assert client.get(f"/demo/outbox/{name}/").status_code == 404
