"""How what happened to people and their places is told."""

SENTENCES = {
    "residents.enrol": "{actor} enrolled {about} in {cohort}.",
    "residents.grant_role": "{actor} recorded the role {role}.",
    "residents.end_grant": "{actor} ended the role {role}.",
}
