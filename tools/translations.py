"""Extract French strings, keep their English beside them, compile: `python tools/translations.py [room ...] [--check]`.

One catalogue per Django app (src/terreau/app/<room>/locale/en/LC_MESSAGES/django.po), one for what the rooms share
(src/terreau/app/locale). GNU gettext is not needed: Babel reads Python, Django itself reads its templates.
Run it after changing a string, fill the empty msgstr of the .po, run it again, commit .po and .mo together.
--check changes nothing and says what is missing, stale or identical to its French.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

APP = Path(__file__).resolve().parents[1] / "src" / "terreau" / "app"
KEYWORDS = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")
# Words that are the same in both languages; anything else identical was forgotten.
SAME_IN_BOTH = frozenset(
    {
        "Terreau",
        "Archive",
        "Audit",
        "Audits",
        "observation",
        "Document",
        "Dossier",
        "Dossiers",
        "Français",
        "English",
        "Services",
        "Service",
        "Journal",
        "Action",
        "Sources",
        "Source",
        "sources",
        "source",
        "Label",
        "Pages",
        "Page",
        "Type",
        "Format",
        "Gain",
        "Stock",
        "Note",
        "Total",
        "Zone",
        "Version",
        "Date",
        "Code",
        "Client",
        "Min",
        "Max",
        "Question",
        "Options",
        "Option",
        "Budget",
        "Plan",
        "Invitation",
        "Organisation",
        "Notes",
        "points",
        "Contribution",
        "Discussion",
        "Documents",
        "Effort",
        "Notions",
        "Verdict",
        "version",
    }
)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def rooms() -> dict[str, Path]:
    """Name -> folder of each app, and "shared" for what stands beside them."""
    apps = {path.parent.name: path.parent for path in sorted(APP.glob("*/apps.py"))}
    return {"shared": APP, **apps}


def sources(folder: Path) -> Iterator[Path]:
    """Python files and templates of one room; those of the apps are not those of the shared catalogue."""
    inside = {other for other in rooms().values() if other != folder and folder in other.parents}
    for path in sorted(folder.rglob("*")):
        if any(other in path.parents for other in inside) or "migrations" in path.parts:
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            yield path


def messages(path: Path) -> Iterator[tuple[object, str | None]]:
    """(msgid or (singular, plural), context) of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            yield message, context
        return
    written = templatize(text, origin=str(path))
    for call in CALL.finditer(written):
        words = _literals(written, call.end())
        if call[1] == "pgettext":
            yield words[1], words[0]
        elif call[1] in {"ngettext", "npgettext"}:
            yield tuple(words[-2:]), words[0] if call[1] == "npgettext" else None
        elif words:
            yield words[0], None


def extracted(folder: Path) -> Catalog:
    """Every message of one room, with where it stands."""
    catalogue = Catalog(locale="en")
    for path in sources(folder):
        for message, context in messages(path):
            if message and message != ("", ""):
                catalogue.add(message, locations=[(path.relative_to(APP).as_posix(), 0)], context=context)
    return catalogue


def updated(folder: Path) -> Catalog:
    """What is extracted today, with the English already written."""
    kept, found = current(folder), extracted(folder)
    catalogue = Catalog(
        locale="en",
        project="Terreau",
        version="",
        copyright_holder="Terreau contributors",
        header_comment="# English of Terreau, Apache-2.0.",
        msgid_bugs_address="",
        language_team="",
        last_translator="",
        creation_date=LONG_AGO,
        revision_date=LONG_AGO,
        fuzzy=False,
    )
    for message in sorted((m for m in found if m.id), key=lambda m: (str(m.id), m.context or "")):
        known = kept.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        string = (
            known.string if known is not None and known.id == message.id else ("", "") if message.pluralizable else ""
        )
        places = sorted(set(message.locations))
        catalogue.add(message.id, string=string, locations=places, context=message.context, flags=message.flags)
    return catalogue


def current(folder: Path) -> Catalog:
    """The catalogue as it stands on disk."""
    path = po_path(folder)
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def po_path(folder: Path) -> Path:
    """Where the English of a room is written."""
    return folder / "locale" / "en" / "LC_MESSAGES" / "django.po"


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as text, without line numbers nor dates, so that it changes only when words do."""
    target = io.BytesIO()
    write_po(target, catalogue, width=110, include_lineno=False, sort_output=False)
    lines = target.getvalue().decode().splitlines()
    dated = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid",
    )
    kept = [line for line in lines if not any(word in line for word in dated) and line != "#, fuzzy"]
    return ("\n".join(kept).rstrip() + "\n").encode()


def mo_bytes(folder: Path) -> bytes:
    """The compiled form of the catalogue on disk."""
    target, catalogue = io.BytesIO(), current(folder)
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    write_mo(target, catalogue)
    return target.getvalue()


def _compiled(content: bytes) -> dict[tuple[str, str | None], str]:
    # Compared by words, not bytes: another version of Babel signs its files otherwise.
    return {(str(m.id), m.context): str(list(m.string)) for m in read_mo(io.BytesIO(content)) if m.id}


def faults(folder: Path) -> list[str]:
    """What is wrong in one room: not extracted, untranslated, same as French, placeholders lost, stale .mo."""
    wanted, on_disk = updated(folder), current(folder)
    found = [f"not extracted: {_name(m)}" for m in wanted if m.id and m.id not in {k.id for k in on_disk}]
    found += [f"no longer used: {_name(m)}" for m in on_disk if m.id and m.id not in {k.id for k in wanted}]
    for message in on_disk:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            found.append(f"untranslated: {_name(message)}")
        elif any(s == i and not _same_in_both(i) for i, s in zip(ids, strings, strict=False)):
            found.append(f"English same as French: {_name(message)}")
        elif any(_holes(i) != _holes(s) for i, s in zip(ids, strings, strict=False)):
            found.append(f"placeholders differ: {_name(message)}")
    compiled = po_path(folder).with_suffix(".mo")
    if po_path(folder).exists() and (
        not compiled.exists() or _compiled(compiled.read_bytes()) != _compiled(mo_bytes(folder))
    ):
        found.append("stale .mo: run python tools/translations.py")
    return found


def _same_in_both(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", re.sub(r"%\(\w+\)s|%s", " ", text))
    return all(word in SAME_IN_BOTH or len(word) < 2 for word in words)


def _holes(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[a-z]|%[sd]", text))


def _name(message: object) -> str:
    return str(getattr(message, "id", message))[:90]


def _literals(text: str, start: int) -> list[str]:
    # templatize writes calls on one line, their arguments as Python literals.
    depth, end = 1, start
    quote = ""
    while end < len(text) and depth:
        letter = text[end]
        if quote:
            if letter == "\\":
                end += 1
            elif letter == quote:
                quote = ""
        elif letter in "\"'":
            quote = letter
        else:
            depth += {"(": 1, ")": -1}.get(letter, 0)
        end += 1
    try:
        tree = ast.parse(f"f({text[start : end - 1]})", mode="eval").body
    except SyntaxError:
        return []
    assert isinstance(tree, ast.Call)
    return [a.value for a in tree.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def write(folder: Path) -> None:
    """Bring the .po and the .mo of one room up to date."""
    catalogue = updated(folder)
    if any(message.id for message in catalogue) or po_path(folder).exists():
        po_path(folder).parent.mkdir(parents=True, exist_ok=True)
        po_path(folder).write_bytes(po_bytes(catalogue))
        po_path(folder).with_suffix(".mo").write_bytes(mo_bytes(folder))


def main() -> int:
    """Extract and compile the rooms named (all by default), or only check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", help=", ".join(rooms()))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    chosen = {name: folder for name, folder in rooms().items() if not options.rooms or name in options.rooms}
    bad = 0
    for name, folder in chosen.items():
        if not options.check:
            write(folder)
        for fault in faults(folder):
            bad += 1
            print(f"{name}: {fault}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
