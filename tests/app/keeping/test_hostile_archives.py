"""A damaged, cut, forged or foreign archive is refused in words, and nothing of it is left."""

import hashlib
import io
import json
import os
import zipfile

import pytest

from terreau.app.keeping import archive, sealed
from terreau.app.keeping.backup import backup
from terreau.app.keeping.restore import restore
from terreau.kernel.errors import TerreauError

ROWS, KEY = "rows/accounts.user.jsonl", "home/secret.key"


@pytest.fixture(scope="module")
def whole(made, tmp_path_factory, django_db_blocker):
    """A sound archive."""
    from terreau.app import settings_env as env
    from terreau.app.keeping.standing import standing_on

    target = tmp_path_factory.mktemp("whole") / "tout.zip"
    home, _url = made("sqlite")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DATABASE_URL", "")
        with standing_on(home, env.database(home)):
            backup(target)
    return target


def rewritten(source, target, change):
    """The archive with its contents changed; ``change`` gets {name: bytes} and may touch the manifest too."""
    with zipfile.ZipFile(source) as given:
        contents = {info.filename: given.read(info) for info in given.infolist()}
    change(contents)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in contents.items():
            made.writestr(name if isinstance(name, zipfile.ZipInfo) else str(name), content)
    return target


def manifest(contents, change):
    told = json.loads(contents["manifest.json"])
    change(told)
    contents["manifest.json"] = json.dumps(told).encode()


def declared(contents, name):
    """Have the manifest agree with what ``name`` now holds."""
    entry = {"sha256": hashlib.sha256(contents[name]).hexdigest(), "size": len(contents[name])}
    manifest(contents, lambda told: told["entries"].update({name: entry}))


def a_link(contents):
    info = zipfile.ZipInfo(KEY)
    info.external_attr = 0o120777 << 16
    contents[info] = contents.pop(KEY)


def twice(contents):
    contents[zipfile.ZipInfo(KEY)] = contents[KEY]


def one_more(name, content=b"x"):
    def change(contents):
        contents[name] = content
        declared(contents, name)

    return change


def without_a_row(contents):
    contents[ROWS] = contents[ROWS].split(b"\n", 1)[1]
    declared(contents, ROWS)


def another_row(contents):
    contents[ROWS] = contents[ROWS].replace(b"alone@", b"other@")


def another_journal(contents):
    name = "rows/journal.entry.jsonl"
    contents[name] = contents[name].replace(b"Budget", b"Autre!", 1)
    declared(contents, name)


def newer(contents):
    manifest(contents, lambda told: told["migrations"].append(["accounts", "9999_from_tomorrow"]))


def other_columns(contents):
    manifest(contents, lambda told: told["tables"]["accounts.user"].update(columns=["id"]))


FORGED = {
    "a path above": (one_more("../dehors"), "app.archive_unsafe"),
    "a path from the root": (one_more("/etc/cron.d/x"), "app.archive_unsafe"),
    "a path hidden in a name": (one_more("home/organisations/../../x"), "app.archive_unsafe"),
    "a name of another system": (one_more("C:\\x"), "app.archive_unsafe"),
    "a file Terreau does not write": (one_more("home/.ssh/authorized_keys"), "app.archive_unsafe"),
    "a link": (a_link, "app.archive_unsafe"),
    "two files of one name": (twice, "app.archive_unsafe"),
    "a file nobody announced": (lambda c: c.update({"rows/a.b.jsonl": b""}), "app.archive_altered"),
    "a file that is missing": (lambda c: c.pop(KEY), "app.archive_altered"),
    "a size that lies": (lambda c: manifest(c, lambda m: m["entries"][KEY].update(size=1 << 50)), "app.archive_altered"),
    "another content": (another_row, "app.archive_altered"),
    "a row less": (without_a_row, "app.archive_altered"),
    "a journal rewritten": (another_journal, "app.archive_altered"),
    "columns that are not": (other_columns, "app.archive_altered"),
    "another nature": (lambda c: manifest(c, lambda m: m.update(format=archive.ORGANISATION)), "app.archive_of_another_kind"),
    "a manifest that says nothing": (lambda c: c.update({"manifest.json": b"[]"}), "app.archive_unreadable"),
    "a newer Terreau": (newer, "app.archive_newer"),
}  # fmt: skip


def refused(instance, source, tmp_path, code, passphrase=None):
    home = tmp_path / "ici"
    with instance.at(tmp_path / "nobody"), pytest.raises(TerreauError) as caught:
        restore(source, home, passphrase=passphrase)
    words = caught.value.words("fr")
    assert caught.value.code == code, words
    assert "‹" not in str(words).replace("‹made_by›", "").replace("‹migration›", "")
    assert not home.exists() or not list(home.iterdir())


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_forged_archive_leaves_nothing(instance, whole, tmp_path, forged):
    change, code = FORGED[forged]
    refused(instance, rewritten(whole, tmp_path / "forged.zip", change), tmp_path, code)


def test_an_archive_cut_or_spoilt_anywhere_leaves_nothing(instance, whole, tmp_path):
    content = whole.read_bytes()
    for cut in (0, 10, len(content) // 2, len(content) - 5):
        (tmp_path / "cut.zip").write_bytes(content[:cut])
        refused(instance, tmp_path / "cut.zip", tmp_path, "app.archive_unreadable")
    spoilt = bytearray(content)
    spoilt[300] ^= 0x10
    (tmp_path / "spoilt.zip").write_bytes(spoilt)
    home = tmp_path / "ici"
    with instance.at(tmp_path / "nobody"), pytest.raises(TerreauError, match=r"app\.archive_"):
        restore(tmp_path / "spoilt.zip", home)
    assert not list(home.iterdir())


def test_an_archive_that_unpacks_beyond_its_word_is_stopped(whole, tmp_path):
    with archive.opened(whole, archive.BACKUP, None) as reader:
        reader.entries[KEY]["size"] -= 1
        with pytest.raises(TerreauError, match="archive_altered"):
            reader.extract(KEY, tmp_path / "secret.key")
        reader.entries[KEY]["size"] = 1 << 60
        with pytest.raises(TerreauError, match="restore_no_room"):
            reader.check_room(tmp_path)


def sealed_bytes(clear, passphrase="une phrase assez longue"):
    written = io.BytesIO()
    writer = sealed.SealedWriter(written, passphrase, cost=10)
    for start in range(0, len(clear), 300_000):
        writer.write(clear[start : start + 300_000])
    writer.finish()
    return written.getvalue()


@pytest.mark.parametrize("size", [0, 1, sealed.PIECE, sealed.PIECE + 1, 2 * sealed.PIECE + 17])
def test_what_is_sealed_opens_at_any_place(size):
    clear = os.urandom(size)
    closed = sealed_bytes(clear)
    assert clear[:64] not in closed or size < 16
    reader = sealed.SealedReader(io.BytesIO(closed), "une phrase assez longue")
    buffered = io.BufferedReader(reader)
    assert buffered.read() == clear
    buffered.seek(-min(size, 5), os.SEEK_END)
    assert buffered.read(5) == clear[-min(size, 5) or size :]


def test_sealed_pieces_cannot_be_moved_cut_or_changed():
    closed = sealed_bytes(os.urandom(2 * sealed.PIECE + 17))
    step, start = sealed.PIECE + sealed.TAG, sealed.HEADER
    pieces = [closed[start : start + step], closed[start + step : start + 2 * step], closed[start + 2 * step :]]
    spoilt = bytearray(closed)
    spoilt[start + 5] ^= 1
    for forged in (
        closed[:start] + pieces[1] + pieces[0] + pieces[2],
        closed[: start + 2 * step],
        closed[:-1],
        closed[:start] + pieces[0] + pieces[2],
        bytes(spoilt),
        closed[: start - 1],
    ):
        with pytest.raises(TerreauError, match="archive_altered"):
            io.BufferedReader(sealed.SealedReader(io.BytesIO(forged), "une phrase assez longue")).read()
    with pytest.raises(TerreauError, match="passphrase_wrong"):
        sealed.SealedReader(io.BytesIO(closed), "une autre phrase")


def test_a_sealed_archive_without_its_passphrase_says_so(instance, tmp_path):
    (tmp_path / "tout.zip").write_bytes(sealed_bytes(b"x"))
    refused(instance, tmp_path / "tout.zip", tmp_path, "app.passphrase_needed")
    refused(instance, tmp_path / "tout.zip", tmp_path, "app.passphrase_wrong", "une autre phrase")
    refused(instance, tmp_path / "tout.zip", tmp_path, "app.archive_unreadable", "une phrase assez longue")
