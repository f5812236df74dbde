"""What each column says: headings matched with known exports, then with synonyms (en-têtes)."""

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

ANY = "any"
BELONGS = 0.70  # share of the headings an exact profile must explain
_LONG = 200  # letters beyond which a cell is no heading worth remembering
_TELLING = 7  # everyday headings that sign a tool when it explains them all: six or less are anybody's list
_SIGNS_NOTHING = "signs nothing"  # note of a heading that a tool writes, and anybody else could
_CLOSE = 0.80  # likeness asked of a proposal
_PROPOSALS = 40  # beyond, a file is not an inventory and looking costs
_DETAIL = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$|\s*[:*?]+$")
_MONEY_GROUP = re.compile(r"^(informations? (financieres?|de gestion)( et administratives?)?|gestion|infocoms?|management|"
                          r"financial and administrative( information)?s?) - ")  # fmt: skip
_PERSON = re.compile(r"^(utilisateur|dernier utilisateur|usager|agent|beneficiaire|detenteur|collaborateur|salarie|contact|prenom|"
                     r"nom (de l'|d'|du )?(agent|utilisateur|usager|salarie|collaborateur|detenteur|beneficiaire)|matricule|"
                     r"login|e-?mail|mail|courriel|adresse (e-?mail|mail|postale|personnelle)|"
                     r"telephone (de|utilisateur|agent|usager)|user|username|employee|assignee|owner name|"
                     r"primary user|upn|first name|last name|full name|phone number|home address)\b")  # fmt: skip
_FIRST_NAME = re.compile(r"^(prenoms?|first ?name|given ?name|forename)\b")
_LAST_NAMES = frozenset({"nom", "noms", "name", "nom de famille", "last name", "surname", "family name", "matricule"})
_LINKS = frozenset(["d", "de", "du", "des", "l", "la", "le", "les", "un", "une", "of", "the", "a", "an"])


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """What the headings of one sheet mean. Columns are named by their position, from 0.

    fields: column -> field, the preferred column first when several say the same thing.
    ignored: column -> heading known and left aside. unknown: column -> heading, nearest known heading.
    """

    profile: str
    language: str
    fields: dict[int, str]
    ignored: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    share: float = 0.0

    def columns(self, name: str) -> tuple[int, ...]:
        """Columns that say ``name``, the preferred one first: take the first cell that is not empty."""
        return tuple(column for column, said in self.fields.items() if said == name)

    @property
    def personal(self) -> tuple[int, ...]:
        """Columns about a person: dropped before anything is stored."""
        return self.columns("user")


@dataclass(frozen=True, slots=True)
class _Known:
    field: str
    rank: int
    signs: bool = True


def known_header(text: str) -> bool:
    """True when the text is a heading of some known export or a usual synonym."""
    return _recognised(text) if len(text) < _LONG else _recognised.__wrapped__(text)


@lru_cache(maxsize=4096)  # the first cells of a file are asked about once for each way it might be written
def _recognised(text: str) -> bool:
    return any(form in _everything() for form in _forms(text)) or bool(_PERSON.match(normal(text)))


def understand(headers: Sequence[str]) -> HeaderReading:
    """Read a row of headings: exact profile at 70 % and more, else synonyms, the file's language first."""
    named = [forms for forms in map(_forms, headers) if forms]
    profile, language, share = _best_profile(named)
    said: dict[int, _Known] = {}
    ignored: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for column, text in enumerate(headers):
        meaning = _meaning(text, profile, language)
        if meaning and meaning.field == "ignore":
            ignored[column] = text
        elif meaning:
            said[column] = meaning
        elif text and text.strip():
            unknown[column] = text
    _give_back_names(headers, said)
    ordered = sorted(said, key=lambda column: (said[column].field, said[column].rank, column))
    fields = {column: said[column].field for column in ordered}
    return HeaderReading(profile, language, fields, ignored, _with_proposals(unknown, language), share)


def _give_back_names(headers: Sequence[str], said: dict[int, _Known]) -> None:
    """Beside a column of first names (two columns away at most) "Nom" and "Matricule" are those of the person."""
    written = {column: normal(text or "") for column, text in enumerate(headers)}
    first = [column for column, text in written.items() if _FIRST_NAME.match(text)]
    for column, text in written.items():
        if text in _LAST_NAMES and any(abs(column - one) <= 2 for one in first):
            said[column] = _Known("user", 10_000)


def _forms(text: str | None) -> tuple[str, ...]:
    """The heading as compared, then without its group of the accounts, then without its unit."""
    whole = normal(text or "")
    bare = _MONEY_GROUP.sub("", whole)
    return tuple(dict.fromkeys(form for form in (whole, bare, _DETAIL.sub("", bare).strip()) if form))


def _best_profile(named: Sequence[tuple[str, ...]]) -> tuple[str, str, float]:
    shares = {
        key: sum(forms[0] in table for forms in named) / max(len(named), 1)
        for key, table in _tables().items()
        if key[0] != ANY
    }
    # when two tools explain a file equally well, the shorter list is the closer portrait
    closest = sorted(shares, key=lambda key: (-shares[key], len(_tables()[key])))
    best = next((key for key in closest if named and shares[key] >= BELONGS and _signed(named, key)), None)
    if best:
        return best[0], best[1], shares[best]
    language = _language(named)
    return ANY, language, sum(any(f in _everything() for f in forms) for forms in named) / max(len(named), 1)


def _signed(named: Sequence[tuple[str, ...]], profile: tuple[str, str]) -> bool:
    """True when a tool wrote this: a heading of its own, or all its words where everyday ones explain no more.

    Two or three everyday words (Type, Modèle) sign nothing: any hand-made list has them. Nor does a tool sign a list by
    everyday words alone when it would have us ignore one of them ("Type" is a mere label in Snipe-IT). Some words of a tool
    are nobody's though no list of everyday words has them (Service Pack): their note says that they sign nothing.
    """
    its, everyday = _tables()[profile], _tables()[(ANY, profile[1])]
    if any(forms[0] in its and its[forms[0]].signs and not any(form in everyday for form in forms) for forms in named):
        return True
    named = list(dict.fromkeys(named))  # a word written twice signs no more than once
    explained = sum(forms[0] in its and its[forms[0]].signs for forms in named)
    silenced = any(its[forms[0]].field == "ignore" != everyday[forms[0]].field
                   for forms in named if forms[0] in its and forms[0] in everyday)  # fmt: skip
    return (
        not silenced
        and len(named) >= _TELLING
        and explained >= sum(any(f in everyday for f in forms) for forms in named)
    )


def _language(named: Sequence[tuple[str, ...]]) -> str:
    count: Counter[str] = Counter()
    for forms in named:
        for (_, language), table in _tables().items():
            count[language] += any(form in table for form in forms)
    return "en" if count["en"] > count["fr"] and _spoken(named, "en") > _spoken(named, "fr") else "fr"


def _spoken(named: Sequence[tuple[str, ...]], language: str) -> int:
    table = _tables()[(ANY, language)]
    return sum(any(form in table for form in forms) for forms in named)


def _meaning(text: str, profile: str, language: str) -> _Known | None:
    other = "en" if language == "fr" else "fr"
    places = [(profile, language), (ANY, language), (ANY, other)]
    for form in _forms(text):
        for place in places:
            if known := _tables().get(place, {}).get(form):
                return known
    whole = normal(text or "")
    if _PERSON.match(whole):
        return _Known("user", 10_000)
    elsewhere = (table[form] for form in _forms(text) for table in _tables().values() if form in table)
    loose = _loose(whole)
    return next(elsewhere, None) or _loosely(language).get(loose) or _loosely(other).get(loose)


def _loose(form: str) -> str:
    """A heading without its small words nor its plurals: "dates de sorties" is "date sortie"."""
    words = [word for word in re.split(r"[\s'./-]+", form) if word not in _LINKS]
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


def _with_proposals(unknown: Mapping[int, str], language: str) -> dict[int, tuple[str, str | None]]:
    return {
        column: (text, _nearest(text, language) if place < _PROPOSALS else None)
        for place, (column, text) in enumerate(unknown.items())
    }


def _nearest(text: str, language: str) -> str | None:
    """The usual heading that looks most like ``text``, as it is written in the vocabulary."""
    for spoken in (language, "en" if language == "fr" else "fr"):
        close = difflib.get_close_matches(normal(text), _tables()[(ANY, spoken)], n=1, cutoff=_CLOSE)
        if close:
            return _written()[close[0]]
    return None


@cache
def _tables() -> dict[tuple[str, str], dict[str, _Known]]:
    tables: dict[tuple[str, str], dict[str, _Known]] = {}
    for rank, row in enumerate(rows("headers")):
        table = tables.setdefault((row["profile"], row["language"]), {})
        table.setdefault(normal(row["header"]), _Known(row["field"], rank, row["note"] != _SIGNS_NOTHING))
    return tables


@cache
def _loosely(language: str) -> dict[str, _Known]:
    """The usual headings of a language by their loose form, but for those it would confuse."""
    table: dict[str, _Known] = {}
    confused = set()
    for form, known in _tables()[(ANY, language)].items():
        other = table.setdefault(_loose(form), known)
        confused |= {_loose(form)} if other.field != known.field else set()
    return {form: known for form, known in table.items() if form and form not in confused}


@cache
def _everything() -> frozenset[str]:
    return frozenset(form for table in _tables().values() for form in table)


@cache
def _written() -> dict[str, str]:
    written: dict[str, str] = {}
    for row in rows("headers"):
        written.setdefault(normal(row["header"]), row["header"])
    return written
