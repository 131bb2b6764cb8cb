"""Everything that a deed around classes could write, to prove that a refused one wrote nothing."""

from contextlib import contextmanager

import pytest

from curriculum.models import (
    Booking,
    Homework,
    HomeworkFile,
    Review,
    Session,
    StandUp,
    StandUpAttendance,
)
from qipathway.core.files.models import StoredFile
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event

TABLES = (
    Booking,
    Homework,
    HomeworkFile,
    Review,
    Session,
    StandUp,
    StandUpAttendance,
    StoredFile,
    Event,
    Notice,
    Mail,
)


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


@contextmanager
def refused(words, error=DomainError):
    """Expect a refusal in exactly these words, and nothing written."""
    before = everything()
    with pytest.raises(error) as caught:
        yield caught
    assert str(caught.value) == words
    assert everything() == before


@contextmanager
def nothing_written():
    before = everything()
    yield
    assert everything() == before
