"""Issue, open, use and revoke personal links. A GET opens, a POST uses.

Mail scanners follow every link they see; therefore nothing that a GET calls writes. Unknown,
truncated, expired, used and revoked links, and those of people who left, are all answered alike.
"""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import Now

from .models import PersonalLink

TOKEN_BYTES = 32


@transaction.atomic
def issue(
    person: User,
    *,
    purpose: str,
    scope: int,
    object_id: int,
    expires_at: datetime,
    single_use: bool = False,
) -> tuple[PersonalLink, str]:
    """Give ``person`` a link for ``purpose`` to one thing; return it and its token.

    The token has 256 random bits and is seen here only: it cannot be shown again. Earlier links
    stay good until they expire, so that a mail which arrives late still works; call
    ``revoke_earlier`` first where a new one must replace them, as with an invitation.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = PersonalLink.objects.create(
        token_hash=hash_of(token),
        purpose=purpose,
        person=person,
        scope_id=scope,
        object_id=object_id,
        expires_at=expires_at,
        single_use=single_use,
    )
    return link, token


def open_link(token: str, purpose: str) -> PersonalLink | None:
    """Return the link that a token stands for, or nothing; reads only."""
    found = PersonalLink.objects.alive().filter(token_hash=hash_of(token), purpose=purpose)
    return found.select_related("person").first()


@transaction.atomic
def use_link(token: str, purpose: str) -> PersonalLink | None:
    """Mark the link as used and return it, or nothing if it does not open (any more).

    Call it first in the transaction of the deed: of two presses on a single-use link the second
    waits for the first, then gets nothing; if the deed fails, the link is as good as before.
    """
    found = PersonalLink.objects.filter(token_hash=hash_of(token), purpose=purpose)
    if not found.alive().update(used_at=Now()):
        return None
    return found.select_related("person").get()


@transaction.atomic
def revoke(link: PersonalLink) -> PersonalLink:
    """Stop a link from opening; harmless when done twice."""
    PersonalLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=Now())
    link.refresh_from_db()
    return link


@transaction.atomic
def revoke_earlier(person: User, *, purpose: str, object_id: int) -> int:
    """Stop every link that ``person`` was given for ``purpose`` to one thing; return how many."""
    earlier = PersonalLink.objects.filter(person=person, purpose=purpose, object_id=object_id)
    return earlier.filter(revoked_at=None).update(revoked_at=Now())


@transaction.atomic
def revoke_all(person: User) -> int:
    """Stop every link that ``person`` was ever given, for whatever purpose; return how many."""
    given = PersonalLink.objects.filter(person=person, revoked_at=None)
    return given.update(revoked_at=Now())


def hash_of(token: str) -> str:
    """Return what is kept of a token; any text has one, so that none raises."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
