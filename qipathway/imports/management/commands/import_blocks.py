"""Bring in the block schedule from a file."""

from qipathway.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in the block schedule: all of a CSV or Excel file, or nothing."
    kind = "blocks"
