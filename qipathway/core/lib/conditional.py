"""Pages that need not be drawn again while nothing of what they show has changed."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

SUFFIXES = frozenset({".py", ".html", ".css", ".js"})


def etag(request: HttpRequest, viewer: int, facts: Iterable[object]) -> str:
    """Return the strong tag of one person's page: whoever else looks gets another.

    Beside the facts it holds what is in every page: the address with its filters, the session and
    its token for forms (a form of an older sign-in would be refused), and the program's own text.
    """
    secret = request.META.get("CSRF_COOKIE", "")
    own = (viewer, request.session.session_key, secret, request.get_full_path(), drawn_by())
    said = "\x1f".join(str(part) for part in (*own, *facts))
    return f'"{sha256(said.encode()).hexdigest()}"'


def answer_unless_known(
    request: HttpRequest, tag: str, draw: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer 304 to a browser that holds the page of ``tag``; draw it otherwise.

    A page with a message on it is drawn and kept nowhere: it says something once.
    """
    if len(get_messages(request)):
        return draw()
    response = get_conditional_response(request, etag=tag) or draw()
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@lru_cache(maxsize=1)
def drawn_by() -> int:
    """Return when the newest of the files that draw pages was written; the same in every worker."""
    rooms = [room for room in settings.BASE_DIR.iterdir() if (room / "__init__.py").exists()]
    rooms += [settings.BASE_DIR / "templates", settings.BASE_DIR / "static"]
    files = (path for room in rooms for path in room.rglob("*") if path.suffix in SUFFIXES)
    return max(path.stat().st_mtime_ns for path in files)
