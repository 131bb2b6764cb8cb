"""A form from an older sign-in is refused, and what was written is not lost."""

import pytest
from django.test import Client

from curriculum.forms import AcceptForm, ReturnForm
from qipathway.core.lib.forms import free_texts

HOSTILE = '</textarea><script>alert("x")</script>'
SECRETS = {
    "csrfmiddlewaretoken": "an-old-token",
    "password": "a-secret-of-mine",
    "code": "K7Q-M2X",
    "login": "somebody@example.org",
    "token": "a-personal-link",
    "anything_new": "not known to be harmless",
}


def refused(data) -> str:
    answer = Client(enforce_csrf_checks=True).post("/account/sign-in/", data)
    assert answer.status_code == 403
    return answer.content.decode()


@pytest.mark.django_db
def test_what_was_written_is_on_the_page_that_refuses_it_escaped_and_under_its_name():
    page = refused({"aim": "From six hours to three", "why_it_matters": HOSTILE})
    assert "readonly>\nFrom six hours to three</textarea>" in page
    assert ">Aim</label>" in page
    assert ">Why it matters</label>" in page
    assert HOSTILE not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert page.count("<textarea") == page.count('<label class="form-label" for="typed-') == 2


@pytest.mark.django_db
def test_no_password_code_or_token_and_nothing_unknown_is_on_that_page():
    page = refused(SECRETS)
    assert [secret for secret in SECRETS.values() if secret in page] == []
    assert "What you typed" not in page


def test_no_field_of_ours_for_free_text_is_named_like_a_secret():
    assert set(SECRETS) & set(free_texts()) == set()


def test_a_name_that_two_forms_label_differently_is_labelled_by_itself():
    labels = {form.base_fields["comment"].label for form in (AcceptForm, ReturnForm)}
    assert len(labels) == 2
    assert free_texts()["comment"] == "Comment"
