"""Who reviews: named by the director, shared out evenly, changed by hand."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import owe_each
from qipathway.core.timeline.services import record

from ...models import Program, RoleGrant
from ...services import end_grant, grant_role
from ...states import Role
from ..models import Application, Rating, Round
from ..outcomes import ASKED_FOR, REVIEWS_ASKED
from ..reads.assigning import EACH, reviewer_grants
from ..states import APPLICATION_MOVES, DECIDABLE, ApplicationState
from .locks import lock_round


def name_reviewer(program: Program, *, person: User, on: date, by: User) -> RoleGrant:
    """Let somebody review applications of a program from a day on."""
    return grant_role(person, role=Role.REVIEWER, program=program, since=on, by=by)


def dismiss_reviewer(grant: RoleGrant, *, on: date, by: User) -> RoleGrant:
    """Let somebody review no more after a day; what they handed in counts on."""
    return end_grant(grant, on=on, by=by)


@transaction.atomic
def assign_reviewers(
    round_: Round, *, chosen: Mapping[int, Collection[int]], by: User, at: datetime
) -> int:
    """Let applications be reviewed by the people chosen; return how many are newly asked.

    ``chosen`` holds the ids of people by the id of the application; an application that is not
    named stays as it is, and so does a rating that is in. Under the round's lock, so that
    of two who share the work out at once the second starts from what the first did.
    """
    round_ = lock_round(round_)
    reviewers = {grant.person_id: grant.person for grant in reviewer_grants(round_.program)}
    rows = round_.applications.filter(pk__in=chosen, state__in=DECIDABLE)
    applications = list(rows.select_for_update(of=("self",)).select_related("resident__person"))
    fresh: list[Rating] = []
    for application in applications:
        people = [reviewers[key] for key in chosen[application.pk] if key in reviewers]
        fresh += _put_before(application, people)
        if people and application.state == ApplicationState.SUBMITTED:
            move(application, "review", APPLICATION_MOVES)
    Application.objects.bulk_update(applications, ["state"])
    Rating.objects.bulk_create(fresh)
    record(
        by,
        "selection.assign_reviewers",
        round_,
        about=None,
        scope=round_.program_id,
        new=len(fresh),
    )
    ask(round_, {rating.reviewer for rating in fresh}, at)
    return len(fresh)


def ask(round_: Round, reviewers: Iterable[User], at: datetime) -> None:
    """Owe people the news that there is something to review; once a day is enough."""
    owe_each(
        REVIEWS_ASKED,
        reviewers,
        round_,
        scope=round_.program_id,
        due=at,
        expires=at + ASKED_FOR,
        rule=f"{at:%Y-%m-%d}",
    )


def _put_before(application: Application, people: Collection[User]) -> list[Rating]:
    """Return the ratings to be made, after taking away those that are no longer asked for."""
    ratings = list(application.ratings.select_related("reviewer"))
    held = {each.reviewer_id: each for each in ratings}
    done = {each.reviewer_id for each in ratings if each.submitted_at is not None}
    wanted = {person.pk for person in people} | done
    name = application.resident.person.name
    if len(wanted) > EACH or len({person.pk for person in people}) < len(people):
        raise DomainError(f"Choose two different reviewers for {name}.")
    for person in people:
        if person.pk == application.resident.person_id:
            raise DomainError(f"{name} cannot review their own application.")
        if person.pk in held and held[person.pk].conflict:
            raise DomainError(f"{person.name} is too close to {name}. Choose somebody else.")
    gone = [each.pk for each in ratings if each.reviewer_id not in wanted and not each.conflict]
    Rating.objects.filter(pk__in=gone).delete()
    return [
        Rating(program_id=application.program_id, application=application, reviewer=person)
        for person in people
        if person.pk not in held
    ]
