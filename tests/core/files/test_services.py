import hashlib
import stat
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from qipathway.core.files import services
from qipathway.core.files.models import StoredFile
from qipathway.core.files.scanning import ScannerDown
from qipathway.core.files.states import Refused
from qipathway.core.files.storage import StorageFull, location_of
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event

SCOPE = 7
FOUND = b"X5O!P%@AP-a-harmless-stand-in-for-the-test-virus"


def scanner(path: str) -> bool:
    return FOUND not in Path(path).read_bytes()


def absent_scanner(path: str) -> bool:
    raise ScannerDown


def use(settings, chosen) -> None:
    settings.FILES_SCANNER = f"{chosen.__module__}.{chosen.__name__}"


@transaction.atomic
def keep_and_regret(upload, by, on_disk) -> None:
    before = on_disk()
    services.keep(upload, by=by, scope=SCOPE)
    assert len(on_disk()) == len(before) + 1
    raise DomainError("second thoughts")


def refusal(upload, name, content, by) -> str:
    with pytest.raises(Refused) as refused:
        services.keep(upload(name, content), by=by, scope=SCOPE)
    return str(refused.value)


def test_keep_stores_a_file_under_a_random_name_that_only_its_group_may_read(
    resident, upload, pdf, on_disk
):
    file = services.keep(upload("../Waste walk.PDF", pdf), by=resident, scope=SCOPE)
    file.refresh_from_db()
    assert (file.name, file.media_type, file.size) == (
        "Waste walk.PDF",
        "application/pdf",
        len(pdf),
    )
    assert (file.uploaded_by, file.scope_id, file.state) == (resident, SCOPE, "clean")
    assert file.sha256 == hashlib.sha256(pdf).hexdigest()
    assert file.uploaded_at is not None
    [stored] = on_disk()
    assert (stored.name, stored.read_bytes()) == (file.uid.hex, pdf)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o640


def test_keep_takes_every_kind_that_it_says_it_takes(resident, upload, pdf, office, picture):
    sent = {
        "a.pdf": pdf,
        "a.docx": office("docx"),
        "a.pptx": office("pptx"),
        "a.xlsx": office("xlsx"),
        "a.csv": b"step,minutes\n",
        "a.txt": b"Pull, not push.",
        "a.png": picture("PNG"),
        "a.jpg": picture("JPEG"),
        "a.jpeg": picture("JPEG"),
    }
    kept = [services.keep(upload(*each), by=resident, scope=SCOPE) for each in sent.items()]
    assert [file.name for file in kept] == list(sent)
    assert all(file.is_ready for file in kept)


def test_keep_stores_a_picture_drawn_anew_and_describes_what_it_stored(
    resident, upload, picture, on_disk
):
    content = picture(comment=b"taken at bed 4")
    file = services.keep(upload("board.jpg", content), by=resident, scope=SCOPE)
    stored = on_disk()[0].read_bytes()
    assert b"bed 4" not in stored
    assert (file.size, file.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert Image.open(BytesIO(stored)).size == (40, 20)


def test_keep_reads_a_large_file_from_where_the_server_put_it(resident, pdf):
    content = pdf.replace(b"endobj", b"endobj\n" + b"%" * 3_000_000 + b"\n")
    upload = TemporaryUploadedFile("large.pdf", "application/pdf", len(content), None)
    upload.write(content)
    assert services.keep(upload, by=resident, scope=SCOPE).size == len(content)
    upload.close()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "the file is empty"),
        ("tool.exe", b"MZ", "files ending in .exe are not taken. Send it as PDF, Word"),
        ("tool.pdf", b"MZ\x90", "it is not a PDF inside"),
        ("photo\u202efdp.exe", b"MZ", "“photofdp.exe” was not taken"),
        ("noending", b"x", "files without an ending are not taken"),
        ("drawing.svg", b"<svg/>", "Export it as PNG or PDF"),
        ("page.html", b"<p>", "Print it to a PDF"),
        ("page.txt", b"<p>hello", "web page"),
        ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic", "Send it as JPEG"),
        ("old.doc", b"\xd0\xcf", "save it as .docx"),
        ("macro.docm", b"PK", "without macros"),
        ("all.zip", b"PK", "one by one"),
        ("broken.docx", b"PK\x03\x04", "damaged"),
        ("broken.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_keep_refuses_in_words_and_leaves_nothing(resident, upload, on_disk, name, content, words):
    said = refusal(upload, name, content, resident)
    assert words in said
    assert "was not taken: " in said
    assert on_disk() == []
    assert StoredFile.objects.count() == 0


def test_keep_refuses_what_is_too_large_and_says_how_large_it_may_be(resident, upload, pdf):
    content = pdf[:-6] + b"%" * (20 * 1024 * 1024) + pdf[-6:]
    assert "it has 20.1 MB, and PDF files may have 20" in refusal(
        upload, "a.pdf", content, resident
    )
    assert "CSV files may have 5" in refusal(upload, "a.csv", b"x" * 5_300_000, resident)


def test_a_rolled_back_transaction_takes_the_file_with_it(resident, upload, pdf, on_disk):
    with pytest.raises(DomainError, match="second thoughts"):
        keep_and_regret(upload("a.pdf", pdf), resident, on_disk)
    assert on_disk() == []
    assert StoredFile.objects.count() == 0


def test_a_rolled_back_savepoint_takes_only_its_own_file(resident, upload, pdf, on_disk):
    kept = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    with pytest.raises(DomainError, match="second thoughts"):
        keep_and_regret(upload("b.pdf", pdf), resident, on_disk)
    assert [found.name for found in on_disk()] == [kept.uid.hex]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_never_commits_leaves_no_file(resident, upload, pdf, on_disk):
    with pytest.raises(DomainError, match="second thoughts"):
        keep_and_regret(upload("a.pdf", pdf), resident, on_disk)
    assert on_disk() == []
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_committed_file_stays(resident, upload, pdf, on_disk):
    with transaction.atomic():
        kept = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    assert [found.name for found in on_disk()] == [kept.uid.hex]


def test_a_row_that_the_database_refuses_leaves_no_file(resident, upload, pdf, on_disk):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.keep(upload("a.pdf", pdf), by=resident, scope=None)
    assert on_disk() == []


def test_a_disk_that_takes_nothing_more_is_a_refusal_in_words(resident, upload, pdf, media):
    media.write_bytes(b"a file stands where the folder should")
    with pytest.raises(StorageFull, match="nothing was changed"):
        services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    assert StoredFile.objects.count() == 0


def test_the_scanner_sets_aside_what_it_finds(settings, resident, upload, on_disk):
    use(settings, scanner)
    good = services.keep(upload("a.txt", b"Pull, not push."), by=resident, scope=SCOPE)
    bad = services.keep(upload("b.txt", FOUND), by=resident, scope=SCOPE)
    assert (good.state, bad.state) == ("clean", "quarantined")
    assert len(on_disk()) == 2


def test_files_wait_for_an_absent_scanner_and_are_released_when_it_is_back(
    settings, resident, upload
):
    use(settings, absent_scanner)
    good = services.keep(upload("a.txt", b"Pull, not push."), by=resident, scope=SCOPE)
    bad = services.keep(upload("b.txt", FOUND), by=resident, scope=SCOPE)
    assert (good.state, bad.state) == ("pending", "pending")
    assert services.scan_waiting() == 0
    use(settings, scanner)
    assert services.scan_waiting() == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == ("clean", "quarantined")
    assert services.scan_waiting() == 0


def test_quarantine_tells_the_story_once_however_often_it_is_pressed(resident, upload, pdf):
    file = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    for _ in range(2):
        assert services.quarantine(file, by=resident).state == "quarantined"
    [event] = Event.objects.all()
    assert (event.action, event.actor, event.about) == ("files.quarantine", resident, resident)
    assert (event.scope_id, event.subject) == (SCOPE, file)


def test_release_opens_what_was_set_aside_and_nothing_else(resident, upload, pdf):
    file = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    with pytest.raises(DomainError, match="Nothing was changed"):
        services.release(file, by=resident)
    services.quarantine(file, by=resident)
    assert services.release(file, by=resident).is_ready
    assert [event.action for event in Event.objects.order_by("id")] == [
        "files.quarantine",
        "files.release",
    ]


def test_scan_again_does_not_release_what_a_person_set_aside(resident, upload, pdf):
    file = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    services.quarantine(file, by=resident)
    assert services.scan_again(file).state == "quarantined"


@pytest.mark.parametrize("wrong", [{"size": 0}, {"sha256": "x" * 64}, {"state": "lost"}])
def test_the_database_refuses_a_row_that_no_file_could_have(resident, upload, pdf, wrong):
    file = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**wrong)


def test_where_a_file_lies_tells_neither_its_name_nor_its_number(resident, upload, pdf, media):
    file = services.keep(upload("a.pdf", pdf), by=resident, scope=SCOPE)
    assert location_of(file.path) == media / file.uid.hex[:2] / file.uid.hex
