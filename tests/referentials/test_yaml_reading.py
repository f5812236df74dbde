"""A person's YAML may be clumsy or hostile: it is refused in words, quickly, and never half-read."""

from __future__ import annotations

from datetime import date

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials.library import read_edition
from terreau.referentials.yaml_reading import parse_yaml, read_yaml, write_yaml
from tests.referentials.small import YAML

LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "yaml_twice"),
        ("a: {b: 1, b: 2}\n", "yaml_twice"),
        (LAUGHS, "yaml_alias"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", "yaml_alias"),
        ("a: !!python/object/apply:os.system ['true']\n", "yaml_kind"),
        ("a: !secret x\n", "yaml_kind"),
        ("a: !!binary aGVsbG8=\n", "yaml_kind"),
        ("a: [1, 2\n", "yaml_unreadable"),
        ("a: 1\n---\nb: 2\n", "yaml_unreadable"),
        ("a: 'x\u0000'\n", "yaml_unreadable"),
        ("[" * 20_000, "yaml_too_deep"),
        ("a: " + "{b: " * 60, "yaml_too_deep"),
        ("- a\n- b\n", "not_a_mapping"),
        ("words", "not_a_mapping"),
        ("", "not_a_mapping"),
        ("[" + "1," * 210_000 + "1]", "too_big"),
        ("x" * 5_000_001, "too_big"),
    ],
)
def test_a_hostile_or_clumsy_text_is_refused(text, code):
    with pytest.raises(TerreauError) as caught:
        parse_yaml(text, "grille.yaml")
    assert caught.value.code == f"referentials.{code}"
    assert caught.value.words("fr").remedy


def test_values_keep_their_kind_and_mappings_their_line():
    read = parse_yaml("a: 1.10\nb: '1.10'\nc: 2026-11-21\nd: yes\ne:\n  f: ~\ng: 2026-13-45\n", "x.yaml")
    assert dict(read) == {
        "a": 1.1,
        "b": "1.10",
        "c": date(2026, 11, 21),
        "d": True,
        "e": {"f": None},
        "g": "2026-13-45",
    }
    assert read.line == 1 and read["e"].line == 6


def test_what_is_written_is_read_back():
    document = {"é": "oui : non", "yes": ["1.10", "yes", "2026-11-21", "=1+1", "a\nb", "'\"#"], "n": {"t": True}}
    assert parse_yaml(write_yaml(document), "x.yaml") == document


def test_a_file_is_read_or_refused_by_name(tmp_path):
    (tmp_path / "jardin.yaml").write_text("\ufeff" + YAML.strip(), encoding="utf-8")
    assert read_edition(tmp_path / "jardin.yaml", key="org:1/jardin").key == "org:1/jardin"
    (tmp_path / "latin.yaml").write_bytes("a: é".encode("latin-1"))
    for name, code in (("latin.yaml", "not_utf8"), ("absent.yaml", "unreadable")):
        with pytest.raises(TerreauError) as caught:
            read_yaml(tmp_path / name)
        assert caught.value.code == f"referentials.{code}"
        assert name in caught.value.words("en").what
