"""Take the patterns of the vocabulary apart and keep what they cannot do without beside them: run after changing one."""

import json
from pathlib import Path

from terreau.inventory import vocabulary
from terreau.inventory.needles import needles_of


def main() -> None:
    """Write needles.json."""
    told = {pattern: needles_of(pattern) for pattern in vocabulary.patterns()}
    lines = ",\n".join(
        f"{json.dumps(one, ensure_ascii=False)}: {json.dumps(sets, ensure_ascii=False)}" for one, sets in told.items()
    )
    target = Path(vocabulary.__file__).with_name("needles.json")
    target.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
