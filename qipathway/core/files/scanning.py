"""The virus scanner's place in the line: a setting, and what to make of its answers.

``settings.FILES_SCANNER`` names a callable that takes the path of a stored file and returns
whether it is clean. Without one, a file is clean by its structure. While the scanner does not
answer (it raises ``ScannerDown``), files wait, and nobody but the scanner reads them.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from .states import ScanState

Scanner = Callable[[str], bool]


class ScannerDown(Exception):
    """The scanner could not be asked; the file keeps waiting and is asked about again."""


def scan(path: str) -> ScanState:
    """Return the state in which a file that was just stored, or waits, belongs."""
    name = getattr(settings, "FILES_SCANNER", "")
    if not name:
        return ScanState.CLEAN
    scanner: Scanner = import_string(name)
    try:
        return ScanState.CLEAN if scanner(path) else ScanState.QUARANTINED
    except ScannerDown:
        return ScanState.PENDING
