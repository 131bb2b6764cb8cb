from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "qipathway.core.clock"
    label = "clock"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (importing registers them)
