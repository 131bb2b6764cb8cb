"""The form of signing in with a password, in the words of the page around it."""

from typing import Any

from allauth.account import forms


class LoginForm(forms.LoginForm):
    """What django-allauth asks, labelled like the rest; a hint inside a field would vanish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["remember"].label = "Stay signed in when the browser closes"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
