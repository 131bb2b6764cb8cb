"""What happens to sessions, bookings, homework and stand-ups."""

from .activities import Entry, log_activity, withdraw_activity
from .attendance import take_attendance
from .booking import book_session, withdraw_booking, withdraw_bookings
from .completions import record_completion, record_completions, withdraw_completion
from .contributions import (
    Given,
    confirm_contribution,
    log_contribution,
    withdraw_contribution,
)
from .due import due_dates_with, rebase_due_dates
from .homework import accept_homework, return_homework, save_homework, submit_homework
from .sessions import cancel_session, move_session, staff_session
from .staffing import reassign_sessions
from .stand_ups import attend_stand_up, schedule_stand_up

__all__ = [
    "Entry",
    "Given",
    "accept_homework",
    "attend_stand_up",
    "book_session",
    "cancel_session",
    "confirm_contribution",
    "due_dates_with",
    "log_activity",
    "log_contribution",
    "move_session",
    "reassign_sessions",
    "rebase_due_dates",
    "record_completion",
    "record_completions",
    "return_homework",
    "save_homework",
    "schedule_stand_up",
    "staff_session",
    "submit_homework",
    "take_attendance",
    "withdraw_activity",
    "withdraw_booking",
    "withdraw_bookings",
    "withdraw_completion",
    "withdraw_contribution",
]
