"""A form from an older sign-in is refused, and what was typed is not lost."""

import pytest
from django.test import Client

HOSTILE = '</textarea><script>alert("x")</script>'


def refused(data) -> str:
    answer = Client(enforce_csrf_checks=True).post("/account/sign-in/", data)
    assert answer.status_code == 403
    return answer.content.decode()


@pytest.mark.django_db
def test_what_was_typed_is_on_the_page_that_refuses_it_escaped_and_labelled():
    page = refused({"aim": "From six hours to three", "why": HOSTILE})
    assert "readonly>\nFrom six hours to three</textarea>" in page
    assert HOSTILE not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert page.count("<textarea") == page.count('<label class="form-label" for="typed-') == 2


@pytest.mark.django_db
def test_neither_the_password_nor_the_token_is_on_that_page():
    page = refused({"password": "a-secret-of-mine", "csrfmiddlewaretoken": "an-old-token"})
    assert "a-secret-of-mine" not in page
    assert "an-old-token" not in page
    assert "What you typed" not in page
