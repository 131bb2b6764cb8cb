"""Django's test client, which knows by which of our backends people are signed in."""

from django.test import Client


class Browser(Client):
    """A client whose ``force_login`` needs no backend: the policy answers, it signs nobody in."""

    def force_login(self, user, backend="django.contrib.auth.backends.ModelBackend"):
        super().force_login(user, backend)
