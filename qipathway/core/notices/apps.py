from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qipathway.core.notices"
    label = "notices"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (importing registers them)
