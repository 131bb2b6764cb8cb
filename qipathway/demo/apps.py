from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qipathway.demo"
    label = "demo"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (importing registers them)
