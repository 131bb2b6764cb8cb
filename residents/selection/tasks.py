"""What the beat asks for once an hour."""

from celery import shared_task

from qipathway.core.clock.services import now

from .services.applications import erase_applications
from .services.offers import lapse_offers


@shared_task(name="selection.erase")
def erase_expired_applications() -> None:
    """Erase what has expired; harmless when run twice, and late when it was not run."""
    erase_applications()


@shared_task(name="selection.lapse")
def lapse_late_offers() -> None:
    """Pass on the places that nobody answered for in time; harmless when run twice."""
    lapse_offers(at=now())
