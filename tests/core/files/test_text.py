from io import BytesIO

import pytest

from qipathway.core.files.kinds import text as subject
from qipathway.core.files.states import Refused


@pytest.mark.parametrize(
    "content",
    [
        b"step,minutes\nregister,4\n",
        "\ufeffstep,minutes\r\nprüfen,4\r\n".encode(),
        b"lead time < 120 min, and x<y",
        b"  - a list\n",
    ],
    ids=["csv", "with a byte order mark", "less than", "indented"],
)
def test_plain_text_is_taken(content):
    assert subject.check(BytesIO(content)) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Schritt;Zeit\nprüfen;4".encode("cp1252"), "UTF-8"),
        ("step,minutes".encode("utf-16"), "UTF-16"),
        (b"step\x00minutes", "not text"),
        (b"MZ\x90\x00\x03", "UTF-8"),
        (b"<!doctype html><p>hello", "web page"),
        (b"\n\n   <svg onload=alert(1)>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "web page"),
        (b"hello\n<ScRiPt>alert(1)</script>", "web page"),
    ],
)
def test_what_is_not_plain_text_is_refused(content, words):
    with pytest.raises(Refused, match=words):
        subject.check(BytesIO(content))
