"""Logs without secrets: an address that carries a token is written with the token left out."""

import logging
import re
from typing import Any

TOKENS = re.compile(r"(/invitation/|/contribution/|/calendrier/lien/|/mot-de-passe/nouveau/)[^/\s?]+")


class WithoutSecrets(logging.Filter):
    """Filter: the message and its arguments lose the tokens of invitations, of contributors, of calendars and of new passwords."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line stays, its token goes."""
        record.msg = _bare(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_bare(each) for each in record.args)
        return True


def _bare(said: Any) -> Any:
    return TOKENS.sub(r"\1…", said) if isinstance(said, str) else said
