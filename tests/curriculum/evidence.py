"""Everything that a deed around classes could write, to prove that a refused one wrote nothing."""

from contextlib import contextmanager

import pytest
from django.contrib.messages import get_messages

from curriculum.models import (
    Activity,
    Booking,
    Completion,
    Contribution,
    Homework,
    HomeworkFile,
    Review,
    Session,
    StandUp,
)
from qipathway.core.files.models import StoredFile
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event

TABLES = (
    Activity,
    Booking,
    Completion,
    Contribution,
    Homework,
    HomeworkFile,
    Review,
    Session,
    StandUp,
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


def said(response):
    """Return what the next page says of this deed: level and words of every message."""
    return [(each.level_tag, each.message) for each in get_messages(response.wsgi_request)]
