"""What of a new director's first hour is done: computed, for nobody ticks anything."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from curriculum.models import Course, Session, StandUp
from curriculum.reminders import CLASS_UPCOMING, STAND_UP_UPCOMING
from mentorship.models import CheckIn
from mentorship.reminders import CHECK_IN_REMINDER
from qipathway.core.accounts.models import User
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import TEST_MAIL
from qipathway.core.notices.states import MailState
from residents.models import Block, ClinicPattern, Cohort, Leader, Membership, Program, Resident
from residents.states import Role

from ..first_hour_steps import Facts

REMINDERS = (CLASS_UPCOMING, STAND_UP_UPCOMING, CHECK_IN_REMINDER)
"""Letters that go out by themselves because a time has come; others prove nothing about these."""


def first_hour_of(program: Program, user: User) -> Facts:
    """Read all of it in one query. ``user`` is whose test mail counts."""
    mine = Mail.objects.filter(recipient=user, kind=TEST_MAIL, state=MailState.SENT)
    others = Q(role__in=[Role.COACH, Role.INSTRUCTOR, Role.SPONSOR, Role.MENTOR, Role.KPO_LEAD])
    facts = {
        "people": program.grants.active().filter(others),
        "leaders": Leader.objects.filter(program=program),
        "roster": Resident.objects.filter(program=program),
        "blocks": Block.objects.filter(program=program),
        "clinic": ClinicPattern.objects.filter(program=program),
        "classes": Course.objects.filter(program=program),
        "sessions": Session.objects.filter(program=program),
        "cohort": Cohort.objects.filter(program=program),
        "members": Membership.objects.running().filter(program=program),
        "coach": program.grants.active().filter(role=Role.COACH, resident__isnull=False),
        "stand_ups": StandUp.objects.filter(program=program),
        "planned": Session.objects.scheduled().filter(program=program),
        "check_ins": CheckIn.objects.filter(program=program),
        "test_mail": mine.filter(scope_id=program.pk),
        "reminder": reminders_sent().filter(scope_id=program.pk),
    }
    rows = Program.objects.filter(pk=program.pk)
    there = dict(zip(facts, rows.values_list(*map(Exists, facts.values())).get(), strict=True))
    people = there.pop("people") or there.pop("leaders")
    there.pop("leaders", None)
    calendar = [there.pop(name) for name in ("stand_ups", "planned", "check_ins")]
    settings = program.settings_saved_at is not None
    return Facts(settings=settings, people=people, calendar=any(calendar), **there)


def reminders_sent() -> QuerySet[Mail]:
    """The reminders that went out, of every program."""
    return Mail.objects.filter(state=MailState.SENT, kind__in=REMINDERS)


def is_running(program: Program) -> bool:
    """Tell whether a reminder of the program has gone out; one query."""
    return reminders_sent().filter(scope_id=program.pk).exists()


def first_hour_is_over() -> Exists:
    """The condition that a reminder of a program has gone out."""
    return Exists(reminders_sent().filter(scope_id=OuterRef("pk")))
