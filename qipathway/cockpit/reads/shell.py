"""What every signed-in page reads for the frame around it."""

from curriculum.models import Homework
from qipathway.core.accounts.models import User
from residents.models import Program
from residents.selection.models import Rating
from residents.selection.states import DECIDABLE

from .first_hour import first_hour_is_over


def program_of(user: User, slug: str | None) -> Program | None:
    """Read the program that an address names, if ``user`` may know of it.

    ``is_running`` says that its first reminder has gone out.
    """
    if not slug:
        return None
    known = Program.objects.visible_to(user).filter(slug=slug)
    return known.annotate(is_running=first_hour_is_over()).first()


def count_to_review(user: User, program: Program) -> int:
    """Count the homework that waits for the answer of ``user``."""
    return Homework.objects.filter(program=program).for_review_by(user).order_by().count()


def count_to_rate(user: User, program: Program) -> int:
    """Count the applications that wait for the scores of ``user``."""
    mine = Rating.objects.visible_to(user).filter(program=program)
    return mine.waiting().filter(application__state__in=DECIDABLE).count()
