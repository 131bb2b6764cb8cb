from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "qipathway.cockpit"
    label = "cockpit"
