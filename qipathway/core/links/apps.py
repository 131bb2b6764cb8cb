from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "qipathway.core.links"
    label = "links"
