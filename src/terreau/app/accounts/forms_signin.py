"""The sign-in library's forms, as ours look: labels always visible, no placeholder, no second copy of a link."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class _Plain:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in ("login", "email"):
            if name in self.fields:
                self.fields[name].label = _("Adresse e-mail")
        for name in ("password1", "password"):
            if name in self.fields:
                strong = name == "password1"
                self.fields[name].help_text = _("Au moins 12 caractères ; une phrase convient bien.") if strong else ""


class SignInForm(_Plain, account.LoginForm):
    """Sign-in; already filled in for the demonstration, which listens on this machine only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DEMO and settings.DEMO_PASSWORD:
            self.fields["login"].initial = settings.DEMO_EMAIL
            self.fields["password"].initial = settings.DEMO_PASSWORD
            self.fields["password"].widget.render_value = True


class ReauthenticateForm(_Plain, account.ReauthenticateForm):
    """The password again."""


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    """The old password and the new one, twice."""


class ResetPasswordForm(_Plain, account.ResetPasswordForm):
    """The address a link is sent to."""


class ResetPasswordKeyForm(_Plain, account.ResetPasswordKeyForm):
    """The new password, twice."""


class SecondFactorForm(_Plain, mfa.AuthenticateForm):
    """The code of the phone, or a recovery code."""


class SecondFactorAgainForm(_Plain, mfa.ReauthenticateForm):
    """The same, to confirm."""


class ActivateSecondFactorForm(_Plain, totp.ActivateTOTPForm):
    """The first code."""
