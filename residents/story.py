"""How what happened to people and their places is told."""

SENTENCES = {
    "residents.enrol": "{actor} enrolled {about} in {cohort}.",
    "residents.assign_coach": "{actor} named {person} as the coach of {about}.",
    "residents.grant_role": "{actor} recorded {person} as {role}.",
    "residents.end_grant": "{actor} ended the time of {person} as {role}.",
}
