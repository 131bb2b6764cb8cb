"""The states of sessions, bookings and homework, and the moves between them."""

from django.db.models import TextChoices

from qipathway.core.lib.states import arrow


class Strand(TextChoices):
    QI = "qi", "QI methodology"
    LEADERSHIP = "leadership", "Leadership"
    CHANGE = "change", "Change management"


class Format(TextChoices):
    HALF_DAY = "half_day", "Half day"
    FULL_DAY = "full_day", "Full day"
    WEEK = "week", "Week"


class Mode(TextChoices):
    IN_PERSON = "in_person", "In person"
    REMOTE = "remote", "Remote"


class SessionState(TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    CANCELLED = "cancelled", "Cancelled"


SESSION_MOVES = {
    "move": arrow({SessionState.SCHEDULED}, SessionState.SCHEDULED, "moved"),
    "cancel": arrow({SessionState.SCHEDULED}, SessionState.CANCELLED, "cancelled"),
}


class BookingState(TextChoices):
    BOOKED = "booked", "Booked"
    ATTENDED = "attended", "Attended"
    MISSED = "missed", "Missed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CompletionSource(TextChoices):
    """Where it is known from that a class was done elsewhere."""

    BEFORE = "before", "Before this system"
    LEARNING_SYSTEM = "learning_system", "The hospital's learning system"


KEPT = [BookingState.BOOKED, BookingState.ATTENDED]
"""A seat that is taken, or that somebody sat in: one per resident and class."""

BOOKING_MOVES = {
    "attend": arrow(
        {BookingState.BOOKED, BookingState.MISSED}, BookingState.ATTENDED, "marked as attended"
    ),
    "miss": arrow(
        {BookingState.BOOKED, BookingState.ATTENDED}, BookingState.MISSED, "marked as missed"
    ),
    "withdraw": arrow({BookingState.BOOKED}, BookingState.WITHDRAWN, "withdrawn"),
}


class ActivityKind(TextChoices):
    STAND_UP = "stand_up", "Stand-up"
    REPORT_OUT = "report_out", "Weekly report-out"
    PSA_MEETING = "psa_meeting", "PSA resolution meeting"
    FLOW_TOUR = "flow_tour", "Flow tour"
    LEADER_MEETING = "leader_meeting", "Meeting with a leader"
    EVENT = "event", "Improvement event"


WEEKLY = [ActivityKind.STAND_UP, ActivityKind.REPORT_OUT]
"""What takes place once a week, and is logged once a week."""


class ContributionKind(TextChoices):
    """What a resident gives to others' learning and to quality improvement of the residency."""

    TAUGHT = "taught", "Taught a conference"
    HELPED = "helped", "Helped another project"
    MENTORED = "mentored", "Mentored a resident"
    COMMITTEE = "committee", "Sat on a quality committee"
    OTHER = "other", "Something else"


class HomeworkState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Handed in"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"


HOMEWORK_MOVES = {
    "submit": arrow(
        {HomeworkState.DRAFT, HomeworkState.RETURNED}, HomeworkState.SUBMITTED, "handed in"
    ),
    "return": arrow({HomeworkState.SUBMITTED}, HomeworkState.RETURNED, "returned"),
    "accept": arrow({HomeworkState.SUBMITTED}, HomeworkState.ACCEPTED, "accepted"),
}
