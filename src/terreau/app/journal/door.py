"""What the other rooms ask of the journal: write down a change, read the head, verify."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from terreau.app.accounts.models import Organisation
from terreau.app.home import secret
from terreau.app.journal import heads
from terreau.app.journal.chain import GENESIS, Break, Keys, Link, breaks, digest_of, seal_of
from terreau.app.journal.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of an organisation's journal, as dossiers and exports quote it."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What verifying one organisation's journal found; ``sound`` when nothing is wrong.

    unwitnessed: entries that nothing outside the database knows (the file of heads was cut, or lags after a crash) [count]
    """

    organisation: str
    name: str
    entries: int
    head: Head
    breaks: tuple[Break, ...]
    unwitnessed: int = 0

    @property
    def sound(self) -> bool:
        """True when every entry is there, unaltered, in order, and none known outside is gone."""
        return not self.breaks


def record(organisation: Organisation, actor: Any, action: str, facts: dict[str, Any] | None = None) -> Head:
    """Write down one change, inside the caller's transaction (refused outside one).

    organisation: whose journal
    actor: the person (User) or None for the program itself
    action: room.verb, as "inventory.confirmed"
    facts: what a reader needs to understand it; JSON values only, no personal data of third parties
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a journal entry is written in the transaction of its change")
    # One writer per organisation: the row of the organisation is the lock (SQLite's IMMEDIATE already is one).
    Organisation.objects.select_for_update(no_key=True).values_list("pk").get(pk=organisation.pk)
    last = head(organisation)
    entry = Entry(
        organisation_id=organisation.pk,
        number=last.number + 1,
        actor=getattr(actor, "pk", None),
        actor_label=_called(actor),
        action=action,
        written=json.dumps(facts or {}, ensure_ascii=False, sort_keys=True),
        previous=last.digest,
    )
    entry.digest = digest_of(link(entry), key_of(organisation.pk))
    entry.save()
    transaction.on_commit(partial(heads.append, organisation.pk, entry.number, entry.digest))
    return Head(number=entry.number, digest=entry.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry as a page tells it: when, the sentence, who (the name alone, without the address)."""

    at: datetime
    sentence: str
    who: str


def about(organisation: Organisation, fact: str, value: str, most: int) -> tuple[Told, ...]:
    """The last entries whose fact of this name has this value (an identifier), the latest first."""
    from terreau.app.journal.words import sentence

    held = Entry.objects.filter(organisation=organisation, written__contains=json.dumps({fact: value})[1:-1])
    return tuple(
        Told(at=one.at, sentence=sentence(one.action, one.facts), who=one.actor_label.partition(" (")[0])
        for one in held.order_by("-number")[:most]
    )


def _called(actor: Any) -> str:
    # The address too: anyone may choose the displayed name of someone else.
    name, email = (getattr(actor, field, "") for field in ("name", "email"))
    if actor is None:
        return ""
    return (f"{name} ({email})" if name and email else str(actor))[:200]


def head(organisation: Organisation) -> Head:
    """The last entry; number 0 and a digest of zeros when nothing was written yet."""
    last = Entry.objects.filter(organisation=organisation).order_by("-number").values_list("number", "digest").first()
    return Head(number=last[0], digest=last[1]) if last else Head(number=0, digest=GENESIS)


def verify(organisation: Organisation) -> Verification:
    """Read the whole journal of one organisation again and say where it breaks."""
    known_outside = heads.read(organisation.pk)
    alone = 0

    def links() -> Iterator[Link]:
        nonlocal alone
        for one in _links(organisation):
            alone += one.number not in known_outside
            yield one

    found = breaks(links(), known_outside, keys_of(organisation.pk).hold)
    return Verification(
        organisation=organisation.slug,
        name=organisation.name,
        entries=Entry.objects.filter(organisation=organisation).count(),
        head=head(organisation),
        breaks=tuple(found),
        unwitnessed=alone,
    )


def witness_the_last() -> None:
    """Each chain's last entry is known outside too, whatever cut the process that wrote it; asked at each start."""
    for organisation in Organisation.objects.all():
        last = head(organisation)
        if last.number and last.number not in heads.read(organisation.pk):
            heads.append(organisation.pk, last.number, last.digest)


def verify_all() -> tuple[Verification, ...]:
    """Every organisation of this instance, and those known outside the database only."""
    here = tuple(Organisation.objects.order_by("slug"))
    gone = heads.organisations() - {str(organisation.pk) for organisation in here}
    return tuple(verify(organisation) for organisation in here) + tuple(_erased(each) for each in sorted(gone))


def _erased(organisation_id: str) -> Verification:
    # Erasing an organisation takes its folder too: heads without a row mean that someone went round the program.
    cut = (Break(number=1, kind="cut"),)
    return Verification(
        organisation=organisation_id, name=organisation_id, entries=0, head=Head(number=0, digest=GENESIS), breaks=cut
    )


def _links(organisation: Organisation) -> Iterator[Link]:
    for entry in Entry.objects.filter(organisation=organisation).order_by("number").iterator(2000):
        yield link(entry)


def link(entry: Any) -> Link:
    """One row (of this model or of an older state of it) as the chain sees it."""
    return Link(
        organisation=str(entry.organisation_id),
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        actor_label=entry.actor_label,
        action=entry.action,
        written=entry.written,
        previous=entry.previous,
        digest=entry.digest,
    )


def key_of(organisation_id: UUID | str) -> bytes:
    """The key of one organisation's chain: it can be handed over with its export, and opens no other."""
    return hmac.new(
        secret("journal.key").encode("ascii"), str(organisation_id).encode("ascii"), hashlib.sha256
    ).digest()


def keys_of(organisation_id: UUID | str) -> Keys:
    """What verifies one organisation's chain here, entries of before its own key included."""
    return Keys(own=key_of(organisation_id), before=secret("journal.key").encode("ascii"))


def seals_of(organisation_id: UUID | str, entries: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Numbers and seals of the entries of before the organisation's own key: its key alone then verifies them."""
    keys = keys_of(organisation_id)
    for each in map(link, entries):
        if not keys.hold(each):
            continue
        if keys.changed:
            return
        yield each.number, seal_of(each, keys.own)
