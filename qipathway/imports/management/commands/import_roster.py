"""Bring in the roster of residents from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in the roster of residents: all of a CSV or Excel file, or nothing."
    kind = "roster"
