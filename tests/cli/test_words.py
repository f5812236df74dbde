"""What the terminal says is written as one speaks: one line is not "1 lignes"."""

import pytest

from terreau.cli import main


@pytest.mark.parametrize(
    ("language", "quantity", "check", "weighed"),
    [
        ("fr", 1, "Lignes : 1 lue, 1 acceptée", "1 équipement compté ; lignes : 1 acceptée, 0 douteuse, 0 rejetée"),
        ("fr", 12, "Dont : 1 comptée", "12 équipements comptés ; lignes : 1 acceptée"),
        ("en", 1, "Lines: 1 read, 1 accepted", "1 device counted; lines: 1 accepted, 0 doubtful, 0 rejected"),
        ("en", 12, "Of which: 1 counted", "12 devices counted; lines: 1 accepted"),
    ],
)
def test_one_line_is_said_in_the_singular(tmp_path, capsys, language, quantity, check, weighed):
    file = tmp_path / "un.csv"
    file.write_text(f"Type;Quantité\nPortable;{quantity}\n", encoding="utf-8")
    for command, expected in (("inventory check", check), ("footprint", weighed)):
        main([*command.split(), str(file), "--at", "2026-09-30", "--lang", language])
        assert expected in capsys.readouterr().out
