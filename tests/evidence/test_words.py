"""Everything that can be said of an evidence has its words."""

from terreau.evidence import quality, records, words


def test_every_key_has_words_in_both_languages():
    pairs = [
        (words.KINDS, records.KINDS), (words.CONFIDENTIALITIES, records.CONFIDENTIALITIES), (words.STRENGTHS, records.STRENGTHS),
        (words.OPINIONS, records.OPINIONS), (words.WEAKNESSES, quality.DISQUALIFYING + quality.WEAKENING), (words.RANKS, range(3)),
    ]  # fmt: skip
    for said, keys in pairs:
        assert set(said) == set(keys)
        assert all(all(pair) for pair in said.values())
    assert words.word(words.KINDS["measure"], "en") == "Measure"
