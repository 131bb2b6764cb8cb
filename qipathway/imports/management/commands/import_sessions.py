"""Bring in class sessions from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in class sessions: all of a CSV or Excel file, or nothing."
    kind = "sessions"
