"""A director brings the seven files into an empty program, and meets a bad one on the way."""

import pytest

from .stack import ROOT

pytestmark = pytest.mark.e2e
DATA = ROOT / "qipathway" / "demo" / "data"
FILES = {
    "people.csv": "Bring in 21 changes",
    "roster.csv": "Bring in 13 changes",
    "clinic_pattern.csv": "Bring in 24 changes",
    "block_schedule.csv": "Bring in 384 changes",
    "class_catalogue.csv": "Bring in 11 changes",
    "class_sessions.csv": "Bring in 300 changes",
    "class_completions.csv": "Bring in 60 changes",
}
DIRECTOR = "femke.aldous@example.org"
MINE, OTHERS = "example.org", "example.net"
"""The demo's people stay in one program: those who are brought in have addresses of their own."""

BAD = "Name,E-mail,Roles\nAda Moe,ada@example,instructor\n"


def test_a_director_brings_all_seven_files_into_an_empty_program(demo, visit, tmp_path):
    demo.make("make_an_empty_program", "fresh", DIRECTOR)
    director = visit(DIRECTOR, refusals=[422])
    page = director.page

    def send(path):
        page.goto("/p/fresh/imports/")
        page.locator("#id_file").set_input_files(path)
        return director.press("Look at it first")

    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    send(write("people.csv", BAD)).sees("1 error, so nothing can be brought in.").sees(
        "is not an e-mail address"
    )
    send(ROOT / "docs" / "board.png").sees("This is a picture, not a table.")
    for name, button in FILES.items():
        text = (DATA / name).read_text(encoding="utf-8")
        send(write(name, text.replace(MINE, OTHERS))).headed(name)
        director.press(button).sees("Brought in.")
    page.goto("/p/fresh/imports/")
    assert director.card("What there is to bring in").get_by_text("Here", exact=True).count() == 7
    send(tmp_path / "block_schedule.csv").sees(
        "0 changes: everything in this file is here already."
    )
