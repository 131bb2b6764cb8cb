"""What a cell says, and what it does not."""

from datetime import date, time

import pytest

from qipathway.core.sheets import cells
from qipathway.core.sheets.cells import BadCell, DayOrder
from qipathway.core.sheets.writing import as_csv

MONTH, DAY = DayOrder.MONTH_FIRST, DayOrder.DAY_FIRST
DAYS = [
    ("2026-03-04", MONTH, date(2026, 3, 4)),
    ("2026/3/4", DAY, date(2026, 3, 4)),
    ("2026-03-04 00:00:00", DAY, date(2026, 3, 4)),
    ("03/04/2026", MONTH, date(2026, 3, 4)),
    ("03/04/2026", DAY, date(2026, 4, 3)),
    ("3.4.2026", DAY, date(2026, 4, 3)),
    ("4 Mar 2026", MONTH, date(2026, 3, 4)),
    ("04-Mar-2026", MONTH, date(2026, 3, 4)),
    ("March 4, 2026", DAY, date(2026, 3, 4)),
    ("Feb 29, 2024", DAY, date(2024, 2, 29)),
]
NO_DAYS = {
    "30 Feb 2026": "is not a day that exists",
    "02/30/2026": "is not a day that exists, read month first",
    "2026-13-01": "is not a day that exists",
    "7/1/26": "has a year of two digits. Write all four",
    "0001-01-01": "is not between the years 1950 and 2100",
    "12/31/9999": "is not between the years 1950 and 2100",
    "46204": "is a number, not a day. Format the column as a date and save it again",
    "4 Foo 2026": "names no month",
    "tomorrow": "is not a day. Write it like 2026-07-01",
}
CLOCKS = [
    ("08:00", time(8)),
    ("8:00", time(8)),
    ("0800", time(8)),
    ("13:30:00", time(13, 30)),
    ("1:30 pm", time(13, 30)),
    ("8 a.m.", time(8)),
    ("12:15 AM", time(0, 15)),
    ("12 PM", time(12)),
]


@pytest.mark.parametrize(("text", "order", "expected"), DAYS)
def test_days_are_read_as_people_write_them(text, order, expected):
    assert cells.day(text, order) == expected


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_refused_with_the_rule(text):
    with pytest.raises(BadCell) as refused:
        cells.day(text, MONTH)
    assert str(refused.value) == NO_DAYS[text]


@pytest.mark.parametrize(("text", "expected"), CLOCKS)
def test_clocks_are_read_as_people_write_them(text, expected):
    assert cells.clock(text) == expected


@pytest.mark.parametrize("text", ["24:00", "8:60", "noon", "8", "13 pm", "0:00 am"])
def test_what_is_no_clock_is_refused(text):
    with pytest.raises(BadCell):
        cells.clock(text)


@pytest.mark.parametrize(
    ("texts", "needed", "is_open"),
    [
        (["07/29/2026", "03/04/2026"], {MONTH}, False),
        (["29/07/2026", "03/04/2026"], {DAY}, False),
        (["03/04/2026"], set(), True),
        (["03/03/2026", "2026-07-29", ""], set(), False),
        (["07/29/2026", "29/07/2026"], {MONTH, DAY}, True),
    ],
)
def test_the_order_of_a_day_is_asked_only_when_the_file_does_not_show_it(texts, needed, is_open):
    found = cells.orders_of(texts)
    assert (found.needed, found.is_open) == (needed, is_open)


@pytest.mark.parametrize("text", ["a", "Ñandú İstanbul", "O'Brien-Śmith", "李", "=HYPERLINK(1)"])
def test_names_of_any_kind_are_taken(text):
    assert cells.label(text, most=40) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\x07b", "cannot be seen"),
        ("#REF!", "is an error of the spreadsheet"),
        ("x" * 41, "is longer than 40 characters"),
    ],
)
def test_a_label_refuses_what_no_label_is(text, words):
    with pytest.raises(BadCell, match=words):
        cells.label(text, most=40)


@pytest.mark.parametrize("text", ["12.5", "-1", "1e9", "NaN", "٣", "99999999999", "a"])
def test_whole_numbers_are_whole(text):
    with pytest.raises(BadCell):
        cells.whole_number(text)


def test_a_table_goes_out_harmless_and_comes_in_as_it_was():
    from qipathway.core.sheets import read_sheet

    row = ["=1+1", "+49", "-2", "@x", "plain", "O'Brien"]
    content = as_csv([["A", "B", "C", "D", "E", "F"], row])
    assert "'=1+1,'+49,'-2,'@x,plain,O'Brien" in content.decode("utf-8-sig")
    assert list(read_sheet(content).lines[0].cells) == row
