"""How what happened to people and their places is told."""

SENTENCES = {
    "residents.enter_leaders": "{actor} entered {about} as a leader to meet.",
    "residents.change_leaders": "{actor} changed what is known of {about} as a leader.",
    "residents.enter_residents": "{actor} entered {about} in the roster.",
    "residents.change_residents": "{actor} changed the roster entry of {about}: {fields}.",
    "residents.rename_people": "{actor} changed the name or address of {about}.",
    "residents.set_blocks": "{actor} changed the schedule of {about} from {start} to {end}.",
    "residents.set_clinics": "{actor} changed the clinic half days of {about}.",
    "residents.create_program": "{actor} made the program.",
    "residents.save_program": "{actor} saved the program's settings.",
    "residents.create_cohort": "{actor} opened the cohort {cohort}.",
    "residents.appoint_operator": "{actor} made {about} an operator.",
    "residents.invite_director": "{actor} invited {about} to direct the program.",
    "residents.show_invitation": "{actor} took a link of the invitation of {about}.",
    "residents.revoke_invitation": "{actor} took the invitation of {about} back.",
    "residents.accept_invitation": "{actor} accepted the invitation.",
    "residents.enrol": "{actor} enrolled {about} in {cohort}.",
    "residents.assign_coach": "{actor} named {person} as the coach of {about}.",
    "residents.grant_role": "{actor} recorded {person} as {role}.",
    "residents.end_grant": "{actor} ended the time of {person} as {role}.",
}
