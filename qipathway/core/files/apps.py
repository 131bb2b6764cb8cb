from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "qipathway.core.files"
    label = "files"
