"""Forms of accounts."""

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in; already filled in for the demonstration, which listens on this machine only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DEMO and settings.DEMO_PASSWORD:
            self.fields["login"].initial = settings.DEMO_EMAIL
            self.fields["password"].initial = settings.DEMO_PASSWORD
            self.fields["password"].widget.render_value = True
