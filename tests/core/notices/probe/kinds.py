"""Kinds about a person: live while that person is not staff, and written unless called Poison."""

from django.db.models import OuterRef

from qipathway.core.accounts.models import User
from qipathway.core.notices.kinds import Kind, Message, register, unregister

HARMLESS, PERSONAL = "probe.reminder", "probe.news"


def about_people():
    return User.objects.filter(pk=OuterRef("object_id"), is_staff=False)


def write_about(notices, recipient):
    people = User.objects.in_bulk([notice.object_id for notice in notices])
    names = [people[notice.object_id].given_name for notice in notices]
    if "Poison" in names:
        raise KeyError("there is no such thing")
    return Message(subject=f"About {' and '.join(names)}", text="See the site.\n")


def register_kinds():
    register(Kind(HARMLESS, about_people, write_about, ambiguous="resend"))
    register(Kind(PERSONAL, about_people, write_about, ambiguous="hold"))


def unregister_kinds():
    unregister(HARMLESS)
    unregister(PERSONAL)
