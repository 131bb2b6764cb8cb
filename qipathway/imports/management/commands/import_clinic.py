"""Bring in the clinic pattern from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in the clinic pattern: all of a CSV or Excel file, or nothing."
    kind = "clinic"
