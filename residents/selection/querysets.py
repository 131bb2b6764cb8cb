"""How to ask about rounds, applications and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from .states import SEATED

if TYPE_CHECKING:
    from .models import Application, Rating, Round


class RoundQuerySet(QuerySet["Round"]):
    def latest_first(self) -> RoundQuerySet:
        return self.order_by("-opens_at", "-pk")


class ApplicationQuerySet(QuerySet["Application"]):
    def seated(self) -> ApplicationQuerySet:
        """Those that take one of the seats: offered, accepted and enrolled."""
        return self.filter(state__in=SEATED)

    def by_name(self) -> ApplicationQuerySet:
        return self.order_by("resident__person__family_name", "resident__person__given_name", "pk")


class RatingQuerySet(QuerySet["Rating"]):
    def judged(self) -> RatingQuerySet:
        """Those that are in: all three criteria scored, and handed in."""
        return self.filter(submitted_at__isnull=False)

    def without_conflict(self) -> RatingQuerySet:
        return self.filter(conflict="").order_by(F("pk"))
