"""The door through which every view gets its objects."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from qipathway.core.accounts.models import User

M = TypeVar("M", bound=Model)


def open_door(visible: QuerySet[M], user: User, action: str, **lookup: Any) -> M:
    """Return the one visible object that ``user`` may do ``action`` to.

    Answers 404 for what the user may not know exists, 403 for what they see and may not do.
    """
    obj = visible.filter(**lookup).first()
    if obj is None:
        raise Http404
    if not user.has_perm(action, obj):
        raise PermissionDenied
    return obj
