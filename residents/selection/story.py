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
    "selection.close_round": "{actor} closed applications for {cohort} before their time.",
    "selection.invite_residents": "{actor} invited {about} to apply for {cohort}.",
    "selection.start_application": "{actor} started to apply for {cohort}.",
    "selection.submit_application": "{actor} handed in an application for {cohort}.",
    "selection.reopen_application": "{actor} opened the application for {cohort} again.",
    "selection.defer_application": "{actor} said “not now” to {cohort}.",
    "selection.withdraw_application": "{actor} withdrew the application for {cohort}.",
}
