"""Every kind of notice, in one place."""

import capstone.reminders
import curriculum.reminders
import mentorship.reminders
import residents.reminders

KINDS = (
    *residents.reminders.KINDS,
    *curriculum.reminders.KINDS,
    *mentorship.reminders.KINDS,
    *capstone.reminders.KINDS,
)
