import time
import unicodedata

import pytest

from qipathway.core.files.names import clean_name, extension_of


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\amaya\\Waste walk.docx", "Waste walk.docx"),
        ("CON.pdf", "file_CON.pdf"),
        ("com1.tar.pdf", "file_com1.tar.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u2066photo\u2069.jpg", "photo.jpg"),
        ("line\r\nbreak\t.pdf", "linebreak.pdf"),
        ('a<b>:"c"|d?*.pdf', "a_b___c__d__.pdf"),
        ("  two   words .pdf", "two words.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file"),
        ("", "file"),
        ("a/", "file"),
        ("\ud800.pdf", "file.pdf"),
        (unicodedata.normalize("NFD", "Renée.png"), "Renée.png"),
        ("日本語 5S 監査.xlsx", "日本語 5S 監査.xlsx"),
    ],
)
def test_clean_name_keeps_what_can_be_shown_and_saved(raw, shown):
    assert clean_name(raw) == shown


def test_clean_name_cuts_a_long_name_before_its_extension():
    assert clean_name("x" * 300 + ".pdf") == "x" * 116 + ".pdf"
    assert len(clean_name("x." + "y" * 300)) == 120


def test_clean_name_takes_little_time_for_a_hostile_name():
    start = time.thread_time()
    for name in ("." * 10_000, "/" * 10_000, "\u202e" * 10_000, "a. " * 3_000, "con" * 3_000):
        clean_name(name)
    assert time.thread_time() - start < 0.25


def test_extension_of_reads_the_last_one_in_lower_case():
    assert [extension_of(name) for name in ("a.PDF", "a.jpg.exe", "a", "a.")] == [
        "pdf",
        "exe",
        "",
        "",
    ]
