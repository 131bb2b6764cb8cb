"""What the office's pages on rounds show."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from qipathway.core.accounts.models import User

from ...models import Cohort, Program
from ..models import Application, Round
from ..states import SEATED, UNSENT, ApplicationState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were invited to a round, and what became of them."""

    invited: int
    started: int
    sent: int
    unread: int
    in_review: int
    not_now: int
    withdrawn: int
    seated: int


def rounds_of(program: Program) -> list[tuple[Round, int, int]]:
    """Read a program's rounds, the latest first, with how many were invited and how many sent.

    One round an intake, so the list stays short.
    """
    sent = ~Q(applications__state__in=[*UNSENT, ApplicationState.WITHDRAWN])
    rows = Round.objects.filter(program=program).latest_first().select_related("cohort", "program")
    found = rows.annotate(
        asked=Count("applications"),
        sent=Count("applications", filter=sent & Q(applications__isnull=False)),
    )
    return [(each, each.asked, each.sent) for each in found]


def visible_rounds(user: User, slug: str) -> list[Round]:
    """Read the rounds of a program that the user may see, the latest first."""
    return list(Round.objects.visible_to(user).filter(program__slug=slug).latest_first())


def accepted_in(round_: Round) -> list[Application]:
    """Read by name who took their place and is not enrolled yet."""
    accepted = round_.applications.filter(state=ApplicationState.ACCEPTED)
    return list(accepted.select_related("resident__person").by_name())


def applications_in(round_: Round) -> list[Application]:
    """Read everybody invited to a round by name, but those whose decline was told."""
    rows = round_.applications.shown().select_related("resident__person", "program")
    return list(rows.by_name())


def tally(round_: Round) -> Tally:
    """Count a round's applications, those among them that nobody sees any more."""
    states = round_.applications.order_by().values_list("state", flat=True)
    counts = Counter(states)
    return Tally(
        invited=counts.total(),
        started=counts[ApplicationState.STARTED],
        sent=sum(n for s, n in counts.items() if s not in {*UNSENT, ApplicationState.WITHDRAWN}),
        unread=counts[ApplicationState.SUBMITTED],
        in_review=counts[ApplicationState.IN_REVIEW],
        not_now=counts[ApplicationState.NOT_NOW],
        withdrawn=counts[ApplicationState.WITHDRAWN],
        seated=sum(counts[state] for state in SEATED),
    )


def cohorts_without_round(program: Program) -> list[Cohort]:
    """Read the intakes for which a round can still be opened, the latest first."""
    return list(program.cohorts.filter(round=None).order_by("-starts_on"))
