from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qipathway.core.notices"
    label = "notices"
