"""A director brings the seven files into an empty program, and meets a bad one on the way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .people import DIRECTOR
from .stack import ROOT

pytestmark = pytest.mark.e2e
DATA = ROOT / "qipathway" / "demo" / "data"
FILES = {
    "people.csv": "Bring in 20 changes",
    "roster.csv": "Bring in 13 changes",
    "clinic_pattern.csv": "Bring in 24 changes",
    "block_schedule.csv": "Bring in 384 changes",
    "class_catalogue.csv": "Bring in 11 changes",
    "class_sessions.csv": "Bring in 300 changes",
    "class_completions.csv": "Bring in 60 changes",
}
BAD = "Name,E-mail,Roles\nAda Moe,ada@example,instructor\n"
MAKE = f"""
from datetime import date
from qipathway.core.accounts.models import User
from residents.models import Program, RoleGrant
first, _, last = {DIRECTOR!r}.partition(" ")
director = User.objects.get(given_name=first, family_name=last)
program = Program.objects.create(slug="fresh", name="Fresh Program")
RoleGrant.objects.create(
    person=director, role="director", program=program, since=date(2024, 7, 1)
)
"""


def make_empty_program(demo):
    """Make a program with nobody in it but its director, in the demo's own database."""
    server = demo.pids("gunicorn")[0]
    given = Path(f"/proc/{server}/environ").read_bytes().split(b"\0")
    env = dict(pair.decode().split("=", 1) for pair in given if b"=" in pair)
    command = [sys.executable, "manage.py", "shell", "-c", MAKE]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=True, timeout=120)


def test_a_director_brings_all_seven_files_into_an_empty_program(demo, visit, tmp_path):
    make_empty_program(demo)
    director = visit(DIRECTOR, refusals=[422])
    page = director.page

    def send(path):
        page.goto("/p/fresh/imports/")
        page.locator("#id_file").set_input_files(path)
        return director.press("Look at it first")

    bad = tmp_path / "people.csv"
    bad.write_text(BAD)
    send(bad).sees("1 error, so nothing can be brought in.").sees("is not an e-mail address")
    send(ROOT / "docs" / "board.png").sees("This is a picture, not a table.")
    for name, button in FILES.items():
        send(DATA / name).headed(name)
        director.press(button).sees("Brought in.")
    page.goto("/p/fresh/imports/")
    assert director.card("What there is to bring in").get_by_text("Here", exact=True).count() == 7
    send(DATA / "block_schedule.csv").sees("0 changes: everything in this file is here already.")
