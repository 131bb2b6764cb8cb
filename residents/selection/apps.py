from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "residents.selection"
    label = "selection"
