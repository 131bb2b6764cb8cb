"""How what happened between a coach and a resident is told."""

SENTENCES = {
    "mentorship.schedule_check_in": "{actor} planned a check-in for {day}.",
    "mentorship.move_check_in": "{actor} moved the check-in to {day}.",
    "mentorship.reassign_check_in": "{actor} let {person} hold the check-in on {day}.",
    "mentorship.cancel_check_in": "{actor} cancelled the check-in.",
    "mentorship.record_check_in": "{actor} and {about} had a check-in: {mood}.",
    "mentorship.write_update": "{actor} wrote an update for the coach.",
    "mentorship.complete_commitment": "{actor} kept a commitment.",
    "mentorship.reopen_commitment": "{actor} opened a commitment again.",
}
