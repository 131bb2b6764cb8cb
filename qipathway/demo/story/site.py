"""Who runs the site on which the demo's program is."""

from datetime import date, datetime, time

from qipathway.core.accounts.models import User
from residents.services import appoint_operator

from ..diary import Diary
from ..scene import stable

ADDRESS = "ines.marchetti@example.org"
APPOINTED, MORNING = date(2024, 6, 3), time(8, 30)


def plan_site(diary: Diary) -> None:
    """Let an operator be appointed, as the command line of a server does it."""
    diary.on(APPOINTED, MORNING, _appoint)


def _appoint(at: datetime) -> None:
    person = User(given_name="Ines", family_name="Marchetti", email=ADDRESS)
    person.uid = stable("person", ADDRESS)
    person.set_unusable_password()
    person.save()
    grant = appoint_operator(person, at=at)
    grant.uid = stable("rolegrant", ADDRESS)
    grant.save(update_fields=["uid"])
