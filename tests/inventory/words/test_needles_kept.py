"""The texts without which a product line cannot be found are kept beside the vocabulary, and are those of its patterns."""

from terreau.inventory.needles import needles_of
from terreau.inventory.vocabulary import rows, taken_apart


def test_what_is_kept_of_the_patterns_is_what_they_say():
    patterns = {row["pattern"] for row in rows("product-lines")}
    kept = taken_apart()
    assert kept.keys() == patterns, "python tools/needles.py"
    for pattern in sorted(patterns):
        found = needles_of(pattern)
        assert kept[pattern] == (None if found is None else sorted(found)), f"{pattern}: python tools/needles.py"
