"""How personal links are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from qipathway.core.clock.services import Now

if TYPE_CHECKING:
    from .models import PersonalLink


class PersonalLinkQuerySet(QuerySet["PersonalLink"]):
    def alive(self) -> PersonalLinkQuerySet:
        """Links that still open: not expired, revoked or used up, of a person who may act.

        The person is asked by ``Exists``, not by a join. An update through a join would test the
        row in a subquery, whose answer PostgreSQL does not ask for again after waiting for a lock,
        and two presses of a single-use link could both act.
        """
        active = get_user_model().objects.filter(pk=OuterRef("person_id"), is_active=True)
        return self.filter(
            Q(single_use=False) | Q(used_at=None),
            Exists(active),
            revoked_at=None,
            expires_at__gt=Now(),
        )
