"""The doorbell's other end."""

from celery import shared_task

from . import dispatch
from .doorbell import TASK


@shared_task(name=TASK)
def tick() -> None:
    """Send what is due. Harmless when run twice, late, at once, or never again."""
    dispatch.tick()
