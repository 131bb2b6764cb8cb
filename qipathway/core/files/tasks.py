"""What the beat asks for once an hour."""

import logging

from celery import shared_task

from .services import sweep

logger = logging.getLogger(__name__)


@shared_task(name="files.sweep")
def sweep_files() -> None:
    """Sweep, and tell the log which files are missing; harmless when run twice or at once."""
    swept = sweep()
    if swept.missing:
        logger.error(swept.complaint)
