"""Stand in for a coach, with the check-ins of those days."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

import residents.services
from mentorship.models import CheckIn
from mentorship.services import reassign_check_in
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from residents.models import Resident, RoleGrant
from residents.reads import coaches_of


@transaction.atomic
def name_deputy(
    chosen: Sequence[Resident], *, person: User, since: date, until: date, by: User, at: datetime
) -> list[RoleGrant]:
    """Let a person stand in for the coach of residents, and hold what is planned in those days."""
    made = residents.services.name_deputy(
        chosen, person=person, since=since, until=until, by=by, at=at
    )
    planned = CheckIn.objects.scheduled().filter(resident__in=chosen, day__range=(since, until))
    for check_in in planned.select_related("resident").order_by("resident"):
        reassign_check_in(check_in.resident, coach=person, by=by, at=at)
    return made


@transaction.atomic
def dismiss_deputy(
    chosen: Sequence[Resident], *, person: User, by: User, at: datetime
) -> list[RoleGrant]:
    """Let a deputy stand in no more; what they were to hold goes back to the coach."""
    if not chosen:
        return []
    day = local_date(at, chosen[0].program.zone)
    ended = residents.services.dismiss_deputy(chosen, person=person, on=day, by=by)
    coaches = coaches_of([each.pk for each in chosen])
    people = User.objects.in_bulk([tied.person_id for tied in coaches.values()])
    planned = CheckIn.objects.scheduled().filter(resident__in=chosen, coach=person)
    for check_in in planned.select_related("resident").order_by("resident"):
        coach = coaches.get(check_in.resident_id)
        if coach:
            back = people[coach.person_id]
            reassign_check_in(check_in.resident, coach=back, by=by, at=at)
    return ended
