"""Whatever a spreadsheet saved is read the same; whatever is no table is refused in words."""

import io
import struct
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from qipathway.core.sheets import Unreadable, read_sheet
from qipathway.core.sheets.table import MOST_BYTES

ROWS = (("Name", "Interests"), ("Åsa Lindqvist", "flow, discharge"), ("Élodie Ó Briain", "5S"))


def text(separator=",", end="\n"):
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in row] for row in ROWS]
    return end.join(separator.join(row) for row in quoted) + end


def workbook(*rows, formula=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if formula:
        book.active["A2"] = formula
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(content):
    sheet = read_sheet(content)
    return (sheet.header, *(line.cells for line in sheet.lines))


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends_are_found_out(codec, separator, end):
    content = text(separator, end).encode(codec)
    if codec in {"utf-16-le", "utf-16-be"}:
        assert not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    assert cells(content) == ROWS


def test_a_declared_separator_is_believed_and_lines_still_count_from_the_first():
    sheet = read_sheet(b"sep=;\nA;B\n1,5;2\n")
    assert (sheet.header, sheet.header_line, sheet.lines[0].number) == (("A", "B"), 2, 3)
    assert sheet.lines[0].cells == ("1,5", "2")


def test_a_quoted_text_may_run_over_lines_and_the_next_line_keeps_its_number():
    sheet = read_sheet(b'Code,Brief\nVL01,"one\ntwo"\nVL02,three\n')
    assert [line.number for line in sheet.lines] == [2, 4]
    assert sheet.lines[0].cells == ("VL01", "one\ntwo")


def test_blank_lines_and_empty_columns_at_the_end_are_no_rows_and_no_columns():
    sheet = read_sheet(b"\n\nA,B,,\n1,2,,\n,,,\n\n3,4\n5\n")
    assert sheet.header == ("A", "B")
    assert [line.cells for line in sheet.lines] == [("1", "2"), ("3", "4"), ("5", "")]


def test_cells_lose_what_cannot_be_seen_and_what_keeps_a_text_a_text():
    [[one, two, three, four]] = [
        line.cells
        for line in read_sheet(
            'A,B,C,D\n\u00a0x\u200b\u202e ,"=""007""",\'=1+1,e\u0301\n'.encode()
        ).lines
    ]
    assert (one, two, three, four) == ("x", "007", "=1+1", "é")


def test_an_excel_file_reads_like_the_text_it_shows():
    content = workbook(
        ["ID", "Day", "From", "Yes", "Share"],
        [7, datetime(2026, 7, 1), time(8, 30), True, 1.5],
        [8.0, date(2026, 7, 2), None, False, None],
    )
    assert cells(content) == (
        ("ID", "Day", "From", "Yes", "Share"),
        ("7", "2026-07-01", "08:30:00", "yes", "1.5"),
        ("8", "2026-07-02", "", "no", ""),
    )


def test_the_first_sheet_with_something_is_read_and_the_others_are_named():
    book = Workbook()
    book.active.title = "Nothing"
    for name in ("Roster", "Old roster"):
        book.create_sheet(name).append(["A"])
    file = io.BytesIO()
    book.save(file)
    assert read_sheet(file.getvalue()).notes == (
        "Read the sheet “Roster” of an Excel file.",
        "Other sheets were left out: “Old roster”.",
    )


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return file.getvalue()


def entities():
    content = workbook(["A"], ["b"])
    laughs = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<worksheet", laughs + b"<worksheet", 1)
            new.writestr(name, part)
    return file.getvalue()


def far_cell():
    book = Workbook()
    book.active["A1"] = "A"
    book.active["XFD1048576"] = "far away"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("roster.csv", "A,B\n")
    return file.getvalue()


BAD = {
    "nothing": (b"", "The file is empty."),
    "blank lines": (b"\r\n\r\n \n", "The file is empty."),
    "only separators": (b",,,\n,,\n", "The file is empty."),
    "a mark and nothing": (b"\xef\xbb\xbf", "The file is empty."),
    "an empty workbook": (workbook(), "The file is empty."),
    "a NUL": (b"A,B\n1,\x002\n" * 400, "Line 2 holds a NUL"),
    "a NUL far down": (b"A,B\n" + b"1,2\n" * 2000 + b"1,\x00\n", "Line 2002 holds a NUL"),
    "a PDF": (b"%PDF-1.7\n", "This is a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "This is a picture"),
    "a program": (b"MZ\x90\x00", "This is a program"),
    "old Excel": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 99, "Excel file in the old format"),
    "a web page": (b"<html><table><tr><td>R2101", "This is a web page"),
    "bytes of no encoding": (b"A,B\n1,2\nx,\x81\n", "Line 3 holds bytes that are not Windows text"),
    "half a character": (b"\xff\xfeA\x00B", "Line 1 holds bytes that are not UTF-16"),
    "an open quotation": (b'A,B\n1,2\n"3,4\n5,6\n', "A quotation mark that opens in line 3"),
    "a stray quotation": (b'A,B\n"x"y,2\n', "begins in line 2 has a quotation mark in the middle"),
    "a million columns": (b"A," * 1_000_000, "more than 200 columns"),
    "too many lines": (b"A\n" * 20_002, "more than 20,000 lines"),
    "too large": (b"A" * (MOST_BYTES + 1), "more than 5 MB"),
    "a zip bomb": (bomb(), "unpacks to more than a document needs"),
    "entities": (entities(), "The Excel file is damaged"),
    "a cell at the end of the world": (far_cell(), "more than 20,000 lines"),
    "formulas nobody counted": (workbook(["A"], ["x"], formula="=B2&C2"), "formulas without"),
    "a zip of a table": (zipped(), "The Excel file was not taken"),
    "a cut workbook": (workbook(["A"], ["b"])[:-40], "The Excel file was not taken"),
    "garbage in a zip's clothes": (b"PK\x03\x04" + struct.pack("<200H", *range(200)), "not taken"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_table_is_refused_in_words(name):
    content, words = BAD[name]
    with pytest.raises(Unreadable, match=words.replace("(", r"\(")):
        read_sheet(content)
