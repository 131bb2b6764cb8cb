"""What deeds of a selection could write, to prove that a refused one wrote nothing; and a CV."""

from contextlib import contextmanager

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from qipathway.core.files.models import StoredFile
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from residents.models import Cohort, Membership, Resident
from residents.selection.models import Application, Rating, Round

TABLES = (Round, Application, Rating, Cohort, Membership, Resident, StoredFile, Event, Notice, Mail)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def curriculum_vitae(name="cv.pdf"):
    return SimpleUploadedFile(name, PDF, "application/pdf")


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


@contextmanager
def nothing_written():
    before = everything()
    yield
    assert everything() == before


@contextmanager
def refused(words, error=DomainError):
    """Expect a refusal in exactly these words, and nothing written."""
    with nothing_written(), pytest.raises(error) as caught:
        yield caught
    assert str(caught.value) == words


def said(response):
    """Return what the next page says of this deed: level and words of every message."""
    return [(each.level_tag, each.message) for each in get_messages(response.wsgi_request)]
