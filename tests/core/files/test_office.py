import random
import struct
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from qipathway.core.files.kinds import office as subject
from qipathway.core.files.kinds.office import EXCEL, POWERPOINT, WORD
from qipathway.core.files.states import Refused

TEMPLATE = (
    b'<Relationships><Relationship Id="rId1" Type="http://schemas.example/attachedTemplate" '
    b'Target="%s" TargetMode="External"/></Relationships>'
)


def zipped(parts, compression=ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", compression) as package:
        for name, data in parts:
            package.writestr(name, data)
    return written.getvalue()


def refusal(content, package=WORD) -> str:
    with pytest.raises(Refused) as refused:
        subject.check(BytesIO(content), package=package)
    return str(refused.value)


@pytest.mark.parametrize(
    ("kind", "package"), [("docx", WORD), ("pptx", POWERPOINT), ("xlsx", EXCEL)]
)
def test_a_plain_document_is_taken(office, kind, package):
    assert subject.check(BytesIO(office(kind)), package=package) is None


def test_an_ordinary_document_with_pictures_links_and_settings_is_taken(office):
    hyperlink = (
        b'<Relationship Type="x/hyperlink" Target="https://example.org" TargetMode="External"/>'
    )
    content = office(
        "xlsx",
        parts={
            "xl/worksheets/_rels/sheet1.xml.rels": hyperlink,
            "xl/media/image1.png": b"\x89PNG",
            "xl/printerSettings/printerSettings1.bin": b"\x00\x01",
            "docProps/thumbnail.emf": b"\x01",
        },
    )
    assert subject.check(BytesIO(content), package=EXCEL) is None


def test_a_document_made_from_a_local_template_is_taken(office):
    rels = TEMPLATE % rb"file:///C:\Users\amaya\Templates\A3.dotx"
    content = office(parts={"word/_rels/settings.xml.rels": rels})
    assert subject.check(BytesIO(content), package=WORD) is None


def test_a_chart_may_bring_its_workbook(office):
    content = office("pptx", parts={"ppt/embeddings/Sheet1.xlsx": office("xlsx")})
    assert subject.check(BytesIO(content), package=POWERPOINT) is None


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/vbaProject.bin", "macros"),
        ("word/VBAPROJECT.BIN", "macros"),
        ("xl/externalLinks/externalLink1.xml", "linked to other workbooks"),
        ("word/embeddings/oleObject1.bin", "embedded object"),
        ("word/activeX/activeX1.xml", "active controls"),
        ("word/embeddings/inner.zip", "inner.zip"),
        ("word/setup.exe", "setup.exe"),
        ("word/afchunk.html", "afchunk.html"),
        ("noextension", "noextension"),
        ("../../../tmp/escaped.xml", "damaged"),
        ("/etc/cron.d/x.xml", "damaged"),
        ("word\\..\\..\\x.xml", "damaged"),
        ("C:/x.xml", "damaged"),
    ],
)
def test_a_document_with_a_part_that_does_not_belong_is_refused(office, part, words):
    assert words in refusal(office(parts={part: b"x"}))


def test_a_macro_document_renamed_is_refused_by_its_own_list_of_types(office):
    declared = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert "macros" in refusal(office(declares=declared))


@pytest.mark.parametrize("without", ["[Content_Types].xml", "word/document.xml"])
def test_a_package_without_what_makes_it_a_document_is_refused(office, without):
    refusal(office(without=without))


def test_another_format_by_the_wrong_name_is_refused(office):
    assert "not a Word file inside" in refusal(office("xlsx"), WORD)


@pytest.mark.parametrize(
    "target",
    [
        b"https://evil.example/t.dotm",
        b" HTTP://evil.example/t.dotm",
        b"&#104;ttp://evil.example/t.dotm",
        rb"\\evil.example\t.dotm",
        b"file://evil.example/t.dotm",
    ],
)
def test_a_template_from_elsewhere_is_refused(office, target):
    content = office(parts={"word/_rels/settings.xml.rels": TEMPLATE % target})
    assert "template" in refusal(content)


def test_relations_in_a_wide_encoding_are_refused(office):
    wide = (TEMPLATE % b"https://evil.example/t.dotm").decode().encode("utf-16")
    assert "damaged" in refusal(office(parts={"word/_rels/settings.xml.rels": wide}))


def test_relations_that_would_fill_the_memory_are_refused(office):
    content = office(parts={"_rels/.rels": b"0123456789abcdef" * 300_000})
    padded = office(parts={"word/media/image1.png": random.Random(1).randbytes(200_000)})
    assert "unpacks to more" in refusal(content)
    assert subject.check(BytesIO(padded), package=WORD) is None


def test_macros_in_an_embedded_workbook_are_found(office):
    inner = office("xlsx", parts={"xl/vbaProject.bin": b"x"})
    content = office("pptx", parts={"ppt/embeddings/Sheet1.xlsx": inner})
    assert "macros" in refusal(content, POWERPOINT)


def test_an_embedded_workbook_may_hold_no_further_one(office):
    inner = office("xlsx", parts={"xl/embeddings/Deeper.xlsx": office("xlsx")})
    content = office("pptx", parts={"ppt/embeddings/Sheet1.xlsx": inner})
    assert "deeper.xlsx" in refusal(content, POWERPOINT)


@pytest.mark.parametrize(("copies", "size"), [(1, 110_000_000), (30, 1_000_000)])
def test_a_zip_bomb_is_refused_before_it_unpacks(office, copies, size):
    zeros = b"\x00" * size
    content = office(parts={f"word/media/{n}.xml": zeros for n in range(copies)})
    del zeros
    assert len(content) < 120_000
    tracemalloc.start()
    said = refusal(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more" in said
    assert peak < 5_000_000


def test_a_bomb_of_embedded_workbooks_is_refused(office):
    filler = b"".join(n.to_bytes(4, "big") * 64 for n in range(100_000))
    inner = office("xlsx", parts={"xl/media/image1.xml": filler})
    parts = {f"ppt/embeddings/{n}.xlsx": inner for n in range(6)}
    assert "unpacks to more" in refusal(office("pptx", parts=parts), POWERPOINT)


def test_more_entries_than_a_document_needs_are_refused_before_they_are_listed():
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[20] * 2, *[0] * 7, 5, *[0] * 6) + b"a.xml"
    listing = entry * 0xFFFF
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listing), 4, 0)
    content = b"PK\x03\x04" + listing + end
    tracemalloc.start()
    said = refusal(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more" in said
    assert peak < 1_000_000


def test_a_list_of_parts_that_understates_their_number_is_refused(office):
    content = bytearray(office(parts={f"word/{n}.xml": b"" for n in range(1_100)}))
    at = content.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", content, at + 8, 1, 1)
    assert "unpacks to more" in refusal(bytes(content))


def test_a_part_that_understates_its_size_is_refused(office):
    content = bytearray(office(parts={"word/media/a.xml": b"\x00" * 50_000}))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 10)
    assert "damaged" in refusal(bytes(content))


def test_two_parts_of_one_name_are_refused(office):
    content = office(parts={"word/settings.xml": b"a", "WORD/settings.xml": b"b"})
    assert "damaged" in refusal(content)


def test_a_compression_that_documents_do_not_use_is_refused(office):
    with ZipFile(BytesIO(office())) as plain:
        parts = [(name, plain.read(name)) for name in plain.namelist()]
    assert "damaged" in refusal(zipped(parts, ZIP_LZMA))


def test_a_protected_document_is_refused(office):
    assert "password" in refusal(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 512)
    flagged = bytearray(office())
    at = flagged.find(b"PK\x01\x02")
    struct.pack_into("<H", flagged, at + 8, 1)
    assert "password" in refusal(bytes(flagged))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all", b"PK\x05\x06"])
def test_what_is_no_package_is_refused(content):
    assert "damaged" in refusal(content)


def test_something_before_the_package_is_refused(office):
    assert "damaged" in refusal(b"%PDF-1.7\n" + office())


def test_no_corruption_or_cut_of_a_document_raises_anything_but_a_refusal(office):
    whole = office(parts={"word/media/image1.png": bytes(range(256)) * 8})
    for cut in range(0, len(whole), 37):
        refusal(whole[:cut])
    for at in range(0, len(whole), 11):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            subject.check(BytesIO(bytes(broken)), package=WORD)
        except Refused:
            continue
