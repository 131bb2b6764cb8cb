"""From the text of a cell to a value: days, clocks, numbers, yes and no. Pure; knows no subject.

Every parser takes a tidy text that is not empty and raises ``BadCell`` in words that go after the
cell's own ("“30 Feb” is not a day that exists").
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from qipathway.core.lib.forms import YEARS

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?")
DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-.]+([a-z]{3,9})[\s\-.,]+(\d{4})", re.IGNORECASE
)
MONTH_NAMED = re.compile(
    r"([a-z]{3,9})\.?[\s\-]+(\d{1,2})(?:st|nd|rd|th)?[\s\-,]+(\d{4})", re.IGNORECASE
)
SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?(?::\d\d)?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)
SPREADSHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
YES = frozenset({"yes", "y", "true", "1", "x", "on"})
NO = frozenset({"no", "n", "false", "0", "off", "-"})
NOON = 12


class BadCell(ValueError):
    """A cell that does not say what its column is for."""


class DayOrder(StrEnum):
    """How a day is written in numbers, when the year comes last."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


@dataclass(frozen=True, slots=True)
class Orders:
    """What the days of a file give away: orders that some need, and one that fits both."""

    needed: frozenset[DayOrder]
    either_way: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person has to say what is meant."""
        return len(self.needed) > 1 or (not self.needed and bool(self.either_way))

    @property
    def order(self) -> DayOrder:
        """The order that the file shows; only of meaning if nothing is open."""
        return next(iter(self.needed), DayOrder.MONTH_FIRST)


def orders_of(texts: Iterable[str]) -> Orders:
    """Return what is known of the order of days by all of them together."""
    needed, either_way = set(), ""
    for text in texts:
        found = NUMERIC.fullmatch(text)
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first > NOON >= second:
            needed.add(DayOrder.DAY_FIRST)
        elif second > NOON >= first:
            needed.add(DayOrder.MONTH_FIRST)
        elif first != second and max(first, second) <= NOON:
            either_way = either_way or text
    return Orders(frozenset(needed), either_way)


def fold(text: str) -> str:
    """Return a text for comparing: without case, accents, spaces and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in bare.casefold() if c.isalnum())


def day(text: str, order: DayOrder) -> date:
    """Return a calendar day; numbers with the year last are read in the given order."""
    if found := ISO.fullmatch(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := NUMERIC.fullmatch(text):
        first, second, year = map(int, found.groups())
        month, number = (first, second) if order == DayOrder.MONTH_FIRST else (second, first)
        return _day(text, year, month, number, order)
    if found := DAY_NAMED.fullmatch(text):
        return _day(text, int(found[3]), _month(text, found[2]), int(found[1]))
    if found := MONTH_NAMED.fullmatch(text):
        return _day(text, int(found[3]), _month(text, found[1]), int(found[2]))
    if SHORT_YEAR.fullmatch(text):
        raise BadCell("has a year of two digits. Write all four")
    if SERIAL.fullmatch(text):
        raise BadCell("is a number, not a day. Format the column as a date and save it again")
    raise BadCell("is not a day. Write it like 2026-07-01")


def _day(text: str, year: int, month: int, number: int, order: DayOrder | None = None) -> date:
    if year not in YEARS:
        raise BadCell(f"is not between the years {YEARS[0]} and {YEARS[-1]}")
    try:
        return date(year, month, number)
    except ValueError:
        read = f", read {order.replace('_', ' ')}" if order else ""
        raise BadCell(f"is not a day that exists{read}") from None


def _month(text: str, word: str) -> int:
    short = word[:3].casefold()
    if short not in MONTHS:
        raise BadCell("names no month")
    return MONTHS.index(short) + 1


def clock(text: str) -> time:
    """Return a time of day, written with 24 hours or with am and pm."""
    found = CLOCK.fullmatch(text)
    if not found or not (found[2] or found[3]):
        raise BadCell("is not a time of day. Write it like 13:00 or 1:00 pm")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= NOON:
            raise BadCell("is not a time of day")
        hour = hour % NOON + (NOON if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise BadCell("is not a time of day") from None


def yes_or_no(text: str) -> bool:
    """Return what a cell of yes and no says."""
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell("is neither yes nor no")


def whole_number(text: str, *, least: int = 0, most: int = 32_767) -> int:
    """Return a whole number within bounds."""
    plain = text.removesuffix(".0")
    if not re.fullmatch(r"\d{1,9}", plain) or not plain.isascii():
        raise BadCell("is not a whole number")
    number = int(plain)
    if not least <= number <= most:
        raise BadCell(f"is not between {least} and {most:,}")
    return number


def email(text: str) -> str:
    """Return an address in its one spelling; raises for what no mail server would take."""
    address = unicodedata.normalize("NFC", text).strip().casefold()
    try:
        validate_email(address)
    except ValidationError:
        raise BadCell("is not an e-mail address") from None
    return address


def label(text: str, *, most: int) -> str:
    """Return a text of one line; line breaks within become spaces."""
    line = " ".join(text.split())
    _refuse_controls(line)
    if len(line) > most:
        raise BadCell(f"is longer than {most} characters")
    return line


def prose(text: str, *, most: int) -> str:
    """Return a text of several lines."""
    _refuse_controls(text.replace("\n", "").replace("\t", ""))
    if len(text) > most:
        raise BadCell(f"is longer than {most:,} characters")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def words(text: str) -> list[str]:
    """Return the parts of a cell that holds a list, separated by semicolons or line breaks."""
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]", text))
    return list(dict.fromkeys(part for part in parts if part))


def one_of(text: str, choices: Mapping[str, str]) -> str:
    """Return the value of a choice, found by a word for it; the words are compared folded."""
    found = {fold(word): value for word, value in choices.items()}.get(fold(text))
    if found is None:
        raise BadCell(f"is not known here. Known are: {', '.join(dict.fromkeys(choices))}")
    return found


def _refuse_controls(text: str) -> None:
    if any(unicodedata.category(c) == "Cc" and c != "\r" for c in text):
        raise BadCell("holds a character that cannot be seen. Type it anew")
    if SPREADSHEET_ERROR.fullmatch(text):
        raise BadCell("is an error of the spreadsheet, not a value")
