"""Risky acts are counted: beyond so many in so long, one waits. Kept in the shared cache, so it holds across processes."""

from __future__ import annotations

import hashlib
import time
from ipaddress import IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from terreau.kernel.errors import TerreauError


def spend(request: HttpRequest, act: str, *, most: int, seconds: int, key: str = "") -> None:
    """Count one ``act`` of this address (or of ``key``); TerreauError app.too_many_tries beyond ``most`` in ``seconds``."""
    window = int(time.time() // seconds)
    who = hashlib.sha256((key or _address(request)).encode()).hexdigest()[:32]
    name = f"terreau:throttle:{act}:{window}:{who}"
    done = cache.get(name, 0) + 1  # two at once may count for one: a limit, not an account
    cache.set(name, done, seconds)
    if done > most:
        raise TerreauError("app.too_many_tries", minutes=max(1, seconds // 60))


def _address(request: HttpRequest) -> str:
    told = str(get_adapter().get_client_ip(request))
    try:
        found = ip_address(told)
    except ValueError:
        return told
    # One house has a whole /64.
    return str(IPv6Network(f"{found}/64", strict=False)) if found.version == 6 else told
