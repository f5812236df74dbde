"""Two thousand small misfortunes: never a traceback, and no line is lost. ``TERREAU_FUZZ_CASES`` asks for more."""

import csv
import io
import os
from random import Random

import pytest

from terreau.inventory.arrival import take_in
from terreau.inventory.checking import report
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine
from tests.inventory.hostile.mutations import SPECIMENS, mutated_file, mutated_text, trimmed
from tests.inventory.lines.conftest import AT

CASES = int(os.environ.get("TERREAU_FUZZ_CASES", "2000"))
SEED = int(os.environ.get("TERREAU_FUZZ_SEED", "2026"))
SHARES = 4
TEXTS = sorted(path for path in SPECIMENS.glob("*.csv"))
WORKBOOKS = sorted(SPECIMENS.glob("*.xlsx"))
REFUSALS_BY_NATURE = {"aws_cur_extrait.csv"}


def understood(con, path):
    """The report as both languages would print it; None when the file is refused, in words."""
    try:
        told = report(con, take_in(con, [path], at=AT), at=AT)
    except TerreauError as refusal:
        for language in ("fr", "en"):
            words = refusal.words(language)
            assert words.what and words.why and words.remedy, refusal.code
        return None
    told.as_json("fr")
    for sheet in told.as_json("en")["files"]:
        lines, kept = sheet["lines"], sheet["kept"]
        assert lines["read"] == lines["accepted"] + lines["doubtful"] + lines["rejected"]
        assert sum(kept.values()) == lines["accepted"] + lines["doubtful"]
        assert len({one["line"] for one in sheet["findings"] if one["line"]}) >= lines["rejected"]
    return told


def accounted(told):
    """Records of the file that the report speaks of: read, set aside, and the headings of each table."""
    return sum(one.lines.read + sum(aside.lines for aside in one.set_aside) + 1 for one in told.files)


def physical(content: bytes) -> int:
    """Records of an unquoted text, the last empty one not counted; read by another reader than ours."""
    text = content.decode("utf-8-sig", errors="replace")
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), quoting=csv.QUOTE_NONE, delimiter="\x1f"))


@pytest.mark.parametrize("share", range(SHARES))
def test_a_hurt_file_is_read_or_refused_in_words_and_every_line_is_accounted_for(tmp_path, share):
    rng, done, files, refused = Random(SEED * SHARES + share), 0, 0, 0
    with engine(threads=1) as con:
        while done < CASES // SHARES:
            specimen = rng.choice(TEXTS)
            content, cases = mutated_text(rng, trimmed(specimen), quotes=files % 3 == 0)
            content = mutated_file(rng, content) if files % 2 else content
            path = tmp_path / f"{specimen.stem}-{files}.csv"
            path.write_bytes(content)
            told = understood(con, path)
            whole = files % 3 and not files % 2 and b'"' not in content
            if told and whole:
                assert accounted(told) == physical(content), path.read_bytes()
            refused += told is None and specimen.name not in REFUSALS_BY_NATURE
            done, files = done + cases, files + 1
    assert refused < files / 2  # most are read: refusing everything would also be quiet


def test_a_hurt_workbook_is_read_or_refused_in_words(tmp_path):
    rng = Random(SEED)
    with engine(threads=1) as con:
        for number in range(max(8, CASES // 250)):
            path = tmp_path / f"classeur-{number}.xlsx"
            path.write_bytes(mutated_file(rng, rng.choice(WORKBOOKS).read_bytes()))
            understood(con, path)
