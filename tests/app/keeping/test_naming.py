"""A command typed in a home that has no organisation of this name: the examples have a home of their own."""

import os
import subprocess
import sys

import pytest

from terreau.app.home import home
from terreau.app.keeping.leaving import named
from terreau.kernel.errors import TerreauError


def test_a_home_that_nothing_ever_opened_says_where_the_examples_are(tmp_path):
    command = ["dossier", "build", "--organisation", "valmont", "--referential", "nr-terreau", "--out", "dossier"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-m", "terreau", *command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
        env=environment | {"TERREAU_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "« valmont »" in done.stderr
    assert f"TERREAU_HOME={tmp_path / 'demo'}" in done.stderr
    assert not (tmp_path / "dossier").exists()


@pytest.mark.django_db
def test_an_unknown_name_is_told_with_the_folder_looked_in():
    with pytest.raises(TerreauError) as refused:
        named("valmont")
    assert (refused.value.code, refused.value.facts["home"]) == ("app.no_such_organisation", str(home()))
    assert str(home() / "demo") in refused.value.words("fr").remedy
