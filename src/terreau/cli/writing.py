"""How commands write: two languages, aligned tables, progress only when somebody watches."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence


def say(language: str, french: str, english: str) -> str:
    """The words in the language asked for."""
    return english if language == "en" else french


def warn(text: str) -> None:
    """A word beside the result: on the error stream, so that results can be piped."""
    print(text, file=sys.stderr)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """Aligned text; columns listed in ``numbers`` align right; the last column wraps to the terminal."""
    widths = [max(len(str(row[i])) for row in (heads, *rows)) for i in range(len(heads))]
    room = max(24, shutil.get_terminal_size((120, 40)).columns - sum(widths[:-1]) - 2 * len(widths) - 2)
    widths[-1] = min(widths[-1], room)

    def line(cells: Sequence[str]) -> str:
        last = textwrap.wrap(str(cells[-1]), widths[-1]) or [""]
        fixed = "  ".join(
            str(c).rjust(w) if i in numbers else str(c).ljust(w)
            for i, (c, w) in enumerate(zip(cells[:-1], widths, strict=False))
        )
        if len(cells) - 1 in numbers:
            last = [text.rjust(widths[-1]) for text in last]
        indent = " " * (len(fixed) + 4)
        return f"  {fixed}  " + f"\n{indent}".join(last)

    rule = "  " + "  ".join("─" * w for w in widths)
    return "\n".join(text.rstrip() for text in (line(heads), rule, *map(line, rows)))


def progress(language: str) -> Callable[[str], None] | None:
    """A one-line progress writer when a person watches, else nothing."""
    if not sys.stderr.isatty():
        return None

    def show(step: str) -> None:
        sys.stderr.write(f"\r\033[K{step}" if step else "\r\033[K")
        sys.stderr.flush()

    return show
