"""Words that arrived after their writer had been signed out, kept until they are back.

They wait in the visitor's own session, which signing in keeps, so that nothing typed is lost even
without scripts. Only the session that sent them is shown them, and only behind the project's door.
"""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest

LONGEST = 4000


def keep(request: HttpRequest, uid: UUID, names: Collection[str]) -> None:
    """Keep what was sent for the named fields of one project."""
    sent = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in names}
    request.session[_key(uid)] = sent


def found(request: HttpRequest, uid: UUID) -> dict[str, str]:
    """Return what was kept; nothing is taken out, because looking changes nothing."""
    return request.session.get(_key(uid), {})


def forget(request: HttpRequest, uid: UUID) -> None:
    """Let go of it, once it is saved."""
    request.session.pop(_key(uid), None)


def _key(uid: UUID) -> str:
    return f"unsaved-charter-{uid}"
