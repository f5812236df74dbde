"""From one edition to the next: which criterion becomes which. Steps are proposed; a person accepts each one."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.referentials.edition import Criterion, Edition, Words

SAME, SPLIT, MERGED, NEW, GONE = "same", "split", "merged", "new", "gone"
KNOWN, TO_CONFIRM = "known", "to_confirm"
DATA = Path(__file__).with_name("data") / "migrations"
ALIKE = 0.75

_WHY = {
    (SAME, KNOWN): Words(fr="Même question dans les deux éditions.", en="Same question in both editions."),
    (SAME, TO_CONFIRM): Words(
        fr="Questions ressemblantes : relisez les deux avant d’accepter.",
        en="Questions alike: read both before accepting.",
    ),
    (SPLIT, TO_CONFIRM): Words(
        fr="Une question semble devenue plusieurs : répartissez la réponse.",
        en="One question seems to have become several: share the answer out.",
    ),
    (MERGED, TO_CONFIRM): Words(
        fr="Plusieurs questions semblent n’en faire plus qu’une : rassemblez les réponses.",
        en="Several questions seem to have become one: bring the answers together.",
    ),
    (NEW, TO_CONFIRM): Words(fr="Rien de semblable avant : à répondre.", en="Nothing alike before: to be answered."),
    (GONE, TO_CONFIRM): Words(
        fr="Rien de semblable ensuite : la réponse reste dans l’ancienne évaluation.",
        en="Nothing alike afterwards: the answer stays in the former assessment.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One passage: short keys before and after; ``status`` known (a fact) or to_confirm (by likeness)."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    status: str = TO_CONFIRM

    @property
    def why(self) -> Words:
        """Why it is proposed."""
        return _WHY.get((self.kind, self.status)) or _WHY[self.kind, TO_CONFIRM]


def known_table(old: str, new: str) -> tuple[Step, ...] | None:
    """The table shipped between two edition keys; None when there is none."""
    path = DATA / f"{old.rpartition('/')[2]}--{new.rpartition('/')[2]}.csv"
    return read_table(path) if path.is_file() else None


@lru_cache(maxsize=8)
def read_table(path: Path) -> tuple[Step, ...]:
    """The steps of a CSV file with columns old, new, kind, status; several numbers are parted by a space."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(_step(row, path.name, rows.line_num) for row in rows)


def propose_migration(old: Edition, new: Edition, known: Iterable[Step] | None = None) -> tuple[Step, ...]:
    """Every criterion of both editions, each in exactly one step, in the order of the new edition, the gone last.

    ``known`` (the shipped table by default) is followed as far as its keys exist; the rest is compared by its words.
    """
    table = known_table(old.key, new.key) if known is None else known
    befores = {criterion.short: criterion for criterion in old.criteria}
    afters = {criterion.short: criterion for criterion in new.criteria}
    steps = list(_followed(table or (), befores, afters))
    for step in steps:
        for key in step.old:
            befores.pop(key, None)
        for key in step.new:
            afters.pop(key, None)
    steps += _by_words(befores, afters)
    rank = {criterion.short: number for number, criterion in enumerate(new.criteria)}
    last = {criterion.short: number for number, criterion in enumerate(old.criteria, len(rank))}
    return tuple(sorted(steps, key=lambda step: rank[step.new[0]] if step.new else last[step.old[0]]))


def _followed(table: Iterable[Step], befores: dict[str, Criterion], afters: dict[str, Criterion]) -> Iterator[Step]:
    """The steps of a table whose keys all exist and were not used by an earlier step."""
    used: Counter[tuple[str, str]] = Counter()
    for step in table:
        named = [("old", key) for key in step.old] + [("new", key) for key in step.new]
        exist = all(key in (befores if side == "old" else afters) for side, key in named)
        if exist and not any(used[name] for name in named):
            used.update(named)
            yield step


def _by_words(befores: dict[str, Criterion], afters: dict[str, Criterion]) -> list[Step]:
    """Same question, same key with a question alike, then the best likeness; what is left is gone or new."""
    steps: list[Step] = []
    for likeness, before, after in sorted(_likenesses(befores, afters), key=lambda found: (-found[0], found[1])):
        if before in befores and after in afters and likeness >= ALIKE:
            status = KNOWN if likeness >= 1 else TO_CONFIRM
            steps.append(Step(old=(before,), new=(after,), kind=SAME, status=status))
            del befores[before], afters[after]
    steps += [Step(old=(key,), new=(), kind=GONE) for key in befores]
    return steps + [Step(old=(), new=(key,), kind=NEW) for key in afters]


def _likenesses(befores: dict[str, Criterion], afters: dict[str, Criterion]) -> Iterator[tuple[float, str, str]]:
    """(likeness from 0 to 1, old key, new key); a shared key adds a little, so that it wins a tie."""
    asked = {key: normal(criterion.question.fr).split() for key, criterion in afters.items()}
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for before, criterion in befores.items():
        matcher.set_seq2(normal(criterion.question.fr).split())
        for after, words in asked.items():
            matcher.set_seq1(words)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                ratio = matcher.ratio()
                yield (ratio if before != after or ratio == 1 else min(ratio + 0.05, 0.99)), before, after


def _step(row: dict[str, str], file: str, line: int) -> Step:
    step = Step(
        old=tuple((row.get("old") or "").split()),
        new=tuple((row.get("new") or "").split()),
        kind=row.get("kind") or "",
        status=row.get("status") or "",
    )
    shapes = {SAME: (1, 1), SPLIT: (1, 2), MERGED: (2, 1), NEW: (0, 1), GONE: (1, 0)}
    before, after = shapes.get(step.kind, (9, 9))
    right = min(len(step.old), 2) == before and min(len(step.new), 2) == after
    if not right or step.status not in (KNOWN, TO_CONFIRM):
        raise TerreauError("referentials.migration_line", file=file, line=line, value=str(row)[:80])
    return step
