"""Bring in completed classes from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in completed classes: all of a CSV or Excel file, or nothing."
    kind = "completions"
