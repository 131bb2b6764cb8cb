"""Hand a stored file to a browser. The caller's view has opened the door already."""

import logging

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from . import storage
from .models import StoredFile
from .states import ScanState

logger = logging.getLogger(__name__)

OPAQUE = "application/octet-stream"
NAMED = frozenset({"application/pdf", "image/png", "image/jpeg"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
WHY_NOT = {
    ScanState.PENDING: (
        "This file is still being checked.",
        "Nothing is lost. It will open here as soon as the check is done, usually in minutes.",
    ),
    ScanState.QUARANTINED: (
        "This file was set aside.",
        f"Nobody can open it for now. If you need it, ask {settings.KEEPER}.",
    ),
}
MISSING_HELP = (
    f"It was received, but the stored copy cannot be found. Ask {settings.KEEPER} to have it "
    "restored from the backup; if you still have the file, send it again."
)
MISSING = ("This file is missing.", MISSING_HELP)


def serve(
    file: StoredFile, request: HttpRequest, *, inline: bool = False
) -> FileResponse | HttpResponse:
    """Return the file as a download, or a page that says in words why it cannot be had.

    ``inline`` shows a picture in the page, which is safe because it was drawn anew; anything else
    is a download regardless. The sandbox takes scripts from whatever a browser opens in its place.
    """
    if not file.is_ready:
        return _say(request, *WHY_NOT[ScanState(file.state)], status=409)
    try:
        content = storage.read(file.path)
    except FileNotFoundError:
        logger.exception("The stored copy of file %s is missing.", file.uid)
        return _say(request, *MISSING, status=404)
    return FileResponse(
        content,
        as_attachment=not (inline and file.is_picture),
        filename=file.name,
        content_type=file.media_type if file.media_type in NAMED else OPAQUE,
        headers=HEADERS,
    )


def _say(request: HttpRequest, title: str, text: str, *, status: int) -> HttpResponse:
    words = {"title": title, "text": text}
    return render(request, "files/file_unavailable.html", words, status=status)
