"""How long and how often: the numbers of the dispatcher, each open to the environment."""

import os
import random
from datetime import timedelta


def seconds(name: str, default: float) -> timedelta:
    """Return the duration called ``NOTICES_<name>_SECONDS`` in the environment."""
    return timedelta(seconds=float(os.environ.get(f"NOTICES_{name}_SECONDS", default)))


GRACE = seconds("GRACE", 120)
"""How old a claim must be before the reaper asks whether its process is alive; longer than one
step of SMTP may take, for it covers a sender that lives on after its database session died."""

BACKOFF = seconds("BACKOFF", 60)
LONGEST_BACKOFF = seconds("LONGEST_BACKOFF", 6 * 3600)
GREYLIST = seconds("GREYLIST", 300)
"""The least wait after a first "not now": greylisting servers refuse anything sooner."""

LETTER_WAIT = seconds("LETTER_WAIT", 3600)
"""How long a letter that could not be written waits for the repair before it is given up."""

BUDGET = seconds("TICK_BUDGET", 60)
RECORD_FOR = seconds("RECORD", 60)
"""How long the outcome of a conversation is offered to a database that does not answer."""

TRIES = 10
SLOTS = 3
BATCH = 20
RESENDS = 1


def backoff(tries: int, *, answered: bool) -> timedelta:
    """Return how long to wait after the ``tries``-th attempt.

    Full jitter, so that many rows which failed together do not come back together; at least
    ``GREYLIST`` when a server ``answered`` the first attempt with "not now".
    """
    longest = min(LONGEST_BACKOFF, BACKOFF * 2 ** min(tries, 20))
    wait = longest * random.random()  # noqa: S311 spreads load, guards nothing
    return max(GREYLIST, wait) if answered and tries == 1 else wait
