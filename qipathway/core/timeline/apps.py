from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "qipathway.core.timeline"
    label = "timeline"
