"""Tables in files: read from whatever a spreadsheet saved, refused in words, written safely."""

from .reading import read_sheet
from .table import Line, Sheet, Unreadable

__all__ = ["Line", "Sheet", "Unreadable", "read_sheet"]
