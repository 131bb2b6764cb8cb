"""Those who run the site: they make programs and invite first directors, and see no resident."""

from datetime import datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError

from ..models import RoleGrant
from ..rules import forget_ties
from ..states import Role
from .grants import record_grant


@transaction.atomic
def appoint_operator(person: User, *, at: datetime) -> RoleGrant:
    """Let a person run the site from today; done by whoever has the server's command line.

    The person is locked, so that nobody is appointed twice at once.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.grants.active().of_role(Role.OPERATOR).exists():
        raise DomainError(f"{person.name} is an operator already.")
    grant = RoleGrant.objects.create(
        person=person, role=Role.OPERATOR, program=None, since=local_date(at, "UTC")
    )
    record_grant(None, "residents.appoint_operator", grant)
    forget_ties(person)
    return grant
