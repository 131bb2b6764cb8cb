"""Registers the tests' kinds in dispatchers that run as processes of their own."""

from django.apps import AppConfig


class ProbeConfig(AppConfig):
    name = "tests.core.notices.probe"
    label = "probe"

    def ready(self):
        from .kinds import register_kinds

        register_kinds()
