"""What the beat asks for once an hour."""

from celery import shared_task

from .services.applications import erase_applications


@shared_task(name="selection.erase")
def erase_expired_applications() -> None:
    """Erase what has expired; harmless when run twice, and late when it was not run."""
    erase_applications()
