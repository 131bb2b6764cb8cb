"""How to ask about projects and charters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, FilteredRelation, Func, OuterRef, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday
from residents.rules import OFFICE, programs_where, residents_where
from residents.states import Role

from .screening import NAMES
from .states import Stage

if TYPE_CHECKING:
    from .models import Charter, Project


class Array(Func):
    """PostgreSQL's ``ARRAY[...]`` of columns, so that six answers come as one value."""

    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(BooleanField(null=True))


class ProjectQuerySet(QuerySet["Project"]):
    def visible_to(self, user: User) -> ProjectQuerySet:
        """One's own, those one coaches or sponsors, and all of programs whose office one is in."""
        return self.filter(
            Q(program_id__in=programs_where(user, *OFFICE))
            | Q(resident_id__in=residents_where(user, Role.RESIDENT, Role.COACH, Role.SPONSOR))
        )

    def open(self) -> ProjectQuerySet:
        return self.exclude(state=Stage.CLOSED)

    def latest_last(self) -> ProjectQuerySet:
        """In the order in which they were opened: of a resident's projects, the last counts."""
        return self.order_by("opened_on", "pk")

    def with_standing(self) -> ProjectQuerySet:
        """Annotate all that gates and boards look at, flat: one row a project, no further query.

        The names stand on a row of ``values_list(named=True)`` as they do on a model.
        """
        owner, signer = "charter__process_owner__person", "charter__signed_by"
        return self.annotate(
            current=FilteredRelation("entries", condition=Q(entries__left_on=None)),
            entered_on=F("current__entered_on"),
            has_process=~Q(charter__area="") & ~Q(charter__process=""),
            has_scope=~Q(charter__first_step="") & ~Q(charter__last_step=""),
            has_reason=~Q(charter__why_it_matters=""),
            owner_given=F(f"{owner}__given_name"),
            owner_family=F(f"{owner}__family_name"),
            signer_given=F(f"{signer}__given_name"),
            signer_family=F(f"{signer}__family_name"),
            ready_at=F("charter__ready_at"),
            answers=Array(*(F(f"screen__{name}") for name in NAMES)),
            irb_decided=~Q(screen__irb_outcome=""),
        )

    def for_page(self) -> ProjectQuerySet:
        """Everything that a project's own page shows of the project itself."""
        return self.with_standing().select_related(
            "program",
            "resident__person",
            "charter__process_owner__person",
            "charter__signed_by",
            "screen",
        )


class CharterQuerySet(QuerySet["Charter"]):
    def awaiting_signature_of(self, person: User | OuterRef) -> CharterQuerySet:
        """Complete but for the signature of this person, who sponsors the resident today."""
        tie = "project__resident__ties__"
        today = LocalToday(F(f"{tie}program__zone"))
        ties = {f"{tie}person": person, f"{tie}role": Role.SPONSOR, f"{tie}since__lte": today}
        return self.filter(
            Q(**{f"{tie}until": None}) | Q(**{f"{tie}until__gte": today}),
            project__state=Stage.CHARTER,
            signed_at=None,
            ready_at__isnull=False,
            **ties,
        )
