from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "qipathway.core.clock"
    label = "clock"
