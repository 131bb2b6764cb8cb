"""What the public roster says of a resident: their own deed, given, changed and withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.files.models import StoredFile
from qipathway.core.files.names import extension_of
from qipathway.core.files.services import keep
from qipathway.core.lib.lines import plain_line
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Resident, RosterConsent
from ..states import LISTED
from .locks import lock_resident


@dataclass(frozen=True, slots=True)
class RosterLine:
    """What a resident wants to be shown; without a new photo the last one stays if they say so."""

    shown_name: str
    words: str = ""
    photo: UploadedFile | None = None
    keeps_photo: bool = False


@transaction.atomic
def prepare_roster_consent(resident: Resident, *, by: User, line: RosterLine) -> RosterConsent:
    """Keep what the roster would say, for its resident alone to look at first.

    What is shown to the public stays as it is until the prepared line is given.
    """
    resident = lock_resident(resident)
    name = plain_line(line.shown_name)
    if not name:
        raise DomainError("Not saved: give the name to be shown.")
    values = {
        "shown_name": name,
        "words": plain_line(line.words),
        "photo": _photo(resident, line, by),
        "program_id": resident.program_id,
    }
    prepared, _ = RosterConsent.objects.update_or_create(
        resident=resident, given_at=None, defaults=values
    )
    return prepared


@transaction.atomic
def give_roster_consent(consent: RosterConsent, *, by: User, at: datetime) -> RosterConsent:
    """Show on the internet exactly what this consent says, in place of what was shown before.

    One that was withdrawn is given again as a new one, which is how withdrawing is undone; never
    over something that was given since. Locks the resident, so one at a time is current.
    """
    resident = lock_resident(consent.resident)
    consent = RosterConsent.objects.get(pk=consent.pk)
    shown = resident.roster_consents.current().first()
    _refuse_second(consent, shown)
    if not resident.memberships.filter(state__in=LISTED).exists():
        raise DomainError("Not shown: the roster names residents and graduates of the pathway.")
    if shown:
        _end(shown, at)
    if consent.withdrawn_at:
        consent = _copy(consent)
    consent.given_at = at
    consent.save()
    _tell(by, "residents.give_roster_consent", consent, resident)
    return consent


@transaction.atomic
def withdraw_roster_consent(resident: Resident, *, by: User, at: datetime) -> RosterConsent:
    """Take a resident off the public roster at once; the next request finds nothing of them."""
    resident = lock_resident(resident)
    shown = resident.roster_consents.current().first()
    if shown is None:
        raise DomainError("Nothing of you is on the public roster.")
    _end(shown, at)
    _tell(by, "residents.withdraw_roster_consent", shown, resident)
    return shown


def _refuse_second(consent: RosterConsent, shown: RosterConsent | None) -> None:
    if consent.is_current:
        raise DomainError("This is shown already.")
    if shown and consent.withdrawn_at:
        raise DomainError("Not shown: something newer of you is on the public roster.")


def _copy(consent: RosterConsent) -> RosterConsent:
    """Return a new row of the same words and photo, not saved yet."""
    return RosterConsent(
        program_id=consent.program_id,
        resident_id=consent.resident_id,
        shown_name=consent.shown_name,
        words=consent.words,
        photo_id=consent.photo_id,
    )


def _end(shown: RosterConsent, at: datetime) -> None:
    shown.withdrawn_at = at
    shown.save(update_fields=["withdrawn_at"])


def _photo(resident: Resident, line: RosterLine, by: User) -> StoredFile | None:
    """Return the photo to show: a new one, or the last one; the name of its file is not kept."""
    if line.photo is not None:
        line.photo.name = f"photo.{extension_of(line.photo.name or '')}"
        return keep(line.photo, by=by, scope=resident.program_id)
    last = resident.roster_consents.select_related("photo").first()
    return last.photo if last and line.keeps_photo else None


def _tell(by: User, action: str, consent: RosterConsent, resident: Resident) -> None:
    record(by, action, consent, about=resident.person, scope=resident.program_id)
