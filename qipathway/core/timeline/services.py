"""Write the story."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from qipathway.core.accounts.models import User

from .models import Event


def record(
    by: User | None,
    action: str,
    subject: Model,
    *,
    about: User | None,
    scope: int,
    **data: Any,
) -> Event:
    """Append that ``by`` did ``action`` to ``subject``, in the caller's transaction.

    ``action`` is the name of the service, which is also its permission. ``about`` is the person
    on whose timeline it stands; ``scope`` the id of the organisation it belongs to. ``data``
    holds labels and ids of things, never names of people and never free text.
    """
    return Event.objects.create(
        actor=by,
        action=action,
        about=about,
        scope_id=scope,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        data=data,
    )


def record_each(
    by: User | None,
    action: str,
    told: Iterable[tuple[Model, User | None, Mapping[str, Any]]],
    *,
    scope: int,
) -> None:
    """Append that ``by`` did ``action`` to several subjects, each with whom it is about and data.

    All in one statement, in the order given.
    """
    Event.objects.bulk_create(
        Event(
            actor=by,
            action=action,
            about=about,
            scope_id=scope,
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=subject.pk,
            data=dict(data),
        )
        for subject, about, data in told
    )
