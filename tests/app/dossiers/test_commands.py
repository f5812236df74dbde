"""``terreau dossier``: made in a shell, verified by whoever receives it, without a base."""

import pytest

from terreau.app.audits import freezing
from terreau.cli import main
from tests.app.dossiers.test_dossiers import assessment  # noqa: F401  the same assessment

pytestmark = pytest.mark.usefixtures("organisation")


def build(*more):
    return main(["dossier", "build", "--organisation", "valmont", "--referential", "nr-terreau", *map(str, more)])


def test_a_dossier_made_in_a_shell_verifies_until_a_byte_changes(organisation, owner, assessment, tmp_path, capsys):  # noqa: F811
    frozen = freezing.freeze(organisation, owner, assessment.pk)
    assert build("--freeze", str(frozen.pk)[:8], "--out", tmp_path / "dossier") == 0
    assert "1 × retenue" in capsys.readouterr().out
    assert main(["dossier", "verify", str(tmp_path / "dossier")]) == 0
    told = capsys.readouterr().out
    assert "tout est conforme" in told and frozen.digest in told, "the digest the pages show is among those printed"
    (tmp_path / "dossier/dossier.pdf").write_bytes(b"%PDF")
    assert main(["--lang", "en", "dossier", "verify", str(tmp_path / "dossier")]) == 1
    assert "dossier.pdf has changed." in capsys.readouterr().out


def test_without_a_freeze_the_archive_is_a_draft_and_a_lost_piece_gives_one(assessment, organisation, tmp_path, capsys):  # noqa: F811
    from terreau.app.evidence import door as evidence
    from terreau.app.evidence.models import Evidence

    evidence.path_of(organisation, Evidence.objects.get(title="Charte").sha256).unlink()
    assert build("--out", tmp_path / "dossier.zip", "--lang", "en") == 1
    told = capsys.readouterr()
    assert "Draft: nothing is frozen" in told.err and "file not found" in told.err
    assert main(["dossier", "verify", str(tmp_path / "dossier.zip")]) == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".zip"] == ["dossier.zip"]


@pytest.mark.parametrize(
    "asked", [["--organisation", "ailleurs"], ["--referential", "rgaa-4.1"], ["--freeze", "00000000"]]
)
def test_what_is_not_there_is_refused_with_a_remedy(assessment, tmp_path, capsys, asked):  # noqa: F811
    assert build("--out", tmp_path / "dossier", *asked) == 2
    assert "Remède" in capsys.readouterr().err and not (tmp_path / "dossier").exists()
