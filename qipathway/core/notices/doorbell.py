"""Tell the workers that something is due now. Nothing depends on anybody hearing it."""

import logging
from time import monotonic

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)

TASK = "notices.tick"
SILENCE = 30.0
PATIENCE = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "max_retries": 0,
    "retry_on_timeout": False,
}


class Doorbell:
    """A bell that is left alone for half a minute after it did not work."""

    def __init__(self) -> None:
        self.broken_until = 0.0

    def ring(self) -> None:
        """Ask a worker to tick now; never raises, and takes at most about half a second.

        Without a broker, or without its answer, the mail waits for the next regular tick.
        """
        if not settings.CELERY_BROKER_URL or monotonic() < self.broken_until:
            return
        try:
            self._send()
        except Exception as error:  # noqa: BLE001 a bell may break in any way and must not matter
            self.broken_until = monotonic() + SILENCE
            logger.warning("The doorbell did not ring (%s); the next tick will do.", error)

    def _send(self) -> None:
        url = settings.CELERY_BROKER_URL
        with current_app.connection_for_write(url, transport_options=PATIENCE) as connection:
            current_app.send_task(
                TASK,
                connection=connection,
                retry=False,
                ignore_result=True,
                expires=settings.TICK_SECONDS,
            )


doorbell = Doorbell()
