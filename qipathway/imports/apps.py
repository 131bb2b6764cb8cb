from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Tables that a program already has, brought in whole or not at all."""

    name = "qipathway.imports"
    label = "imports"
