"""How to ask about projects, charters and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday
from qipathway.core.timeline.models import Event
from residents.models import Settlement
from residents.rules import OFFICE, programs_where, residents_where
from residents.states import MembershipState, Role

from .requirements import CAPSTONE
from .screening import NAMES
from .states import Phase, Stage

if TYPE_CHECKING:
    from .models import Charter, Measure, Point, PriorWork, Project

BASELINE_POINTS = 10
"""How many who has no running place on the pathway is asked for."""


class Array(Func):
    """PostgreSQL's ``ARRAY[...]`` of columns, so that six answers come as one value."""

    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(BooleanField(null=True))


class ProjectQuerySet(QuerySet["Project"]):
    def visible_to(self, user: User) -> ProjectQuerySet:
        """One's own, those one coaches or sponsors, and all of programs whose office one is in."""
        return self.filter(_seen_by(user))

    def with_touch(self) -> ProjectQuerySet:
        """Annotate when something was last recorded of each project."""
        kind = ContentType.objects.get_for_model(self.model)
        events = Event.objects.filter(
            about=OuterRef("resident__person"), subject_type=kind, subject_id=OuterRef("pk")
        )
        return self.annotate(touched_at=Subquery(events.order_by("-at").values("at")[:1]))

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
            prior=FilteredRelation("prior_works", condition=Q(prior_works__withdrawn_at=None)),
            prior_stage=F("prior__stage"),
            **_measured(),
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


class PriorWorkQuerySet(QuerySet["PriorWork"]):
    def standing(self) -> PriorWorkQuerySet:
        """Without what was signed by mistake and taken back."""
        return self.filter(withdrawn_at=None)


class CharterQuerySet(QuerySet["Charter"]):
    def awaiting_signature_of(self, person: User | OuterRef) -> CharterQuerySet:
        """Complete but for the signature of this person, who sponsors the resident today.

        Of who has left the pathway nothing is signed any more.
        """
        tie = "project__resident__ties__"
        today = LocalToday(F(f"{tie}program__zone"))
        ties = {f"{tie}person": person, f"{tie}role": Role.SPONSOR, f"{tie}since__lte": today}
        return self.filter(
            Q(**{f"{tie}until": None}) | Q(**{f"{tie}until__gte": today}),
            project__state=Stage.CHARTER,
            signed_at=None,
            ready_at__isnull=False,
            project__resident__memberships__state=MembershipState.ACTIVE,
            **ties,
        )


class MeasureQuerySet(QuerySet["Measure"]):
    def visible_to(self, user: User) -> MeasureQuerySet:
        """Whoever may see the project may see what it measures."""
        return self.filter(_seen_by(user, "project__"))

    def for_page(self) -> MeasureQuerySet:
        """Everything that a measure's own page shows beside its points."""
        return self.select_related("program", "project__program", "project__resident__person")


class PointQuerySet(QuerySet["Point"]):
    def there(self) -> PointQuerySet:
        """Without those that were taken out."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> PointQuerySet:
        """Whoever may see the project may see its numbers."""
        return self.filter(_seen_by(user, "measure__project__"))

    def for_page(self) -> PointQuerySet:
        """A point with its measure and project."""
        return self.select_related(
            "program", "measure__program", "measure__project__resident__person"
        )


def _seen_by(user: User, project: str = "") -> Q:
    """Say whose projects ``user`` sees; ``project`` is the way from a row to its project."""
    own = residents_where(user, Role.RESIDENT, Role.COACH, Role.SPONSOR)
    return Q(program_id__in=programs_where(user, *OFFICE)) | Q(**{f"{project}resident_id__in": own})


def _measured() -> dict[str, Any]:
    """Annotate how far a project has measured, and what its version of the pathway asks for.

    Subqueries, because two joins to many would multiply each other: the longest baseline, whether
    a short one is explained, the last value after the change, what of it the director settled,
    and the day the event was over.
    """
    points = _rows("Point").there().filter(measure__project=OuterRef("pk")).order_by()
    baselines = points.filter(phase=Phase.BASELINE).values("measure").annotate(count=Count("pk"))
    entries = _rows("StageEntry").filter(project=OuterRef("pk"), stage=Stage.EVENT_HELD)
    signed = Settlement.objects.standing().filter(
        resident=OuterRef("resident"), requirement__startswith=CAPSTONE
    )
    version = "place__cohort__version__"
    return {
        "place": FilteredRelation(
            "resident__memberships",
            condition=Q(resident__memberships__state=MembershipState.ACTIVE),
        ),
        "baseline": Subquery(baselines.order_by("-count").values("count")[:1]),
        "baseline_needed": Coalesce(F(f"{version}baseline_points"), BASELINE_POINTS),
        "few_explained": Exists(
            _rows("Measure").filter(project=OuterRef("pk")).exclude(few_points="")
        ),
        "remeasure_days": F(f"{version}remeasure_days"),
        "last_after": Subquery(points.filter(phase=Phase.AFTER).order_by("-day").values("day")[:1]),
        "settled": ArraySubquery(signed.order_by().values("requirement")),
        "event_on": Subquery(entries.order_by().values("left_on")[:1]),
    }


def _rows(name: str) -> Any:
    return apps.get_model("capstone", name)._default_manager.all()
