"""What a view behind ``login_required`` may rely on."""

from django.http import HttpRequest

from qipathway.core.accounts.models import User

REFUSED = 422
"""The status of a page whose form was not taken: what was typed is there, and why."""


class SignedInRequest(HttpRequest):
    """A request whose user is a person; for type checkers, no such object is ever made."""

    user: User
