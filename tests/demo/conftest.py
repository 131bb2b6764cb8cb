"""The demo program, loaded twice: the first time to be compared, the second to be looked at."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import override_settings

from qipathway.demo.load import load_program
from residents.models import Program
from tests.demo.evidence import digests


@dataclass(frozen=True)
class Demo:
    """The loaded program, and what either load looked like."""

    program: Program
    first: dict[str, str]
    second: dict[str, str]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo in a transaction that is never committed; each test stands in its own savepoint."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"), FILES_SCANNER="")
    with files, django_db_blocker.unblock(), transaction.atomic():
        first = load_and_forget()
        program = load_program()
        yield Demo(program, first, digests())
        transaction.set_rollback(True)


def load_and_forget():
    with transaction.atomic():
        load_program()
        found = digests()
        transaction.set_rollback(True)
    return found
