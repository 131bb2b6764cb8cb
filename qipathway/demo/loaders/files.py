"""The demo's files."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Read a file of the demo, with its cells trimmed."""
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            {header: (cell or "").strip() for header, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def words(cell: str) -> list[str]:
    """Return the parts of a cell that holds a list."""
    return [word.strip() for word in cell.split(";") if word.strip()]
