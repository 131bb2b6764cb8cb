"""What the beat asks for once an hour."""

import logging

from celery import shared_task

from .sweep_files import sweep

logger = logging.getLogger(__name__)


@shared_task(name="files.sweep")
def sweep_files() -> None:
    """Sweep, and tell the log what is missing; harmless when run twice or never again."""
    swept = sweep()
    if swept.complaint:
        logger.error(swept.complaint)
