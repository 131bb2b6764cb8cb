"""Which outcomes of a selection owe a letter, and what still holds when it goes out.

Nothing about a decision goes out before it can no longer be taken back: the letter is due then,
and the claim asks once more.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import Now
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice

from .models import Application, Rating, Round
from .states import DECIDABLE, TAKE_BACK, ApplicationState

OFFERED = "selection.offered"
WAIT_LISTED = "selection.wait_listed"
DECLINED = "selection.declined"
PROMOTED = "selection.promoted"
REVIEWS_ASKED = "selection.reviews_asked"
LETTER_USEFUL = timedelta(days=14)
ASKED_FOR = timedelta(days=7)
DECISION_KINDS = {
    ApplicationState.OFFERED: OFFERED,
    ApplicationState.WAIT_LISTED: WAIT_LISTED,
    ApplicationState.DECLINED: DECLINED,
}


def final(state: ApplicationState) -> QuerySet[Application]:
    """Still stands as the letter says, and can no longer be taken back."""
    return Application.objects.filter(
        pk=OuterRef("object_id"), state=state, judged_at__lte=Now() - TAKE_BACK
    )


def open_reviews() -> QuerySet[Round]:
    """The recipient has something to rate in the round."""
    waiting = Rating.objects.waiting().filter(
        application__round=OuterRef("pk"),
        application__state__in=DECIDABLE,
        reviewer=OuterRef(OuterRef("recipient_id")),
    )
    return Round.objects.filter(Exists(waiting), pk=OuterRef("object_id"))


def write_outcome(notices: Sequence[Notice], recipient: User) -> Message:
    """Tell an applicant what was decided; the reason stays with the director."""
    notice = notices[0]
    applications = Application.objects.select_related("program", "round__cohort")
    application = applications.get(pk=notice.object_id)
    return letter(
        notice.kind.replace(".", "_"),
        person=recipient,
        application=application,
        link=application.get_absolute_url(),
    )


def write_reviews_asked(notices: Sequence[Notice], recipient: User) -> Message:
    """Tell a reviewer how many applications wait for them."""
    round_ = Round.objects.select_related("program", "cohort").get(pk=notices[0].object_id)
    waiting = Rating.objects.waiting().filter(application__round=round_, reviewer=recipient)
    return letter("selection_reviews_asked", person=recipient, round=round_, count=waiting.count())


KINDS = (
    Kind(
        OFFERED,
        live=lambda: final(ApplicationState.OFFERED),
        render=write_outcome,
        ambiguous="hold",
    ),
    Kind(
        WAIT_LISTED,
        live=lambda: final(ApplicationState.WAIT_LISTED),
        render=write_outcome,
        ambiguous="hold",
    ),
    Kind(
        DECLINED,
        live=lambda: final(ApplicationState.DECLINED),
        render=write_outcome,
        ambiguous="hold",
    ),
    Kind(
        PROMOTED,
        live=lambda: final(ApplicationState.OFFERED),
        render=write_outcome,
        ambiguous="hold",
    ),
    Kind(REVIEWS_ASKED, live=open_reviews, render=write_reviews_asked),
)
"""What the roof registers."""
