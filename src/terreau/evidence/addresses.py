"""Is a link still there? Asked of public addresses only: never of a machine inside the house (garde d'adresse).

A link is a person's text: its host may name this machine, a neighbour, or a public name that answers with a private
address. So the name is resolved first, every address it gives must be public, and the connection goes to the very
address that was checked. Each redirection starts again from the top.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from terreau.kernel.errors import TerreauError

PORTS = {"http": 80, "https": 443}
SECONDS = 8.0
REDIRECTIONS = 4
ASKS = {"User-Agent": "Terreau (verification de lien / link check)", "Accept": "*/*", "Connection": "close"}

# Closed to the outside, though older registries call them public: site addresses, relays, protocol and example blocks.
CLOSED = tuple(
    ipaddress.ip_network(each)
    for each in ("fec0::/10", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "192.0.0.0/24", "192.88.99.0/24")
)

Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """What a link answered: ``status`` of the last answer (0: none), where it led, and ``code`` when it did not answer."""

    status: int
    address: str
    code: str = ""

    @property
    def alive(self) -> bool:
        """True when something is still there, even behind a sign-in page."""
        return answers(self.status)


def answers(status: int) -> bool:
    """True when this status (0: none) says that something is there, even what asks to sign in or refuses to be asked so."""
    return 200 <= status < 400 or status in (401, 403, 405, 429)


def checked(url: str) -> SplitResult:
    """The parts of an address that may be kept and shown: http or https, a host, no password, a usual port."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise TerreauError("evidence.link_unreadable", link=url[:200]) from None
    if parts.scheme not in PORTS or not parts.hostname or any(sign in url for sign in "\r\n\t\\ "):
        raise TerreauError("evidence.link_unreadable", link=url[:200])
    if parts.username or parts.password or (port and port not in PORTS.values()):
        raise TerreauError("evidence.link_unusual", link=url[:200])
    return parts


def public_addresses(host: str, port: int, resolve: Resolve | None = None) -> tuple[str, ...]:
    """The addresses of a host, all of them public; evidence.link_private when one of them is not."""
    try:
        found = tuple((resolve or _resolve)(host, port))
    except (OSError, UnicodeError):
        raise TerreauError("evidence.link_unknown_host", host=host) from None
    if not found:
        raise TerreauError("evidence.link_unknown_host", host=host)
    if not all(_public(address) for address in found):
        raise TerreauError("evidence.link_private", host=host)
    return found


def state_of(url: str, *, resolve: Resolve | None = None, seconds: float = SECONDS) -> LinkState:
    """Ask a link whether it is still there, following a few redirections, each one checked like the first.

    Returns the state; refusals of the guard and silence of the other side are states too, told by ``code``.
    """
    address = url
    try:
        for _ in range(REDIRECTIONS + 1):
            status, leads_to = _asked(address, resolve, seconds)
            if not (300 <= status < 400 and leads_to):
                return LinkState(status=status, address=address)
            address = urljoin(address, leads_to)
        return LinkState(status=0, address=address, code="evidence.link_turns_round")
    except TerreauError as refused:
        return LinkState(status=0, address=address, code=refused.code)
    except (OSError, http.client.HTTPException, ValueError):
        return LinkState(status=0, address=address, code="evidence.link_silent")


def _public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [found]
    if isinstance(found, ipaddress.IPv6Address):  # an IPv4 address in disguise is judged as such
        inside += [each for each in (found.ipv4_mapped, found.sixtofour, (found.teredo or (None, None))[1]) if each]
        if found in ipaddress.ip_network("64:ff9b::/96"):
            inside.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    if any(found in each for each in CLOSED if each.version == found.version):
        return False
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in inside)


def _resolve(host: str, port: int) -> tuple[str, ...]:
    return tuple({str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})


def _asked(url: str, resolve: Resolve | None, seconds: float) -> tuple[int, str]:
    parts = checked(url)
    host = str(parts.hostname)
    port = parts.port or PORTS[parts.scheme]
    there = sorted(public_addresses(host, port, resolve))[0]
    connection = _Pinned(host, port, there, secure=parts.scheme == "https", seconds=seconds)
    # Each wait is short, but one that answers letter by letter would hold us for days.
    patience = threading.Timer(2 * seconds, connection.hang_up)
    patience.daemon = True
    patience.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("HEAD", path, headers=ASKS)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        patience.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name would answer a second time."""

    def __init__(self, host: str, port: int, there: str, *, secure: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._there, self._secure = there, secure

    def connect(self) -> None:
        """Connect to the checked address; TLS still verifies the name."""
        self.sock = socket.create_connection((self._there, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def hang_up(self) -> None:
        """End the exchange wherever it is."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
