"""Locks of a selection, always taken in one order: the round, then its applications."""

from qipathway.core.lib.states import DomainError

from ..models import Application, Round


def lock_round(round_: Round) -> Round:
    """Lock a round and return it as it is now, with its program and intake.

    Whoever moves an application locks its round first, so that a window that closes, decisions
    that are released and a last seat are looked at by one at a time.
    """
    rows = Round.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("program", "cohort").get(pk=round_.pk)


def lock_application(application: Application) -> Application:
    """Lock an application behind its round and return both as they are now."""
    round_ = lock_round(application.round)
    rows = Application.objects.select_for_update(of=("self",)).shown()
    found = rows.select_related("program", "resident__person", "cv").filter(pk=application.pk)
    locked = found.first()
    if locked is None:
        raise DomainError("Nothing was changed: this application is no longer kept here.")
    locked.round = round_
    return locked
