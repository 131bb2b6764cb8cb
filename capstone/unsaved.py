"""Words that arrived after their writer had been signed out, kept until they are back.

They wait in the visitor's own session, which signing in keeps, so that nothing typed is lost even
without scripts. Only the session that sent them is shown them, and only behind the project's door.
A session has room for one charter, the one sent last: whoever is signed out could fill it else.
"""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest

SLOT = "unsaved-charter"
LONGEST = 4000


def keep(request: HttpRequest, uid: UUID, names: Collection[str]) -> None:
    """Keep what was sent for the named fields of one project, instead of what was kept before."""
    sent = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in names}
    request.session[SLOT] = {"uid": str(uid), "words": sent}


def found(request: HttpRequest, uid: UUID) -> dict[str, str]:
    """Return what was kept; nothing is taken out, because looking changes nothing."""
    kept = request.session.get(SLOT, {})
    return kept["words"] if kept.get("uid") == str(uid) else {}


def forget(request: HttpRequest, uid: UUID) -> None:
    """Let go of it, once it is saved."""
    if found(request, uid):
        del request.session[SLOT]
