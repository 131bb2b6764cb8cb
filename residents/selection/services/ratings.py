"""What reviewers do: rate, change their mind, or say that they are too close."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Application, Rating
from ..reads.assigning import least_loaded, reviewer_grants
from ..reads.ranking import WORDS
from ..states import DECIDABLE
from .locks import lock_application
from .reviewing import ask

CLOSED = "Nothing was changed: decisions were released, so ratings can no longer be changed."


@transaction.atomic
def submit_rating(
    rating: Rating, *, scores: Mapping[str, int], comment: str, by: User, at: datetime
) -> Rating:
    """Hand in a rating, or change one that is in: possible until decisions are released.

    The application is locked, so a release either sees this rating or refuses it.
    """
    rating = _lock_open(rating)
    if rating.conflict:
        raise DomainError("You said that you are too close to this applicant.")
    for name in WORDS:
        setattr(rating, name, scores[name])
    rating.comment, rating.submitted_at = comment, at
    rating.save(update_fields=[*WORDS, "comment", "submitted_at"])
    record(by, "selection.submit_rating", rating, about=None, scope=rating.program_id)
    return rating


@transaction.atomic
def declare_conflict(rating: Rating, *, reason: str, by: User, at: datetime) -> Rating | None:
    """Step back from an applicant one is too close to; return the rating asked for instead.

    Scores already given are taken away. The application goes to whoever has least to review of
    those who have nothing to do with it; where there is nobody, the director sees that it needs
    a reviewer.
    """
    rating = _lock_open(rating)
    if rating.conflict:
        raise DomainError("You have stepped back from this application already.")
    for name in WORDS:
        setattr(rating, name, None)
    rating.comment, rating.submitted_at, rating.conflict = "", None, reason
    rating.save(update_fields=[*WORDS, "comment", "submitted_at", "conflict"])
    record(by, "selection.declare_conflict", rating, about=None, scope=rating.program_id)
    return _ask_another(rating.application, at)


def _lock_open(rating: Rating) -> Rating:
    """Lock the application, then read the rating as it is now; refuse once it is decided."""
    application = lock_application(rating.application)
    if application.state not in DECIDABLE:
        raise DomainError(CLOSED)
    found = Rating.objects.select_for_update().filter(pk=rating.pk).first()
    if found is None:
        raise DomainError("Nothing was changed: somebody else reviews this application by now.")
    found.application = application
    return found


def _ask_another(application: Application, at: datetime) -> Rating | None:
    round_ = application.round
    people = {grant.person_id: grant.person for grant in reviewer_grants(round_.program)}
    barred = {application.resident.person_id}
    barred |= set(application.ratings.values_list("reviewer_id", flat=True))
    open_ones = Rating.objects.of_round(round_).waiting()
    loads = Counter(open_ones.values_list("reviewer_id", flat=True))
    for person in least_loaded(people, loads, barred, 1):
        rating = Rating.objects.create(
            program_id=application.program_id, application=application, reviewer=people[person]
        )
        ask(round_, [people[person]], at)
        return rating
    return None
