"""How the sign-in library behaves here: no open sign-up, second-factor secrets kept encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: invitations and the first owner's code make accounts."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only when a mail server is configured."""
        if settings.MAIL_WORKS:
            super().send_mail(template_prefix, email, context)


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted with a key derived from the secret of this instance."""

    def encrypt(self, text: str) -> str:
        """What is written in the database."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What the authenticator application knows."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Any:
    from cryptography.fernet import Fernet

    key = hashlib.sha256(b"terreau second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
