"""Doors to a program, to a resident, and to one's own residency."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_list_or_404, get_object_or_404

from qipathway.core.accounts.models import User
from qipathway.core.files.models import StoredFile
from qipathway.core.files.states import ScanState
from qipathway.core.lib.doors import open_door

from .holders import coaches_here, people_of
from .models import (
    BlockChange,
    Cohort,
    HalfDayHold,
    Invitation,
    Leave,
    Membership,
    PathwayVersion,
    Program,
    Resident,
    RoleGrant,
    RosterConsent,
    Rotation,
    Settlement,
    YearOverride,
)
from .reads import residency_of
from .versions import version_from


def get_program(user: User, slug: str, action: str = "residents.view_program") -> Program:
    """Return the program in which ``user`` may do ``action``; 404 or 403 otherwise."""
    return open_door(Program.objects.visible_to(user), user, action, slug=slug)


def get_version(user: User, slug: str, since: str, action: str) -> PathwayVersion:
    """Return the version of a program that takes effect on a day, for doing ``action`` to it."""
    version = version_from(get_program(user, slug, action), since)
    if version is None:
        raise Http404
    return version


def get_resident(user: User, slug: str, uid: UUID, action: str) -> Resident:
    """Return the resident to whom ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Resident.objects.visible_to(user).filter(program__slug=slug)
    return open_door(visible.select_related("person", "program"), user, action, uid=uid)


def get_tie(user: User, program: Program, uid: UUID, action: str) -> RoleGrant:
    """Return the sponsor's or mentor's tie to which ``user`` may do ``action``; 404 or 403."""
    ties = RoleGrant.objects.sponsors_and_mentors().visible_to(user).filter(program=program)
    return open_door(ties.select_related("person"), user, action, uid=uid)


def get_own_residency(user: User, slug: str, action: str = "residents.view_resident") -> Resident:
    """Return the user's own residency in a program, for doing ``action`` in it.

    Answers 404 to a stranger and 403 to other roles.
    """
    program = get_program(user, slug)
    own = residency_of(user, program)
    if own is None or not user.has_perm(action, own):
        raise PermissionDenied
    return own


def get_leave(user: User, slug: str, uid: UUID, action: str) -> Leave:
    """Return the leave with which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = Leave.objects.filter(
        program__slug=slug, resident__in=Resident.objects.visible_to(user)
    ).select_related("resident__person", "resident__program")
    return open_door(seen, user, action, uid=uid)


def get_cohort(user: User, slug: str, uid: UUID, action: str) -> Cohort:
    """Return the cohort to which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = Cohort.objects.filter(program__in=Program.objects.visible_to(user), program__slug=slug)
    return open_door(seen.select_related("program", "version"), user, action, uid=uid)


def get_membership(user: User, slug: str, uid: UUID, action: str) -> Membership:
    """Return the place on the pathway to which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = Membership.objects.filter(
        program__slug=slug, resident__in=Resident.objects.visible_to(user)
    ).select_related("resident__person", "resident__program", "cohort__program")
    return open_door(seen, user, action, uid=uid)


def get_year(user: User, slug: str, uid: UUID, action: str) -> YearOverride:
    """Return the year set by hand with which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = YearOverride.objects.filter(
        program__slug=slug, resident__in=Resident.objects.visible_to(user)
    ).select_related("resident__person", "resident__program")
    return open_door(seen, user, action, uid=uid)


def get_rotation(user: User, slug: str, uid: UUID, action: str) -> Rotation:
    """Return the rotation with which ``user`` may do ``action``; 404 or 403 otherwise."""
    program = get_program(user, slug)
    return open_door(program.rotations.select_related("program"), user, action, uid=uid)


def get_block_change(user: User, slug: str, uid: UUID, action: str) -> BlockChange:
    """Return the change of blocks with which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = BlockChange.objects.filter(program=get_program(user, slug))
    return open_door(seen.select_related("program"), user, action, uid=uid)


def get_hold(user: User, slug: str, uid: UUID, action: str) -> HalfDayHold:
    """Return one of the half days held in one go, for doing ``action`` to all; 404 or 403."""
    seen = HalfDayHold.objects.filter(
        program__slug=slug, resident__in=Resident.objects.visible_to(user)
    ).select_related("resident__person", "resident__program")
    return open_door(seen.order_by("pk"), user, action, together=uid)


def get_settlement(user: User, slug: str, uid: UUID, action: str) -> Settlement:
    """Return the credit or waiver to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Settlement.objects.visible_to(user).filter(program__slug=slug)
    visible = visible.select_related("program", "resident__program", "resident__person", "file")
    return open_door(visible, user, action, uid=uid)


def get_settlements(user: User, slug: str, batch: UUID, action: str) -> list[Settlement]:
    """Return what was waived at once, if ``user`` may do ``action`` to it; 404 or 403 otherwise."""
    program = get_program(user, slug, action)
    rows = Settlement.objects.visible_to(user).filter(program=program, batch=batch)
    return get_list_or_404(rows)


def get_operated_program(user: User, slug: str, action: str = "residents.view_programs") -> Program:
    """Return any program by its name in addresses, for those who run the site; else 403."""
    if not user.has_perm(action):
        raise PermissionDenied
    return get_object_or_404(Program, slug=slug)


def get_invitation(user: User, uid: UUID, action: str) -> Invitation:
    """Return the invitation with which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = Invitation.objects.visible_to(user).select_related("program", "person")
    return open_door(seen, user, action, uid=uid)


def get_person(user: User, slug: str, uid: UUID) -> tuple[Program, User]:
    """Return a program whose people ``user`` looks after, and one of them; 403 or 404 otherwise."""
    program = get_program(user, slug, "residents.view_people")
    return program, get_object_or_404(people_of(program), uid=uid)


def get_coach(user: User, slug: str, uid: UUID) -> tuple[Program, User]:
    """Return a program and one of its coaches, oneself or one of those that ``user`` leads."""
    program = get_program(user, slug)
    if user.uid != uid and not user.has_perm("residents.assign_coach", program):
        raise PermissionDenied
    return program, get_object_or_404(coaches_here(program), uid=uid)


def get_role(user: User, slug: str, uid: UUID, action: str) -> RoleGrant:
    """Return the role in the program to which ``user`` may do ``action``; 404 or 403 otherwise."""
    program = get_program(user, slug, "residents.view_people")
    roles = program.grants.filter(resident=None).select_related("person", "program")
    return open_door(roles, user, action, uid=uid)


def get_public_program(slug: str) -> Program:
    """Return any program, for the one page of it that anybody may read; else 404."""
    return get_object_or_404(Program, slug=slug)


def get_roster_consent(user: User, slug: str, uid: UUID, action: str) -> RosterConsent:
    """Return one's own consent, for doing ``action`` to it; 404 for anybody else's."""
    own = RosterConsent.objects.visible_to(user).filter(program__slug=slug)
    return open_door(own.select_related("resident__person", "program"), user, action, uid=uid)


def get_roster_photo(user: User | AnonymousUser, slug: str, uid: UUID) -> StoredFile:
    """Return a photo that the public roster shows now, or one's own; 404 from its withdrawal on."""
    rows = RosterConsent.objects.filter(program__slug=slug, uid=uid, photo__state=ScanState.CLEAN)
    rows = rows.select_related("photo")
    found = rows.public().first()
    if found is None and isinstance(user, User):
        found = rows.visible_to(user).first()
    if found is None or found.photo is None:
        raise Http404
    return found.photo
