from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What whoever runs the site does and sees; nothing of any resident."""

    name = "qipathway.operations"
    label = "operations"
