from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Knows every kind of notice that any app owes, and loads the doorbell."""

    name = "qipathway.reminders"
    label = "reminders"

    def ready(self) -> None:
        import qipathway.celery  # noqa: F401 (tasks are bound to the app that it makes)
        from qipathway.core.notices.kinds import register

        from .kinds import KINDS

        for kind in KINDS:
            register(kind)
