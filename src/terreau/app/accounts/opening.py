"""Opening an organisation, and the instance's very first owner by a one-time code shown in the console."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from terreau.app.accounts.models import Membership, Organisation, Role, User
from terreau.app.home import home, private_file
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_DAYS = 1
RESERVED = {"nouvelle", "new"}


def open_organisation(
    name: str, owner: User, *, headcount: int | None = None, is_example: bool = False
) -> Organisation:
    """A new organisation, its owner, and the first line of its journal."""
    with transaction.atomic():
        made = Organisation.objects.create(name=name, slug=free_slug(name), headcount=headcount, is_example=is_example)
        Membership.objects.create(organisation=made, user=owner, role=Role.OWNER)
        journal.record(made, owner, "accounts.organisation_opened", {"name": name})
    return made


def free_slug(name: str) -> str:
    """The name as it stands in addresses; numbered when taken."""
    wanted = slugify(name)[:50].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    return next(s for s in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if s not in taken)


def first_owner_awaited() -> bool:
    """True until somebody has an account here."""
    return not User.objects.exists()


def new_first_code() -> str:
    """A one-time code for the first owner, to print in the console; only its hash is kept, the older one is void."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    until = datetime.now(UTC) + timedelta(days=CODE_DAYS)
    private_file(_code_file()).write_text(
        json.dumps({"hash": _hash(code), "until": until.isoformat()}), encoding="ascii"
    )
    return code


def first_owner(code: str, *, organisation: str, email: str, password: str) -> tuple[User, Organisation]:
    """The first account and its organisation, against the code; TerreauError app.first_code_refused otherwise."""
    if not _code_holds(code):
        raise TerreauError("app.first_code_refused")
    with transaction.atomic(), _only_once():
        if not first_owner_awaited():
            raise TerreauError("app.first_code_refused")
        user = User.objects.create_user(email, password, is_host=True)
        made = open_organisation(organisation, user)
    return user, made


@contextmanager
def _only_once() -> Iterator[None]:
    """Take the code away while it serves: of two people holding it, one finds it; given back when nothing was made."""
    taken = _code_file().with_suffix(".taken")
    try:
        _code_file().rename(taken)
    except OSError as gone:
        raise TerreauError("app.first_code_refused") from gone
    try:
        yield
    except BaseException:
        taken.replace(_code_file())
        raise
    taken.unlink(missing_ok=True)


def _code_file() -> Path:
    return home() / "first-owner.json"


def _code_holds(code: str) -> bool:
    try:
        kept = json.loads(_code_file().read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return False
    return datetime.now(UTC) < datetime.fromisoformat(kept["until"]) and hmac.compare_digest(kept["hash"], _hash(code))


def _hash(code: str) -> str:
    bare = "".join(c for c in code.upper() if c in ALPHABET)
    return hashlib.sha256(f"terreau first owner {bare}".encode()).hexdigest()
