from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qipathway.demo"
    label = "demo"
