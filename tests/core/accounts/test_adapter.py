"""Mail that the sign-in itself sends."""

from tests.factories.accounts import UserFactory


def test_a_code_comes_from_the_site_s_own_domain_and_from_a_machine(
    db, client, settings, mailoutbox
):
    settings.MAIL_DOMAIN = "hospital.example"
    person = UserFactory()
    client.post("/account/sign-in/code/", {"email": person.email})
    [message] = mailoutbox
    said = message.message()
    assert said["Message-ID"].endswith("@hospital.example>")
    assert said["Auto-Submitted"] == "auto-generated"
