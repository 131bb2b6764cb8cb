"""Doors to sessions, bookings, completions, homework and stand-ups."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from qipathway.core.accounts.models import User
from qipathway.core.files.models import StoredFile
from qipathway.core.lib.doors import open_door

from .models import Activity, Booking, Completion, Contribution, Homework, Session, StandUp


def get_session(user: User, program: str, uid: UUID, action: str) -> Session:
    """Return the session to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Session.objects.visible_to(user).filter(program__slug=program)
    visible = visible.select_related("course", "program", "instructor")
    return open_door(visible, user, action, uid=uid)


def get_activity(user: User, program: str, uid: UUID, action: str) -> Activity:
    """Return the activity to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Activity.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.select_related("program", "resident__person"), user, action, uid=uid)


def get_booking(user: User, program: str, uid: UUID, action: str) -> Booking:
    """Return the booking to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Booking.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.select_related("session__program"), user, action, uid=uid)


def get_completion(user: User, program: str, uid: UUID, action: str) -> Completion:
    """Return the completion to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Completion.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.select_related("program", "resident", "file"), user, action, uid=uid)


def get_contribution(user: User, program: str, uid: UUID, action: str) -> Contribution:
    """Return the contribution to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Contribution.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.for_list(), user, action, uid=uid)


def get_homework(user: User, program: str, uid: UUID, action: str) -> Homework:
    """Return the homework to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Homework.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.for_page(), user, action, uid=uid)


def get_homework_file(user: User, program: str, uid: UUID, file: UUID) -> StoredFile:
    """Return a file of homework that ``user`` may see; 404 or 403 otherwise."""
    homework = get_homework(user, program, uid, "curriculum.view_homework")
    return get_object_or_404(homework.files.select_related("file"), file__uid=file).file


def get_stand_up(user: User, program: str, uid: UUID, action: str) -> StandUp:
    """Return the stand-up to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = StandUp.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.select_related("program"), user, action, uid=uid)
