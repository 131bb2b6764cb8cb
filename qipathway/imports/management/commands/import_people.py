"""Bring in people and their roles from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in people and their roles: all of a CSV or Excel file, or nothing."
    kind = "people"
