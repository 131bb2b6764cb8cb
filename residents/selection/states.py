"""The way of an application, from the invitation to a place on the pathway."""

from datetime import timedelta

from django.db.models import TextChoices

from qipathway.core.lib.states import arrow


class ApplicationState(TextChoices):
    INVITED = "invited", "Invited"
    STARTED = "started", "Started"
    NOT_NOW = "not_now", "Not now"
    SUBMITTED = "submitted", "Submitted"
    IN_REVIEW = "in_review", "In review"
    OFFERED = "offered", "Offered"
    WAIT_LISTED = "wait_listed", "Wait-listed"
    DECLINED = "declined", "Declined"
    ACCEPTED = "accepted", "Accepted"
    TURNED_DOWN = "turned_down", "Turned down"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENROLLED = "enrolled", "Enrolled"


S = ApplicationState

UNSENT = (S.INVITED, S.STARTED, S.NOT_NOW)
"""Nothing was handed in yet."""

WAITED_FOR = (S.INVITED, S.STARTED)
"""Invited, and neither handed in nor put off: a letter before the window closes helps them."""

JUDGED = (S.OFFERED, S.WAIT_LISTED, S.DECLINED)
"""What releasing decisions leads to; taken back within ten minutes, it is in review again."""

SEATED = (S.OFFERED, S.ACCEPTED, S.ENROLLED)
"""Each takes one of the seats of the round."""

TAKE_BACK = timedelta(minutes=10)
"""For how long released decisions can be taken back; until then they are shown to nobody."""

DECIDABLE = (S.SUBMITTED, S.IN_REVIEW)
"""Waits for a decision; nothing was released yet, or it was taken back."""

ANSWERED = (S.ACCEPTED, S.TURNED_DOWN, S.ENROLLED)
"""The applicant has heard of the offer and said something."""

KEPT = timedelta(days=365)
"""For how long an application without a place is kept before it is erased."""

APPLICATION_MOVES = {
    "start": arrow({S.INVITED, S.NOT_NOW, S.WITHDRAWN}, S.STARTED, "started"),
    "defer": arrow({S.INVITED, S.STARTED}, S.NOT_NOW, "put off"),
    "submit": arrow({S.STARTED}, S.SUBMITTED, "submitted"),
    "reopen": arrow({S.SUBMITTED}, S.STARTED, "opened again"),
    "review": arrow({S.SUBMITTED}, S.IN_REVIEW, "put before reviewers"),
    "offer": arrow({S.SUBMITTED, S.IN_REVIEW}, S.OFFERED, "offered a place"),
    "wait_list": arrow({S.SUBMITTED, S.IN_REVIEW}, S.WAIT_LISTED, "wait-listed"),
    "decline": arrow({S.SUBMITTED, S.IN_REVIEW, S.WAIT_LISTED}, S.DECLINED, "declined"),
    "take_back": arrow(JUDGED, S.IN_REVIEW, "taken back"),
    "promote": arrow({S.WAIT_LISTED}, S.OFFERED, "promoted from the wait-list"),
    "accept": arrow({S.OFFERED}, S.ACCEPTED, "accepted"),
    "turn_down": arrow({S.OFFERED}, S.TURNED_DOWN, "turned down"),
    "withdraw": arrow(
        {S.STARTED, S.SUBMITTED, S.IN_REVIEW, S.WAIT_LISTED, S.ACCEPTED}, S.WITHDRAWN, "withdrawn"
    ),
    "enrol": arrow({S.ACCEPTED}, S.ENROLLED, "enrolled"),
}


class Decision(TextChoices):
    """What the director means to tell an applicant when decisions are released together."""

    OFFER = "offer", "Offer a place"
    WAIT_LIST = "wait_list", "Wait-list"
    DECLINE = "decline", "Decline"
