"""Bring in the class catalogue from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in the class catalogue: all of a CSV or Excel file, or nothing."
    kind = "classes"
