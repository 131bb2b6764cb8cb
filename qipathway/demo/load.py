"""The demo program, from its files and its story."""

from datetime import time, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import travel_to
from qipathway.core.lib.states import DomainError
from residents.models import Program

from .cast import Cast
from .diary import Diary
from .loaders.completions import completed_classes
from .loaders.files import load_files
from .loaders.roster import plan_welcomes
from .names import give_stable_uids
from .past import bell_at_rest, let_past_mail_rest
from .scene import FIRST_INTAKE, MISSION, NAME, NOW, SLUG, ZONE, at, stable
from .story.before import plan_before
from .story.capstones import plan_capstones
from .story.classes import LIVING, plan_classes
from .story.coaching import plan_coaching
from .story.leave import plan_leave
from .story.practice import plan_practice
from .story.roster import plan_roster
from .story.selection import plan_selection
from .story.settlements import plan_settlements
from .story.site import plan_site
from .story.stand_ups import plan_stand_ups
from .story.ties import plan_ties

A_MONTH_BEFORE = at(FIRST_INTAKE - timedelta(days=30), time(9))


def is_loaded() -> bool:
    """Tell whether the demo program is there."""
    return Program.objects.filter(slug=SLUG).exists()


def refuse_company() -> None:
    """Refuse a database that is anybody's: the demo moves its clock and lets people in by a click.

    Raises ``DomainError`` when one person or program is there.
    """
    if User.objects.exists() or Program.objects.exists():
        raise DomainError(
            "Nothing was loaded: there are people or programs in this database already, and the "
            "demo would move their clock. Give the demo an empty database of its own."
        )


def load_program() -> Program:
    """Load the demo program and start its clock: all of it, or nothing if something stops it."""
    with bell_at_rest(), transaction.atomic():
        refuse_company()
        travel_to(A_MONTH_BEFORE)
        program = Program.objects.create(
            uid=stable("program", SLUG), slug=SLUG, name=NAME, mission=MISSION, zone=ZONE
        )
        fill(program)
        travel_to(NOW)
        let_past_mail_rest(program)
        give_stable_uids(program)
    return program


def fill(program: Program) -> None:
    """Enter what the files say and let the story happen."""
    cast, diary = Cast(program), Diary()
    load_files(cast)
    plan_welcomes(cast, diary)
    tell(cast, diary)


def tell(cast: Cast, diary: Diary) -> None:
    """Let everything happen that happened since the first intake."""
    plan_site(diary)
    plan_ties(cast, diary)
    plan_classes(cast, diary, (*plan_before(cast, diary, completed_classes(cast)), *LIVING))
    plan_coaching(cast, diary)
    plan_stand_ups(cast, diary)
    plan_practice(cast, diary)
    plan_capstones(cast, diary)
    plan_roster(cast, diary)
    plan_leave(cast, diary)
    plan_selection(cast, diary)
    plan_settlements(cast, diary)
    diary.play()
