"""How to ask about rounds, applications and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday, Now

from ..rules import DIRECTORATE, programs_where, residents_where
from ..states import Role
from .states import (
    DECIDABLE,
    JUDGED,
    KEPT,
    SEATED,
    TAKE_BACK,
    UNSENT,
    WAITED_FOR,
    ApplicationState,
)

if TYPE_CHECKING:
    from .models import Application, Rating, Round


class RoundQuerySet(QuerySet["Round"]):
    def visible_to(self, user: User) -> RoundQuerySet:
        """The rounds of the programs whose director or coordinator the user is."""
        return self.filter(program_id__in=programs_where(user, *DIRECTORATE))

    def latest_first(self) -> RoundQuerySet:
        return self.order_by("-opens_at", "-pk")


class ApplicationQuerySet(QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """One's own, those one was asked to judge, and what was sent to one's program.

        Nobody reads a draft but its writer. Nobody sees a declined application once the decision
        can no longer be taken back.
        """
        ratings: RatingQuerySet = apps.get_model("selection", "Rating").objects.all()
        asked = ratings.filter(application=OuterRef("pk"), reviewer=user).without_conflict()
        sent = ~Q(state__in=[*UNSENT, ApplicationState.WITHDRAWN])
        here = Q(program_id__in=programs_where(user, *DIRECTORATE))
        own = Q(resident__in=residents_where(user, Role.RESIDENT))
        judged = Q(program_id__in=programs_where(user, Role.REVIEWER)) & Exists(asked)
        return self.shown().filter(own | sent & (here | judged))

    def shown(self) -> ApplicationQuerySet:
        """All but those that were declined for good."""
        return self.filter(~Q(state=ApplicationState.DECLINED) | Q(judged_at__gt=Now() - TAKE_BACK))

    def waited_for(self) -> ApplicationQuerySet:
        """Those whose resident was invited and has neither answered nor handed in."""
        return self.filter(state__in=WAITED_FOR)

    def seated(self) -> ApplicationQuerySet:
        """Those that take one of the seats: offered, accepted and enrolled."""
        return self.filter(state__in=SEATED)

    def decided(self) -> ApplicationQuerySet:
        """Those with a decision that was not released yet, about what was handed in last."""
        fresh = Q(decided_at__gte=F("submitted_at"))
        return self.filter(fresh, state__in=DECIDABLE).exclude(decision="")

    def untold(self) -> ApplicationQuerySet:
        """Those whose released decision can still be taken back; nobody else knows of it."""
        return self.filter(state__in=JUDGED, judged_at__gt=Now() - TAKE_BACK)

    def in_line(self) -> ApplicationQuerySet:
        """Those on the wait-list, in the order in which places are offered to them."""
        return self.filter(state=ApplicationState.WAIT_LISTED).order_by("place_in_line", "pk")

    def expired(self) -> ApplicationQuerySet:
        """Those whose words are due to be erased: their day has come, or nothing was sent."""
        never_sent = Q(state__in=UNSENT, round__closes_at__lt=Now() - KEPT)
        its_day = Q(expires_on__lte=LocalToday(F("program__zone")))
        return self.filter(its_day | never_sent, erased_at=None)

    def by_name(self) -> ApplicationQuerySet:
        return self.order_by("resident__person__family_name", "resident__person__given_name", "pk")


class RatingQuerySet(QuerySet["Rating"]):
    def visible_to(self, user: User) -> RatingQuerySet:
        """One's own of what is before reviewers, where one is still a reviewer."""
        applications = apps.get_model("selection", "Application").objects.all()
        shown = applications.shown().filter(pk=OuterRef("application"))
        shown = shown.exclude(state__in=[*UNSENT, ApplicationState.WITHDRAWN])
        here = self.filter(program_id__in=programs_where(user, Role.REVIEWER), reviewer=user)
        return here.filter(Exists(shown), conflict="")

    def of_round(self, round_: Round) -> RatingQuerySet:
        return self.filter(application__round=round_)

    def waiting(self) -> RatingQuerySet:
        """Those that somebody was asked for and has not handed in since it was last sent."""
        stale = Q(submitted_at=None) | Q(submitted_at__lt=F("application__submitted_at"))
        return self.filter(stale, conflict="")

    def revealed(self) -> RatingQuerySet:
        """Those of which the other one is in too; nobody reads another's score before that."""
        same = self.model.objects.filter(application=OuterRef("application"))
        other = same.judged().exclude(pk=OuterRef("pk"))
        return self.judged().filter(Exists(other), ~Exists(same.waiting()))

    def judged(self) -> RatingQuerySet:
        """Those that are in: all three criteria scored, and handed in, on the words as they are."""
        return self.filter(submitted_at__gte=F("application__submitted_at"))

    def without_conflict(self) -> RatingQuerySet:
        return self.filter(conflict="").order_by(F("pk"))
