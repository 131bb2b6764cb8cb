"""What the beat asks for once an hour."""

from celery import shared_task

from .services import sweep


@shared_task(name="imports.sweep")
def sweep_uploads() -> None:
    """Remove what nobody brought in; harmless when run twice."""
    sweep()
