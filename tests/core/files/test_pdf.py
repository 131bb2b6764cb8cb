from io import BytesIO

import pytest

from qipathway.core.files.kinds import pdf as subject
from qipathway.core.files.states import Refused


def test_a_plain_pdf_is_taken(pdf):
    assert subject.check(BytesIO(pdf)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 this program cannot be run",
        b"<html><script>alert(1)</script>%PDF-1.7\n%%EOF",
        b"\n%PDF-1.7\n%%EOF",
        b"%pdf-1.7\n%%EOF",
    ],
    ids=["exe", "html polyglot", "a byte before", "lower case"],
)
def test_what_does_not_start_as_a_pdf_is_refused(content):
    with pytest.raises(Refused, match="not a PDF inside"):
        subject.check(BytesIO(content))


def test_a_pdf_that_is_cut_short_is_refused(pdf):
    with pytest.raises(Refused, match="cut short"):
        subject.check(BytesIO(pdf[:-8] + b" " * 4096))


@pytest.mark.parametrize(
    "entry", [b"/Encrypt 5 0 R", b"/Encrypt\r\n  12 0 R", b"/Encrypt<</Filter/Standard>>"]
)
def test_a_protected_pdf_is_refused(pdf, entry):
    with pytest.raises(Refused, match="protected by a password"):
        subject.check(BytesIO(pdf.replace(b"/Root", entry + b"/Root")))


def test_a_pdf_that_only_speaks_of_encryption_is_taken(pdf):
    told = pdf.replace(b"/Root", b"/EncryptMetadata false (use /Encrypt here) /Root")
    assert subject.check(BytesIO(told)) is None
