import os
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from qipathway.core.files import services
from qipathway.core.files.reads import missing_files, orphan_files
from qipathway.core.files.storage import location_of, remove

NOW = datetime.now(UTC)
TWO_DAYS = timedelta(days=2)


@pytest.fixture
def kept(resident, upload, pdf):
    return [services.keep(upload(f"{n}.pdf", pdf), by=resident, scope=7) for n in range(3)]


@pytest.fixture
def orphan(media, kept):
    where = media / "0a" / ("0a" * 16)
    where.parent.mkdir(exist_ok=True)
    where.write_bytes(b"left by a process that was killed")
    age(where)
    return where


def age(where):
    then = (NOW - TWO_DAYS).timestamp()
    os.utime(where, (then, then))


def test_missing_files_finds_what_is_gone_and_what_was_cut_short(kept):
    assert list(missing_files()) == []
    remove(kept[0].path)
    location_of(kept[2].path).write_bytes(b"%PDF-")
    assert list(missing_files()) == [kept[0], kept[2]]


def test_orphan_files_spares_files_with_a_row_young_files_and_strangers(kept, orphan, media):
    for file in kept:
        age(location_of(file.path))
    (media / "0b").mkdir(exist_ok=True)
    (media / "0b" / ("0b" * 16)).write_bytes(b"a transaction is under way")
    stranger = media / "0b" / "README"
    stranger.write_bytes(b"put here by a person")
    age(stranger)
    assert list(orphan_files(NOW)) == [f"0a/{orphan.name}"]


def test_sweep_files_removes_orphans_and_reports_what_is_missing(kept, orphan):
    said = StringIO()
    call_command("sweep_files", stdout=said)
    assert said.getvalue() == "1 files without a row removed.\n"
    assert not orphan.exists()
    remove(kept[1].path)
    with pytest.raises(CommandError, match=f"1 files are missing or cut short: {kept[1].uid}"):
        call_command("sweep_files", stdout=said)
