"""Let people go on whom nobody depends any more."""

from datetime import datetime

from django.db import transaction

import residents.services
from curriculum.reads import taught_after
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError
from residents.models import Program


@transaction.atomic
def deactivate_person(person: User, *, program: Program, by: User, at: datetime) -> User:
    """Close an account that nobody depends on any more: no resident, and no class to come."""
    _refuse_teaching(person, program, at)
    day = local_date(at, program.zone)
    return residents.services.deactivate_person(person, program=program, on=day, by=by)


@transaction.atomic
def release_person(person: User, *, program: Program, by: User, at: datetime) -> User:
    """End every role of somebody whom nobody depends on any more; their account stays."""
    _refuse_teaching(person, program, at)
    day = local_date(at, program.zone)
    return residents.services.release_person(person, program=program, on=day, by=by)


def _refuse_teaching(person: User, program: Program, at: datetime) -> None:
    count = taught_after(person, program, at).count()
    if count:
        classes = "a class" if count == 1 else f"{count} classes"
        raise DomainError(f"{person.name} teaches {classes} to come. Hand them over first.")
