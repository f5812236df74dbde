"""Damaged files, thirty at random but always the same: words or lines, never a crash, never a line twice."""

import random

import pytest

from terreau.kernel.errors import TerreauError
from tests.tables.reading_room import EXAMPLES, opened

LISTS = sorted([*EXAMPLES.glob("*.csv"), *EXAMPLES.glob("*.xlsx")])
SCRATCHES = (b'"', b'""', b";", b",", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xc3", b"\n\n\n", b"\t", b"'", b"TOTAL;")


def damaged(chance):
    """The start of one of our lists, scratched, cut and altered."""
    content = bytearray(chance.choice(LISTS).read_bytes())
    if not content.startswith(b"PK"):
        del content[chance.choice((200, 2000, 8000)) :]
    for _ in range(chance.choice((1, 2, 5, 20))):
        place = chance.randrange(len(content))
        if chance.random() < 0.7:
            content[place:place] = chance.choice(SCRATCHES)
        else:
            del content[place : place + chance.choice((1, 5, 50))]
    return bytes(content)


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_list_gives_lines_in_order_or_a_remedy(tmp_path, seed):
    path = tmp_path / "damaged.csv"
    path.write_bytes(damaged(random.Random(seed)))
    try:
        with opened(path) as (con, sheets):
            for sheet in sheets:
                lines = [row[0] for row in con.execute(f"SELECT line FROM {sheet.relation}").fetchall()]
                aside = {remark.line + n for remark in sheet.set_aside for n in range(remark.lines)}
                assert lines == sorted(set(lines))
                assert not aside & {*lines, sheet.header_line}
                assert all(finding.words("fr").remedy for finding in sheet.findings)
    except TerreauError as refused:
        assert refused.words("fr").remedy  # noqa: PT017
