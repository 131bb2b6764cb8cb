"""The demo's files."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Read a file of the demo with its cells trimmed; a row that is there twice counts once."""
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    unique = dict.fromkeys(tuple(cell.strip() for cell in line) for line in lines if line)
    return [dict(zip(header, line, strict=True)) for line in unique]


def words(cell: str) -> list[str]:
    """Return the parts of a cell that holds a list."""
    return [word.strip() for word in cell.split(";") if word.strip()]
