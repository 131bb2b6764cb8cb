"""How to ask about classes, bookings and homework."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from qipathway.core.accounts.models import User
from residents.models import Resident, RoleGrant, Settlement
from residents.rules import (
    DIRECTORATE,
    OFFICE,
    OVERSEERS,
    pools_of,
    programs_where,
    residents_where,
)
from residents.states import Role

from .requirements import CLASS, HOMEWORK
from .states import ActivityKind, BookingState, HomeworkState, SessionState

if TYPE_CHECKING:
    from .models import (
        Activity,
        Booking,
        Completion,
        Contribution,
        Course,
        Homework,
        Session,
        StandUp,
    )


def _taught_by(user: User, path: str) -> Q:
    """The condition that the user is the instructor at ``path``, and still holds a role there."""
    return Q(**{path: user}, program_id__in=programs_where(user, *Role))


def _left_to_pool(user: User) -> Q:
    """The condition that homework falls to the coach pool, and the user is in it."""
    coach = RoleGrant.objects.active().of_role(Role.COACH).filter(resident=OuterRef("resident"))
    here = {
        "person": OuterRef("booking__session__instructor"),
        "program": OuterRef("program"),
        "person__is_active": True,
    }
    teaches = Exists(RoleGrant.objects.active().filter(**here))
    learns = Exists(Resident.objects.filter(**here))
    return Q(~Exists(coach), ~teaches, ~learns, program_id__in=pools_of(user))


def _is_settled() -> Exists:
    """The condition that the director credited homework, or waived it alone or with its class."""
    uid = Cast(OuterRef("course__uid"), CharField())
    keys = [Concat(Value(start), uid) for start in (HOMEWORK, CLASS)]
    signed = Settlement.objects.standing()
    return Exists(signed.filter(resident=OuterRef("resident"), requirement__in=keys))


class CourseQuerySet(QuerySet["Course"]):
    def visible_to(self, user: User) -> CourseQuerySet:
        """The catalogue of every program the user belongs to."""
        return self.filter(program_id__in=programs_where(user, *Role))

    def required(self) -> CourseQuerySet:
        return self.filter(is_required=True)


class SessionQuerySet(QuerySet["Session"]):
    def visible_to(self, user: User) -> SessionQuerySet:
        """The sessions of every program the user belongs to."""
        return self.filter(program_id__in=programs_where(user, *Role))

    def scheduled(self) -> SessionQuerySet:
        return self.filter(state=SessionState.SCHEDULED)

    def starting_after(self, instant: datetime) -> SessionQuerySet:
        return self.filter(starts_at__gt=instant)

    def with_seats(self) -> SessionQuerySet:
        """Annotate ``taken``, seats booked, attended or missed, and ``unmarked``, only booked."""
        taken = ~Q(bookings__state=BookingState.WITHDRAWN)
        unmarked = Q(bookings__state=BookingState.BOOKED)
        return self.annotate(
            taken=Count("bookings", filter=taken, distinct=True),
            unmarked=Count("bookings", filter=unmarked, distinct=True),
        )

    def for_list(self) -> SessionQuerySet:
        """What a list of sessions shows, in order of time."""
        return (
            self.select_related("course", "instructor", "program")
            .with_seats()
            .order_by("starts_at", "course__position", "pk")
        )


class BookingQuerySet(QuerySet["Booking"]):
    def visible_to(self, user: User) -> BookingQuerySet:
        """One's own, one's mentees', those of sessions one teaches or programs one administers."""
        return self.filter(
            Q(program_id__in=programs_where(user, *DIRECTORATE))
            | Q(resident_id__in=residents_where(user, Role.RESIDENT, Role.COACH))
            | _taught_by(user, "session__instructor")
        )

    def live(self) -> BookingQuerySet:
        return self.exclude(state=BookingState.WITHDRAWN)


class CompletionQuerySet(QuerySet["Completion"]):
    def visible_to(self, user: User) -> CompletionQuerySet:
        """One's own, one's mentees', and those of programs whose story one may read."""
        return self.filter(
            Q(program_id__in=programs_where(user, *OFFICE))
            | Q(resident_id__in=residents_where(user, Role.RESIDENT, Role.COACH))
        )

    def standing(self) -> CompletionQuerySet:
        """What was not withdrawn."""
        return self.filter(withdrawn_at=None)


class ActivityQuerySet(QuerySet["Activity"]):
    def visible_to(self, user: User) -> ActivityQuerySet:
        """One's own and one's mentees'; of programs one runs, PSA meetings only to a director."""
        return self.filter(
            Q(resident_id__in=residents_where(user, Role.RESIDENT, Role.COACH))
            | Q(program_id__in=programs_where(user, Role.DIRECTOR))
            | (Q(program_id__in=programs_where(user, *OFFICE)) & ~Q(kind=ActivityKind.PSA_MEETING))
        )


class ContributionQuerySet(QuerySet["Contribution"]):
    def visible_to(self, user: User) -> ContributionQuerySet:
        """One's own, one's mentees', and all of the programs one oversees."""
        return self.filter(
            Q(program_id__in=programs_where(user, *OVERSEERS))
            | Q(resident_id__in=residents_where(user, Role.RESIDENT, Role.COACH))
        )

    def confirmed(self) -> ContributionQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def for_list(self) -> ContributionQuerySet:
        """What a list shows of each."""
        return self.select_related("program", "resident__person", "confirmed_by")


class HomeworkQuerySet(QuerySet["Homework"]):
    def visible_to(self, user: User) -> HomeworkQuerySet:
        """One's own, one's mentees', of sessions one teaches or programs one administers.

        The coach pool sees what has neither a coach nor an instructor to answer it. A draft is
        its author's alone.
        """
        own = Q(resident_id__in=residents_where(user, Role.RESIDENT))
        others = (
            Q(program_id__in=programs_where(user, *DIRECTORATE))
            | Q(resident_id__in=residents_where(user, Role.COACH))
            | _taught_by(user, "booking__session__instructor")
            | _left_to_pool(user)
        )
        return self.filter(own | (others & ~Q(state=HomeworkState.DRAFT)))

    def open(self) -> HomeworkQuerySet:
        """What its resident still has to do something about."""
        return self.filter(state__in=(HomeworkState.DRAFT, HomeworkState.RETURNED))

    def waiting(self) -> HomeworkQuerySet:
        """Handed in and not answered yet, longest wait first."""
        handed_in = self.unsettled().filter(state=HomeworkState.SUBMITTED)
        return handed_in.order_by("submitted_at", "pk")

    def with_settled(self) -> HomeworkQuerySet:
        """Annotate whether the director credited it, or waived it alone or with its class."""
        return self.annotate(is_settled=_is_settled())

    def unsettled(self) -> HomeworkQuerySet:
        """Without what the director credited or waived."""
        return self.filter(~_is_settled())

    def for_review_by(self, user: User) -> HomeworkQuerySet:
        """What waits for this person: of mentees, of sessions they teach, and left to the pool."""
        return self.waiting().filter(
            Q(resident_id__in=residents_where(user, Role.COACH))
            | _taught_by(user, "booking__session__instructor")
            | _left_to_pool(user)
        )

    def for_page(self) -> HomeworkQuerySet:
        """Everything that a homework page or a row of a list shows."""
        return self.select_related(
            "course", "program", "resident__person", "booking__session__instructor"
        )


class StandUpQuerySet(QuerySet["StandUp"]):
    def visible_to(self, user: User) -> StandUpQuerySet:
        """The stand-ups of every program the user belongs to."""
        return self.filter(program_id__in=programs_where(user, *Role))
