"""How what happened in a selection is told.

What an applicant does stands on nobody's timeline, so that it is told to those who select alone.
"""

SENTENCES = {
    "selection.open_round": (
        "{actor} opened the selection for {cohort}, from {opens} to {closes}, with {seats} seats."
    ),
    "selection.change_round": (
        "{actor} changed the selection for {cohort}: from {opens} to {closes}, with {seats} seats."
    ),
    "selection.change_seats": "{actor} moved the seat line of a selection to {seats} seats.",
    "selection.close_round": "{actor} closed applications for {cohort} before their time.",
    "selection.invite_residents": "{actor} invited {about} to apply for {cohort}.",
    "selection.start_application": "{actor} started to apply for {cohort}.",
    "selection.submit_application": "{actor} handed in an application for {cohort}.",
    "selection.reopen_application": "{actor} opened the application for {cohort} again.",
    "selection.defer_application": "{actor} said “not now” to {cohort}.",
    "selection.withdraw_application": "{actor} withdrew the application for {cohort}.",
    "selection.name_reviewer": "{actor} asked {person} to review applications.",
    "selection.dismiss_reviewer": "{actor} ended the reviewing of {person}.",
    "selection.assign_reviewers": "{actor} shared out {new} reviews.",
    "selection.submit_rating": "{actor} handed in a rating.",
    "selection.declare_conflict": "{actor} stepped back from an application.",
    "selection.decide_application": "{actor} decided on an application: {decision}.",
    "selection.propose_decisions": "{actor} took {count} decisions from the ranked list.",
    "selection.release_decisions": (
        "{actor} released decisions: {offered} offered, {wait_listed} wait-listed, "
        "{declined} declined."
    ),
    "selection.undo_release": "{actor} took back {count} decisions.",
    "selection.accept_offer": "{actor} accepted a place.",
    "selection.refuse_offer": "{actor} turned a place down.",
    "selection.lapse_offer": "{actor} let an offer lapse that nobody had answered.",
    "selection.promote": "The next on the wait-list was offered a place.",
    "selection.enrol_accepted": "{actor} enrolled {count} in {cohort}.",
}
