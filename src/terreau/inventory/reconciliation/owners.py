"""Whose a device is when a person said so (à qui il est): the sources are not asked any more.

A decision names one line; it holds for the device that line belongs to, whatever number of rows that device has. Two
decisions that part about one device (it was two when they were made): the organisation's wins, so that a device counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.inventory.ownership import ORG, PERSONAL
from terreau.inventory.reconciliation.clusters import ROW_ID
from terreau.inventory.reconciliation.handles import matched
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.inventory.decisions import Decisions
    from terreau.tables.engine import Engine


def owned_rows(con: Engine, lines: str, decisions: Decisions) -> str:
    """Create the table (row_id, owner) of the rows of ``lines`` that a decision names; '' when there is none."""
    if not decisions.owners:
        return ""
    named = matched(con, f"(SELECT *, {ROW_ID} AS row_id FROM {lines})", decisions.owners)
    owners: dict[int, str] = {}
    for key in sorted(named):
        for row in named[key]:
            owners[row] = min(owners.get(row, PERSONAL), decisions.owners[key])  # "org" comes first
    if not owners:
        return ""
    rows = sorted(owners)
    return lookup(con, fresh("owned_rows"), {
        "row_id": ("BIGINT", rows), "owner": ("VARCHAR", [owners[row] for row in rows])})  # fmt: skip


def with_owners(lines: str, owned: str, standing: str) -> str:
    """SQL: ``lines`` that are a device alone, theirs as a person said; the name of a personal one is forgotten.

    standing: SQL of the fate of a line called l
    """
    if not owned:
        return lines
    owner = f"CASE WHEN o.owner IS NULL THEN s.ownership ELSE {settled_owner('o.owner', 's.ownership')} END"
    return f"""(SELECT l.* REPLACE ({standing} AS standing) FROM (
        SELECT s.* REPLACE ({owner} AS ownership, CASE WHEN o.owner = {literal(PERSONAL)} THEN NULL ELSE s.name END AS name)
        FROM {lines} s LEFT JOIN {owned} o ON o.row_id = {ROW_ID}) l)"""


def settled_owner(owner: str, said: str) -> str:
    """SQL: the ownership kept under a decision: a leased device that is the organisation's stays leased."""
    return f"""CASE WHEN {owner} = {literal(PERSONAL)} THEN {literal(PERSONAL)}
        ELSE coalesce(nullif({said}, {literal(PERSONAL)}), {literal(ORG)}) END"""
