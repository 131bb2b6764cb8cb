"""The page of signing in speaks with one voice."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_the_fields_for_a_password_are_named_like_the_one_for_a_code(client):
    form = client.get(reverse("account_login")).context["form"]
    assert [field.label for field in form] == [
        "E-mail",
        "Password",
        "Stay signed in when the browser closes",
    ]
    assert "placeholder" not in form.as_p()


@pytest.mark.parametrize(("sent", "at_close"), [({}, True), ({"remember": "on"}, False)])
def test_a_session_outlives_the_browser_only_where_that_was_asked(client, sent, at_close):
    person = UserFactory()
    person.set_password("a quiet long phrase")
    person.save()
    asked = {"login": person.email, "password": "a quiet long phrase", **sent}
    answer = client.post(reverse("account_login"), asked)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.get_expire_at_browser_close() is at_close
