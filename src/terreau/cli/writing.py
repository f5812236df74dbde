"""How commands write: two languages, aligned tables, progress only when somebody watches."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from terreau.kernel.errors import TerreauError


def say(language: str, french: str, english: str) -> str:
    """The words in the language asked for."""
    return english if language == "en" else french


def many(language: str, count: int, french: str, english: str) -> str:
    """A number and its noun: "1 line", "3 lines"; each word is given as "singular|plural" (French says 0 in singular)."""
    one, more = say(language, french, english).split("|")
    alone = count == 1 if language == "en" else count < 2
    return f"{count} {one if alone else more}"


def kind_label(language: str, category: str) -> str:
    """A category of device as people say it; "?" for what nobody recognised."""
    from terreau.factors.catalogue import factor_set

    return factor_set().label(category, language) if category else "?"


def warn(text: str) -> None:
    """A word beside the result: on the error stream, so that results can be piped."""
    print(text, file=sys.stderr)


def warn_of_twins(files: Sequence[Path], language: str) -> None:
    """Say which files are one file under two names: the lines that nothing numbers count twice."""
    from terreau.inventory.arrival import same_file
    from terreau.inventory.twins import twins

    for file, first in twins(files).items():
        words = same_file(file.name, first.name).words(language)
        warn(f"{words.what} {words.why} {words.remedy}")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """Aligned text; columns listed in ``numbers`` align right; sentences wrap to the width of the terminal."""
    widths = _widths([[str(cell) for cell in row] for row in (heads, *rows)], set(numbers))

    def line(cells: Sequence[str]) -> str:
        wrapped = [textwrap.wrap(str(cell), width) or [""] for cell, width in zip(cells, widths, strict=True)]
        physical = []
        for rank in range(max(map(len, wrapped))):
            texts = [lines[rank] if rank < len(lines) else "" for lines in wrapped]
            placed = [
                t.rjust(w) if i in numbers else t.ljust(w) for i, (t, w) in enumerate(zip(texts, widths, strict=True))
            ]
            physical.append(("  " + "  ".join(placed)).rstrip())
        return "\n".join(physical)

    rule = "  " + "  ".join("─" * w for w in widths)
    return "\n".join(text.rstrip() for text in (line(heads), rule, *map(line, rows)))


def ready_to_write(*targets: Path) -> None:
    """Refuse, before any work, a target that exists or cannot be written; makes the folders it needs."""
    for target in targets:
        if target.exists():
            raise TerreauError("cli.target_exists", path=str(target))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb"):
                pass
            target.unlink()
        except OSError as trouble:
            raise TerreauError(
                "cli.cannot_write", path=str(target), reason=trouble.strerror or str(trouble)
            ) from trouble


@contextmanager
def whole(*targets: Path, encoding: str = "utf-8-sig") -> Iterator[Sequence[TextIO]]:
    """Files to write, one per target; all take their names at the end, or none is left when anything fails."""
    parts = [target.with_name(f".{target.name}.part") for target in targets]
    placed: list[Path] = []
    try:
        with ExitStack() as stack:
            opened = [stack.enter_context(part.open("w", encoding=encoding, newline="")) for part in parts]
            yield opened
            for file in opened:
                file.flush()
                os.fsync(file.fileno())
        for part, target in zip(parts, targets, strict=True):
            part.replace(target)
            placed.append(target)
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _widths(cells: Sequence[Sequence[str]], numbers: set[int]) -> list[int]:
    """Widths that fit the terminal: numbers whole, sentences (over 30 letters) share what is left."""
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    sentences = [i for i, width in enumerate(widths) if width > 30 and i not in numbers]
    room = (
        shutil.get_terminal_size((140, 40)).columns
        - 2
        - 2 * len(widths)
        - sum(w for i, w in enumerate(widths) if i not in sentences)
    )
    for done, i in enumerate(sentences):
        widths[i] = min(widths[i], max(28, room // (len(sentences) - done)))
        room -= widths[i]
    return widths


def progress(language: str) -> Callable[[str], None] | None:
    """A one-line progress writer when a person watches, else nothing."""
    if not sys.stderr.isatty():
        return None

    def show(step: str) -> None:
        sys.stderr.write(f"\r\033[K{step}" if step else "\r\033[K")
        sys.stderr.flush()

    return show
