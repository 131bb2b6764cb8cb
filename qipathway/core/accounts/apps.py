from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qipathway.core.accounts"
    label = "accounts"
