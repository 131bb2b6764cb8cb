"""When: the life of a mail, what may end it, and how each attempt came out."""

from django.db.models import TextChoices

from qipathway.core.lib.states import Move, arrow


class MailState(TextChoices):
    PENDING = "pending", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "Not certain"
    DEAD = "dead", "Not delivered"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Too late"


class Ambiguous(TextChoices):
    """What to do when the relay had the whole mail and its answer was lost."""

    RESEND = "resend", "Send once more"
    HOLD = "hold", "Ask a person"


class Reason(TextChoices):
    """Why a mail was closed unsent, in words for the person who has to act on it."""

    WITHDRAWN = "withdrawn", "What it announced was withdrawn."
    SOURCE = "source", "What it announced no longer holds."
    PERSON = "person", "The person's account is closed."
    LATE = "late", "It could not go out before it was of no more use."
    REFUSED = "refused", "The mail server refused it for good."
    TRIES = "tries", "The mail server put it off too many times."
    LETTER = "letter", "The letter could not be written; see the server's log."
    DOUBT = "doubt", "It was handed over, but the mail server's answer was lost."
    CRASHED = "crashed", "The sending process stopped too many times."
    DISMISSED = "dismissed", "Somebody looked and let it rest."


class Result(TextChoices):
    """How one attempt came out."""

    SENT = "sent", "Accepted by the mail server"
    LATER = "later", "Put off"
    REFUSED = "refused", "Refused for good"
    DOUBT = "doubt", "Handed over, answer lost"
    LETTER = "letter", "The letter could not be written"
    STALE = "stale", "Nothing left to announce"
    LOST = "lost", "Stopped before anything was handed over"
    RETRIED = "retried", "Sent again by a person"
    MARKED = "marked", "Marked as sent by a person"
    DISMISSED = "dismissed", "Let rest by a person"


S = MailState
MAIL_MOVES: dict[str, Move] = {
    "claim": arrow([S.PENDING], S.SENDING, "sent"),
    "deliver": arrow([S.SENDING], S.SENT, "sent"),
    "postpone": arrow([S.SENDING], S.PENDING, "put off"),
    "doubt": arrow([S.SENDING], S.UNKNOWN, "put in doubt"),
    "give_up": arrow([S.SENDING], S.DEAD, "given up"),
    "cancel": arrow([S.PENDING, S.SENDING], S.CANCELLED, "cancelled"),
    "expire": arrow([S.PENDING], S.EXPIRED, "let expire"),
    "confirm": arrow([S.PENDING, S.UNKNOWN], S.SENT, "confirmed"),
    "retry": arrow([S.DEAD, S.UNKNOWN], S.PENDING, "sent again"),
    "settle": arrow([S.DEAD, S.UNKNOWN], S.SENT, "marked as sent"),
    "dismiss": arrow([S.DEAD, S.UNKNOWN], S.CANCELLED, "let rest"),
}
CLOSED_UNSENT = (S.UNKNOWN, S.DEAD, S.CANCELLED, S.EXPIRED)
TROUBLED = (S.UNKNOWN, S.DEAD)
