"""Which rows are one device (grappes): the same serial, the same IMEI, or a person who says so; never a name alone.

Rows that share a number are linked, and links are followed: A and B by their serial, B and C by their IMEI are one
device. An IMEI written in the serial column is a number like another. Numbers that identify nothing are never followed
(see ``keys.junk_serials``), nor is a number that several devices bear: it then only links rows of one maker and of near
kinds, and is a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from terreau.inventory.decisions import Decisions, Pair
from terreau.inventory.keys import coarse, fresh, junk_serials, repeated_serials
from terreau.inventory.lookup import lookup
from terreau.inventory.reconciliation.handles import SEPARATOR, matched
from terreau.inventory.reconciliation.kin import akin, family, kin

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

ROW_ID = "((input::BIGINT << 31) + line)"
"""SQL: the number of a row among all rows of one reading, stable as long as the inputs are the same."""

Thing = tuple[int, str, str]
"""Sheet, maker and category of a row, '' when unknown."""

LARGEST_SPLIT = 60
"""Rows of a cluster up to which each pair is looked at when a decision parts it; beyond, each with the next [count]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Rows that may repeat one another, in the engine.

    rows: table of candidates: row_id, source, kind, maker, category, serial_token, imei_token, decided (a person joined it)
    members: table (row_id, label) of the rows that are one device with another, one label per device (a row_id of it)
    shared: table (token, …) of the numbers that several devices bear (see ``_shared``)
    junk: table (coarse, many) of the numbers that join nothing (see ``keys.junk_serials``)
    """

    rows: str
    members: str
    shared: str
    junk: str


def clusters(con: Engine, standing: str, decisions: Decisions, *, repeated: str = "") -> Clusters | None:
    """Clusters of the rows of ``standing`` (see fates), None when every row is a device of its own.

    Only rows whose serial or IMEI is written more than once, or that a decision names, are looked at.
    repeated: table of ``keys.repeated_serials`` of the same rows, made when not given
    """
    repeated = repeated or repeated_serials(con, standing)
    decided = decisions.same | decisions.apart
    if not decided and not (con.execute(f"SELECT count(*) FROM {repeated}").fetchone() or (0,))[0]:
        return None
    named = _named(con, standing, decided)
    joined = {row for pair in decisions.same if {*pair} <= named.keys() for key in pair for row in named[key]}
    rows, junk = _candidates(con, standing, repeated, {row for some in named.values() for row in some}, joined)
    shared = _shared(con, rows)
    links = _links(con, rows, shared, decisions.same, named)
    members = _members(con, links, decisions, named)
    return Clusters(rows=rows, members=members, shared=shared, junk=junk)


def _named(con: Engine, standing: str, decided: Iterable[Pair]) -> dict[str, list[int]]:
    keys = {key for pair in decided for key in pair}
    if not keys:
        return {}
    rows = f"(SELECT *, {ROW_ID} AS row_id FROM {standing} WHERE NOT coalesce(is_virtual, FALSE))"
    return matched(con, rows, keys)


def _candidates(con: Engine, standing: str, repeated: str, named: set[int],
                joined: set[int]) -> tuple[str, str]:  # fmt: skip
    """Table of the rows that share a number with another or that a decision names, with their numbers; and of the junk."""
    rows, name = fresh("candidates"), fresh("numbered")
    ids = lookup(con, fresh("named"), {"row_id": ("BIGINT", sorted(named))})
    often = f"(SELECT h FROM {repeated})"
    told = f"OR row_id IN (SELECT row_id FROM {ids})" if named else ""
    con.execute(f"""CREATE TEMP TABLE {rows} AS SELECT * FROM (
            SELECT {ROW_ID} AS row_id, input, source, kind, serial, imei, maker, category, name, source_id,
                   {coarse("serial")} AS serial_bare, {coarse("imei")} AS imei_bare FROM {standing}
            WHERE NOT coalesce(is_virtual, FALSE))
        WHERE hash(serial_bare) IN {often} OR hash(imei_bare) IN {often} {told}""")
    junk = junk_serials(con, rows, repeated, compared=("serial_bare", "imei_bare"))
    decided = lookup(con, fresh("decided"), {"row_id": ("BIGINT", sorted(joined))})
    con.execute(f"""CREATE TEMP TABLE {name} AS
        SELECT l.row_id, input, source, kind, maker, category, CASE WHEN js.coarse IS NULL THEN serial_bare END
               AS serial_token, CASE WHEN ji.coarse IS NULL THEN imei_bare END AS imei_token,
               d.row_id IS NOT NULL AS decided
        FROM {rows} l LEFT JOIN {junk} js ON js.coarse = serial_bare
        LEFT JOIN {junk} ji ON ji.coarse = imei_bare LEFT JOIN {decided} d ON d.row_id = l.row_id""")
    con.execute(f"DROP TABLE {rows}")
    return name, junk


def _shared(con: Engine, rows: str) -> str:
    """Table (token, maker, category, part) of the numbers that several devices bear, and which part each thing is of.

    Two makers put the number on two kinds of device that nobody confuses; or one sheet, which lists a device once, gives
    it to two makers, or to two kinds as far apart as a computer and its screen.
    """
    both = f"""(SELECT serial_token AS token, input, maker, category FROM {rows}
        UNION ALL SELECT imei_token, input, maker, category FROM {rows} WHERE imei_token IS DISTINCT FROM serial_token)"""
    said = con.execute(f"""
        SELECT token, list(DISTINCT (input, coalesce(maker, ''), coalesce(category, ''))) FROM {both}
        WHERE token IN (SELECT token FROM {both} WHERE token IS NOT NULL GROUP BY token
                        HAVING min(nullif(maker, '')) <> max(nullif(maker, '')) OR min(category) <> max(category))
        GROUP BY token""").fetchall()
    shared = {token: {things[1:] for things in told} for token, told in said if _several(told)}
    parted = [(token, maker, category, part) for token in sorted(shared)
              for maker, category, part in _things(shared[token])]  # fmt: skip
    columns = zip(*parted, strict=True) if parted else ((), (), (), ())
    return lookup(con, fresh("shared_numbers"), {name: ("VARCHAR", list(values)) for name, values in
                  zip(("token", "maker", "category", "part"), columns, strict=True)})  # fmt: skip


def _several(things: Iterable[Thing]) -> bool:
    """True when what is said under one number cannot be one device."""
    pairs = list(combinations(sorted(things), 2))
    return any(two_makers(one, other) and known(one, other) and not kin(one[2], other[2]) for one, other in pairs) or any(
        one[0] == other[0] and (two_makers(one, other) or (known(one, other) and not akin(one[2], other[2])))
        for one, other in pairs
    )  # fmt: skip


def two_makers(one: Thing, other: Thing) -> bool:
    """Both makers are known, and differ."""
    return bool(one[1] and other[1]) and one[1] != other[1]


def known(one: Thing, other: Thing) -> bool:
    """Both categories are known."""
    return bool(one[2] and other[2])


def _things(said: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Maker, category and part of each thing: a maker's things of near kinds are one, those of unknown kind go with them."""
    first: dict[str, str] = {}
    for maker, category in sorted(said, key=lambda one: (one[0], not one[1], one[1])):
        kind = family(category) if category else first.get(maker, "")
        first.setdefault(maker, kind)
        yield maker, category, f"{maker}{SEPARATOR}{kind}"


def _links(con: Engine, rows: str, shared: str, same: Iterable[Pair], named: Mapping[str, list[int]]) -> str:
    """Table (row_id, token): each number of each row and each decision that joins it, those two rows have in common."""
    joined = [(row, f"decision{SEPARATOR}{one}{SEPARATOR}{other}") for one, other in sorted(same)
              if one in named and other in named for row in (*named[one], *named[other])]  # fmt: skip
    told = lookup(con, fresh("joined"), {"row_id": ("BIGINT", [row for row, _ in joined]),
                                         "token": ("VARCHAR", [token for _, token in joined])})  # fmt: skip
    name = fresh("links")
    by_part = f"t.token || coalesce('{SEPARATOR}' || s.part, '')"
    said = "coalesce(maker, '') AS maker, coalesce(category, '') AS category"
    con.execute(f"""CREATE TEMP TABLE {name} AS
        WITH numbers AS (
            SELECT row_id, serial_token AS token, {said} FROM {rows} WHERE serial_token IS NOT NULL
            UNION ALL SELECT row_id, imei_token, {said} FROM {rows}
            WHERE imei_token IS NOT NULL AND imei_token IS DISTINCT FROM serial_token),
        told AS (
            SELECT t.row_id, {by_part} AS token FROM numbers t
            LEFT JOIN {shared} s ON s.token = t.token AND s.maker = t.maker AND s.category = t.category
            UNION ALL SELECT DISTINCT row_id, token FROM {told})
        SELECT row_id, token FROM told
        WHERE token IN (SELECT token FROM told GROUP BY token HAVING count(*) > 1)""")
    return name


def _members(con: Engine, links: str, decisions: Decisions, named: Mapping[str, list[int]]) -> str:
    """Table (row_id, label): the links followed to their end, then what a person parted."""
    firsts = fresh("firsts")
    con.execute(f"CREATE TEMP TABLE {firsts} AS SELECT row_id, min(token) AS token FROM {links} GROUP BY row_id")
    edges = con.execute(f"""SELECT DISTINCT f.token, l.token FROM {links} l JOIN {firsts} f USING (row_id)
        WHERE l.token <> f.token""").fetchall()
    roots = components(edges)
    table = lookup(con, fresh("roots"), {"token": ("VARCHAR", list(roots)), "root": ("VARCHAR", list(roots.values()))})
    name = fresh("members")
    con.execute(f"""CREATE TEMP TABLE {name} AS SELECT f.row_id, coalesce(r.root, f.token) AS label
        FROM {firsts} f LEFT JOIN {table} r ON r.token = f.token""")
    _part(con, name, links, decisions.apart, named)
    numbered = fresh("clusters")
    con.execute(f"""CREATE TEMP TABLE {numbered} AS SELECT row_id, c.label
        FROM {name} m JOIN (SELECT label AS text, min(row_id) AS label FROM {name} GROUP BY 1) c ON c.text = m.label""")
    return numbered


def components(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each end of an edge the smallest end that can be reached from it."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        path = []
        while (above := parent.setdefault(one, one)) != one:
            path.append(one)
            one = above
        for below in path:
            parent[below] = one
        return one

    for one, other in edges:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {one: root(one) for one in sorted(parent)}


def _part(con: Engine, members: str, links: str, apart: Iterable[Pair], named: Mapping[str, list[int]]) -> None:
    """Part the clusters that hold two rows a person told apart; a row left alone is a device of its own."""
    told = [(one, other) for first, second in sorted(apart) for one in named.get(first, ())
            for other in named.get(second, ()) if one != other]  # fmt: skip
    if not told:
        return
    rows = sorted({row for pair in told for row in pair})
    linked = con.execute(
        f"""SELECT m.label, l.row_id, l.token FROM {links} l JOIN {members} m USING (row_id)
        WHERE m.label IN (SELECT label FROM {members} WHERE row_id IN (SELECT unnest($1)))""",
        [rows],
    ).fetchall()
    by_cluster: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for label, row, token in linked:
        by_cluster[label][token].append(row)
    parted = [(row, f"{label}{SEPARATOR}{place}")
              for label in sorted(by_cluster)
              for place, group in enumerate(_groups(by_cluster[label], told)) for row in group]  # fmt: skip
    table = lookup(con, fresh("parted"), {"row_id": ("BIGINT", [row for row, _ in parted]),
                                          "label": ("VARCHAR", [label for _, label in parted])})  # fmt: skip
    con.execute(f"UPDATE {members} SET label = p.label FROM {table} p WHERE p.row_id = {members}.row_id")
    con.execute(f"""DELETE FROM {members} WHERE label IN (
        SELECT label FROM {members} GROUP BY label HAVING count(*) = 1)""")


def _groups(tokens: Mapping[str, list[int]], apart: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Rows joined token after token, a decision before a number, but never two rows told apart."""
    group: dict[int, set[int]] = {row: {row} for rows in tokens.values() for row in rows}
    foes: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        foes[one].add(other)
        foes[other].add(one)
    for token in sorted(tokens, key=lambda text: (not text.startswith(f"decision{SEPARATOR}"), text)):
        rows = sorted(tokens[token])
        pairs = combinations(rows, 2) if len(rows) <= LARGEST_SPLIT else zip(rows, rows[1:], strict=False)
        for one, other in pairs:
            left, right = group[one], group[other]
            if left is right or any(foes[row] & right for row in left):
                continue
            left |= right
            for row in right:
                group[row] = left
    return sorted({id(rows): sorted(rows) for rows in group.values()}.values())
