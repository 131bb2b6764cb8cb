"""How what happened to classes, homework and stand-ups is told."""

SENTENCES = {
    "curriculum.enter_courses": "{actor} added the class {course} to the catalogue.",
    "curriculum.change_courses": "{actor} changed the class {course} in the catalogue.",
    "curriculum.schedule_sessions": "{actor} announced {course} for {day}.",
    "curriculum.staff_session": "{actor} changed who teaches {course} on {day}, or its seats.",
    "curriculum.reassign_sessions": "{actor} let {person} teach {course} on {day}.",
    "curriculum.book_session": "{actor} booked {course} for {day}.",
    "curriculum.withdraw_booking": "{actor} gave back the seat in {course} on {day}.",
    "curriculum.take_attendance": "{actor} marked {about} as {outcome} at {course}.",
    "curriculum.record_completion": (
        "{actor} signed that {about} did {course} on {done_on}, before this system. "
        "Entered afterwards."
    ),
    "curriculum.record_completions": (
        "{actor} entered that {about} did {course} on {done_on}, as the hospital's learning "
        "system lists it."
    ),
    "curriculum.withdraw_completion": "{actor} took back that {about} did {course} elsewhere.",
    "curriculum.move_session": "{actor} moved {course} to {day}.",
    "curriculum.cancel_session": "{actor} cancelled {course} on {day}.",
    "curriculum.submit_homework": "{actor} handed in the homework of {course}.",
    "curriculum.accept_homework": "{actor} accepted the homework of {course}.",
    "curriculum.return_homework": "{actor} returned the homework of {course}.",
    "curriculum.log_activity": "{actor} logged: {kind}, week of {week}.",
    "curriculum.withdraw_activity": "{actor} took back: {kind}, week of {week}.",
    "curriculum.log_contribution": "{actor} logged a contribution: {kind}, {day}.",
    "curriculum.confirm_contribution": "{actor} confirmed a contribution: {kind}, {day}.",
    "curriculum.withdraw_contribution": "{actor} took back a contribution: {kind}, {day}.",
    "curriculum.rebase_due_dates": "The homework of {course} is due on {day}, by the new schedule.",
    "curriculum.schedule_stand_up": "{actor} announced a stand-up at {place}.",
    "curriculum.attend_stand_up": "{actor} was at the stand-up at {place}.",
}
