import pytest
from csp.middleware import CSPMiddleware
from django.http import FileResponse
from django.test import RequestFactory
from django.utils.html import escape

from qipathway.core.files import services
from qipathway.core.files.storage import remove
from qipathway.core.files.views import MISSING, WHY_NOT, serve


@pytest.fixture
def request_of(resident):
    request = RequestFactory().get("/")
    request.user = resident
    return request


@pytest.fixture
def kept(resident, upload, pdf, picture):
    content = {"pdf": pdf, "jpg": picture(), "csv": b"step,minutes\n"}

    def keep(name):
        extension = name.rpartition(".")[2]
        return services.keep(upload(name, content[extension]), by=resident, scope=7)

    return keep


def served(file, request, **options) -> tuple[FileResponse, bytes]:
    """Serve as behind the middleware; close the file only, for ``close`` would end the test's
    transaction as it ends a request's."""
    response = CSPMiddleware(lambda request: serve(file, request, **options))(request)
    with response.file_to_stream:
        return response, b"".join(response.streaming_content)


def test_serve_hands_a_file_over_as_a_download_that_no_browser_runs(kept, request_of, pdf):
    response, content = served(kept("Waste walk.pdf"), request_of)
    assert response.status_code == 200
    assert content == pdf
    assert {name: response[name] for name in response.headers} == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(pdf)),
        "Content-Disposition": 'attachment; filename="Waste walk.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Renée\u2019s 5S.pdf", "attachment; filename*=utf-8''Ren%C3%A9e%E2%80%99s%205S.pdf"),
        ('a"b\\c.pdf', 'attachment; filename="c.pdf"'),
        ("a;b=c, d.pdf", 'attachment; filename="a;b=c, d.pdf"'),
        ("a\r\nX-Evil: 1.pdf", 'attachment; filename="aX-Evil_ 1.pdf"'),
    ],
)
def test_serve_names_the_download_so_that_no_header_can_be_smuggled(kept, request_of, name, sent):
    response, _ = served(kept(name), request_of)
    assert response["Content-Disposition"] == sent


def test_serve_shows_a_picture_in_the_page_only_when_asked(kept, request_of):
    file = kept("board.jpg")
    for inline, disposition in ((True, "inline"), (False, "attachment")):
        response, _ = served(file, request_of, inline=inline)
        assert response["Content-Disposition"] == f'{disposition}; filename="board.jpg"'
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("name", "media_type"), [("a.pdf", "application/pdf"), ("a.csv", "application/octet-stream")]
)
def test_serve_never_shows_anything_else_in_the_page(kept, request_of, name, media_type):
    response, _ = served(kept(name), request_of, inline=True)
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == media_type


def test_a_file_that_is_missing_on_disk_is_a_page_in_words(kept, request_of, caplog):
    file = kept("secret plan.pdf")
    remove(file.path)
    response = serve(file, request_of)
    assert response.status_code == 404
    for words in MISSING:
        assert escape(words) in response.content.decode()
    assert str(file.uid) in caplog.text
    assert "secret plan" not in caplog.text


@pytest.mark.parametrize("state", list(WHY_NOT))
def test_a_file_that_is_not_ready_is_a_page_in_words(kept, request_of, pdf, state):
    file = kept("a.pdf")
    file.state = state
    response = serve(file, request_of)
    assert response.status_code == 409
    assert not response.streaming
    for words in WHY_NOT[state]:
        assert escape(words) in response.content.decode()
    assert pdf not in response.content
