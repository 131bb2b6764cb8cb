"""The class catalogue and the sessions of its classes, entered or corrected many at once.

Whoever calls has compared with what is there, under a lock on the program; the constraints of the
database catch what it overlooked. Every list may be empty.
"""

from collections.abc import Sequence

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.timeline.services import record_each
from residents.models import Program

from ..models import Course, Session

COURSE = ("title", "short_title", "strands", "format", "mode", "homework_brief", "is_required")
Before = Sequence[tuple[Course, Sequence[Course]]]


@transaction.atomic
def enter_courses(courses: Sequence[Course], *, program: Program, by: User | None) -> None:
    """Add classes to the catalogue; they get keys, and what comes before them is set apart."""
    Course.objects.bulk_create(courses)
    told = ((course, None, {"course": course.title}) for course in courses)
    record_each(by, "curriculum.enter_courses", told, scope=program.pk)


@transaction.atomic
def change_courses(courses: Sequence[Course], *, program: Program, by: User | None) -> None:
    """Save what was corrected about classes."""
    Course.objects.bulk_update(courses, COURSE)
    told = ((course, None, {"course": course.title}) for course in courses)
    record_each(by, "curriculum.change_courses", told, scope=program.pk)


@transaction.atomic
def set_prerequisites(before: Before) -> None:
    """Say which classes come before which; those of other classes stay."""
    through = Course.prerequisites.through
    through.objects.filter(from_course__in=[course.pk for course, _ in before]).delete()
    through.objects.bulk_create(
        through(from_course_id=course.pk, to_course_id=earlier.pk)
        for course, found in before
        for earlier in found
    )


@transaction.atomic
def schedule_sessions(sessions: Sequence[Session], *, program: Program, by: User | None) -> None:
    """Announce sessions, past ones too: a program that has run for years enters its history."""
    Session.objects.bulk_create(sessions)
    told = (
        (session, None, {"course": session.course.title, "day": session.day.isoformat()})
        for session in sessions
    )
    record_each(by, "curriculum.schedule_sessions", told, scope=program.pk)
