"""What an administrator may set: the environment variables of Terreau, read here and nowhere else.

TERREAU_HOME, DATABASE_URL, TERREAU_URL (public address), TERREAU_HOSTS (further host names), TERREAU_BEHIND_PROXY,
TERREAU_TRUSTED_PROXIES, TERREAU_MAIL_URL, TERREAU_TIME_ZONE, TERREAU_UPLOAD_MAX_MB, TERREAU_UPLOAD_MAX_FILES,
TERREAU_ORGANISATION_MAX_MB, TERREAU_SCAN_COMMAND, TERREAU_WORK_SECONDS, TERREAU_WORKERS, TERREAU_DEMO.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from terreau.app.home import private_file

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# synchronous=FULL: what a person was told is done is on the disk, and a journal entry known outside the database never
# precedes the one inside (3 to 4 ms for each change; NORMAL may lose the last ones in a power cut).
SQLITE_ON_CONNECT = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728; "
    "PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;"
)


def text(name: str, default: str = "") -> str:
    """The value of a variable, spaces trimmed."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """True for 1, true, yes, on, oui."""
    return text(name).casefold() in {"1", "true", "yes", "on", "oui"}


def number(name: str, default: int) -> int:
    """A whole number, refused at start-up with its name when it is not one."""
    given = text(name)
    if not given:
        return default
    if not given.isdecimal():
        raise SystemExit(f"{name} must be a whole number, not {given!r}")
    return int(given)


def public_url() -> str:
    """Address people type, without its last slash."""
    return text("TERREAU_URL", "http://127.0.0.1:8000").rstrip("/")


def https() -> bool:
    """True when people reach Terreau by https: cookies are then marked secure."""
    return urlsplit(public_url()).scheme == "https"


def hosts() -> list[str]:
    """Host names answered to, always explicit: this machine, the public address, TERREAU_HOSTS."""
    public = urlsplit(public_url()).hostname or ""
    more = [host.strip() for host in text("TERREAU_HOSTS").split(",") if host.strip() and host.strip() != "*"]
    return list(dict.fromkeys([*LOCAL_HOSTS, *([f"[{public}]" if ":" in public else public] if public else []), *more]))


def origins() -> list[str]:
    """Origins whose forms are trusted: the public address only."""
    parts = urlsplit(public_url())
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def database(home: Path) -> dict[str, Any]:
    """SQLite in the home, or what DATABASE_URL says: postgresql://user:password@host:port/name?option=value."""
    url = text("DATABASE_URL")
    if not url:
        return sqlite(private_file(home / "terreau.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(f"DATABASE_URL must start with postgresql:// or sqlite://, not {parts.scheme}://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder may stand as ?host=/folder or as a percent-encoded host.
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as measured to lose nothing under eight writers: WAL, IMMEDIATE transactions, 20 s of patience."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_ON_CONNECT},
    }


def mail_works() -> bool:
    """True when a mail server is configured."""
    return bool(text("TERREAU_MAIL_URL"))


def mail() -> dict[str, Any]:
    """TERREAU_MAIL_URL=smtp://user:password@host:587?tls=1&from=terreau@example.org; none: no mail is ever sent."""
    url = text("TERREAU_MAIL_URL")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    sender = options.get("from", unquote(parts.username or "") or "terreau@localhost")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme != "smtps" and options.get("tls") == "1",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }
