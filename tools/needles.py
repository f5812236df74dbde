"""Take the patterns of product lines apart and keep what they cannot do without beside them: run after changing one."""

import json
from pathlib import Path

from terreau.inventory import vocabulary
from terreau.inventory.needles import needles_of


def main() -> None:
    """Write product-needles.json."""
    found = {row["pattern"]: needles_of(row["pattern"]) for row in vocabulary.rows("product-lines")}
    told = {pattern: None if needles is None else sorted(needles) for pattern, needles in found.items()}
    target = Path(vocabulary.__file__).with_name("product-needles.json")
    target.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
