"""The library as an app, so that Django finds its template tags."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """Tags, markup, static files: what every page is drawn with."""

    name = "qipathway.core.lib"
    label = "lib"
